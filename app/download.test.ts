import { expect, test } from 'vitest';
import { download } from './download.ts';

function take(operatorId: string, { method = 'GET', signal }: { method?: string; signal?: AbortSignal } = {}) {
  const request = new Request('http://localhost/export', { method, ...(signal && { signal }) });
  return download({ operator: { id: operatorId }, request }, endless(), 'people.csv', 'text/csv');
}

async function* endless() {
  for (;;) yield 'Ana Silva\r\n';
}

async function* brief() {
  yield 'Ana Silva\r\n';
}

test('one operator takes four files at a time, and another as many beside them', async () => {
  const open = [1, 2, 3, 4].map(() => take('vera'));
  expect(open.map(({ status }) => status)).toEqual([200, 200, 200, 200]);

  expect(take('vera').status).toBe(429);
  expect(take('dana').status).toBe(200);

  await open[0]?.body?.cancel();
  expect(take('vera').status).toBe(200);
  expect(take('vera').status).toBe(429);
});

test('a file that has been read to its end, or whose reader hung up before it began, is one no more', async () => {
  for (let time = 0; time < 5; time += 1) {
    const request = new Request('http://localhost/export');
    const file = download({ operator: { id: 'ida' }, request }, brief(), 'people.csv', 'text/csv');
    expect(await file.text()).toBe('Ana Silva\r\n');
  }
  for (let time = 0; time < 5; time += 1) {
    const hangUp = new AbortController();
    expect(take('ida', { signal: hangUp.signal }).status).toBe(200);
    hangUp.abort();
  }
  expect(take('ida').status).toBe(200);
});

test('who asks for the headers alone takes none', () => {
  for (let time = 0; time < 5; time += 1) {
    const { status, body, headers } = take('olga', { method: 'HEAD' });
    expect([status, body, headers.get('content-disposition')]).toEqual([200, null, expect.stringContaining('people')]);
  }
});
