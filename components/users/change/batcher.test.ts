import { expect, test } from 'vitest';
import { createBatcher } from './batcher.ts';

/** A call that answers when told to, and what it was given each time. */
function calls() {
  const made: { items: string[]; answer(answers?: string[]): void; fail(): void }[] = [];
  const send = (items: string[]) =>
    new Promise<string[]>((resolve, reject) => {
      made.push({ items, answer: (answers = items) => resolve(answers), fail: () => reject(new Error('gone')) });
    });
  return { made, send };
}
const soon = () => new Promise((resolve) => setTimeout(resolve, 0));

test('what is chosen in the same moment travels together', async () => {
  const { made, send } = calls();
  const batcher = createBatcher(50, () => {}, send);

  void batcher.add('ana', 'a');
  void batcher.add('bo', 'b');
  await soon();

  expect(made.map(({ items }) => items)).toEqual([['a', 'b']]);
});

test('what is chosen while a call is on its way travels together in the next one', async () => {
  const { made, send } = calls();
  const left: string[][] = [];
  const batcher = createBatcher(50, (keys) => left.push(keys), send);

  const first = batcher.add('ana', 'a');
  await soon();
  const others = [batcher.add('bo', 'b'), batcher.add('cy', 'c')];
  await soon();
  expect(made).toHaveLength(1);
  made[0]?.answer(['A']);
  await soon();
  made[1]?.answer(['B', 'C']);

  expect(await first).toBe('A');
  expect(await Promise.all(others)).toEqual(['B', 'C']);
  expect(left).toEqual([['a'], ['b', 'c']]);
});

test('no call carries more than it may', async () => {
  const { made, send } = calls();
  const batcher = createBatcher(2, () => {}, send);

  for (const key of ['a', 'b', 'c']) void batcher.add(key, key);
  await soon();
  made[0]?.answer();
  await soon();

  expect(made.map(({ items }) => items)).toEqual([['a', 'b'], ['c']]);
});

test('a call without answer rejects its own items, and the next goes on', async () => {
  const { made, send } = calls();
  const batcher = createBatcher(50, () => {}, send);

  const lost = batcher.add('ana', 'a');
  await soon();
  const kept = batcher.add('bo', 'b');
  made[0]?.fail();
  await expect(lost).rejects.toThrow('gone');
  await soon();
  made[1]?.answer();

  expect(await kept).toBe('b');
});

test('an answer that leaves an item out rejects that item only', async () => {
  const { made, send } = calls();
  const batcher = createBatcher(50, () => {}, send);

  const [ana, bo] = [batcher.add('ana', 'a'), batcher.add('bo', 'b')];
  const lost = expect(bo).rejects.toThrow('No answer');
  await soon();
  made[0]?.answer(['A']);

  expect(await ana).toBe('A');
  await lost;
});

test('an item replaced before it left is sent as it is then; one withdrawn is not sent', async () => {
  const { made, send } = calls();
  const batcher = createBatcher(50, () => {}, send);

  void batcher.add('first', '1');
  await soon();
  void batcher.add('ana', 'a');
  const withdrawn = batcher.add('bo', 'b');
  batcher.replace('ana', 'a2');
  batcher.withdraw('bo');
  made[0]?.answer();
  await soon();

  expect(made[1]?.items).toEqual(['a2']);
  expect(await withdrawn).toBeNull();
});

test('an error in what follows the sending does not stop what is chosen after it', async () => {
  const { made, send } = calls();
  let isBroken = true;
  const batcher = createBatcher(
    50,
    () => {
      if (isBroken) throw new Error('a fault in a listener');
    },
    send,
  );
  await expect(batcher.add('ana', 'a')).rejects.toThrow('a fault in a listener');

  isBroken = false;
  const later = batcher.add('bo', 'b');
  await soon();
  made[0]?.answer(['B']);

  expect(await later).toBe('B');
});
