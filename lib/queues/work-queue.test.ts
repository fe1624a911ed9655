import { expect, test } from 'vitest';
import { openQueue, TooBusy } from './work-queue.ts';

/** Work that ends when it is told to, and what has begun so far. */
function workshop() {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const work = (name: string) => () =>
    new Promise<string>((resolve) => {
      begun.push(name);
      ends.set(name, () => resolve(name));
    });
  return { begun, work, end: (name: string) => ends.get(name)?.() };
}

const limits = { atOnce: 2, maxWaiting: 3, maxWaitingForOne: 2 };

test('two passwords are checked at a time, the others in the order they came, those of known browsers first', async () => {
  const inTurn = openQueue(limits);
  const { begun, work, end } = workshop();
  const all = ['a', 'b', 'c', 'd'].map((name) => inTurn(name, 0, work(name)));
  all.push(inTurn('known', 1, work('known')));
  expect(begun).toEqual(['a', 'b']);

  end('a');
  await all[0];
  await expect.poll(() => begun).toEqual(['a', 'b', 'known']);
  for (const name of ['b', 'known', 'c', 'd']) {
    await expect.poll(() => begun).toContain(name);
    end(name);
  }

  expect(await Promise.all(all)).toEqual(['a', 'b', 'c', 'd', 'known']);
  expect(begun).toEqual(['a', 'b', 'known', 'c', 'd']);
});

test('nobody waits in a line that is full, and one name cannot fill it', async () => {
  const inTurn = openQueue(limits);
  const { work, end } = workshop();
  const all = ['a', 'b', 'dana', 'dana'].map((name, at) => inTurn(name, 0, work(`${name}${at}`)));

  await expect(inTurn('dana', 0, work('too many'))).rejects.toThrow(TooBusy);
  all.push(inTurn('c', 0, work('c4')));
  await expect(inTurn('d', 0, work('too late'))).rejects.toThrow(TooBusy);
  all.push(inTurn('known', 1, work('known5')));

  for (const name of ['a0', 'b1', 'known5', 'dana2', 'dana3', 'c4']) {
    await new Promise(setImmediate);
    end(name);
  }
  expect(await Promise.all(all)).toHaveLength(6);
});

test('work that fails makes room for the next', async () => {
  const inTurn = openQueue({ ...limits, atOnce: 1 });
  const failing = inTurn('a', 0, () => Promise.reject(new Error('no memory')));
  const next = inTurn('b', 0, async () => 'b');

  await expect(failing).rejects.toThrow('no memory');
  expect(await next).toBe('b');
  expect(await inTurn('c', 0, async () => 'c')).toBe('c');
});
