import { expect, test } from 'vitest';
import { openGroups } from './group-work.ts';

/** Groups of at most three words of the same first letter; what was run, in its order. */
function wordsAtMostThree() {
  const done: string[][] = [];
  const add = openGroups<string>({
    most: 3,
    keyOf: (word) => word.charAt(0),
    async run(words) {
      done.push(words);
      await Promise.resolve();
      if (words.includes('a-away')) throw new Error('away');
      if (words.some((word) => word.endsWith('bad'))) throw new TypeError('bad');
    },
    isAboutOne: (error) => error instanceof TypeError,
  });
  return { done, add };
}

test('what comes while something is being done goes together in the next, no more than may', async () => {
  const { done, add } = wordsAtMostThree();
  await Promise.all(['a1', 'a2', 'b1', 'a3', 'a4', 'a5', 'b2'].map(add));
  expect(done.filter(([word]) => word?.startsWith('a'))).toEqual([['a1'], ['a2', 'a3', 'a4'], ['a5']]);
  expect(done.filter(([word]) => word?.startsWith('b'))).toEqual([['b1'], ['b2']]);
  await add('a6');
  expect(done.at(-1)).toEqual(['a6']);
});

test('what is not taken fails alone, and what it came with is done', async () => {
  const { add } = wordsAtMostThree();
  const ends = await Promise.allSettled(['a1', 'a2', 'a-bad', 'a3'].map(add));
  expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
});

test('a failure that may have left everything done is that of all', async () => {
  const { done, add } = wordsAtMostThree();
  const ends = await Promise.allSettled(['a1', 'a2', 'a-away'].map(add));
  expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
  expect(done).toHaveLength(2);
});
