import { expect, test } from 'vitest';
import { download } from './download.ts';

const nothing = async () => undefined;
const file = (chunks: AsyncGenerator<string>, record: () => Promise<void> = nothing) => ({
  chunks,
  name: 'people.csv',
  type: 'text/csv',
  record,
});

type How = { method?: string; signal?: AbortSignal; record?: () => Promise<void> };

function take(operatorId: string, { method = 'GET', signal, record }: How = {}) {
  const request = new Request('http://localhost/export', { method, ...(signal && { signal }) });
  return download({ operator: { id: operatorId }, request }, file(endless(), record));
}

async function* endless() {
  for (;;) yield 'Ana Silva\r\n';
}

async function* brief() {
  yield 'Ana Silva\r\n';
}

test('one operator takes four files at a time, and another as many beside them', async () => {
  const open = await Promise.all([1, 2, 3, 4].map(() => take('vera')));
  expect(open.map(({ status }) => status)).toEqual([200, 200, 200, 200]);

  expect((await take('vera')).status).toBe(429);
  expect((await take('dana')).status).toBe(200);

  await open[0]?.body?.cancel();
  expect((await take('vera')).status).toBe(200);
  expect((await take('vera')).status).toBe(429);
});

test('a file that has been read to its end, or whose reader hung up before it began, is one no more', async () => {
  for (let time = 0; time < 5; time += 1) {
    const request = new Request('http://localhost/export');
    const taken = await download({ operator: { id: 'ida' }, request }, file(brief()));
    expect(await taken.text()).toBe('Ana Silva\r\n');
  }
  for (let time = 0; time < 5; time += 1) {
    const hangUp = new AbortController();
    expect((await take('ida', { signal: hangUp.signal })).status).toBe(200);
    hangUp.abort();
  }
  expect((await take('ida')).status).toBe(200);
});

test('who asks for the headers alone takes none, and nothing of it is recorded', async () => {
  const recorded: string[] = [];
  for (let time = 0; time < 5; time += 1) {
    const record = async () => void recorded.push('people');
    const { status, body, headers } = await take('olga', { method: 'HEAD', record });
    expect([status, body, headers.get('content-disposition')]).toEqual([200, null, expect.stringContaining('people')]);
  }
  expect(recorded).toEqual([]);
});

test('nothing leaves of a file that could not be recorded, and its place is free again', async () => {
  const fail = () => Promise.reject(new Error('The audit is away.'));
  for (let time = 0; time < 5; time += 1)
    await expect(take('nora', { record: fail })).rejects.toThrow('The audit is away.');
});

test('a file whose reader hangs up in the middle has been recorded before its first row', async () => {
  const recorded: string[] = [];
  const taken = await take('mira', { record: async () => void recorded.push('people') });
  expect(recorded).toEqual(['people']);
  await taken.body?.cancel();
});
