import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sharesOf } from './shares.ts';

test.each([
  [
    [1_799, 1_000, 201],
    [60, 33, 7],
  ],
  [
    [1, 1, 1],
    [34, 33, 33],
  ],
  [
    [565, 425, 10],
    [57, 42, 1],
  ],
  [
    [155, 445, 400],
    [16, 44, 40],
  ],
  [
    [0, 0],
    [0, 0],
  ],
  [[], []],
])('of %j the shares are %j', (numbers, shares) => {
  expect(sharesOf(numbers)).toEqual(shares);
});

test('shares add up to 100, and each is less than one away from what it is exactly', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 8 }), (numbers) => {
      const sum = numbers.reduce((total, one) => total + one, 0);
      const shares = sharesOf(numbers);

      expect(shares.reduce((total, one) => total + one, 0)).toBe(sum === 0 ? 0 : 100);
      shares.forEach((share, index) => {
        const exact = sum === 0 ? 0 : ((numbers[index] ?? 0) * 100) / sum;
        expect(Math.abs(share - exact)).toBeLessThan(1);
      });
    }),
  );
});
