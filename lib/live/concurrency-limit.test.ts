import { expect, test } from 'vitest';
import { openSeats } from './concurrency-limit.ts';

test('nobody takes more seats than there are for each, and whoever gives one back takes another', () => {
  const seats = openSeats(2);
  const first = seats.take('ana');
  const second = seats.take('ana');

  expect(first).toBeDefined();
  expect(second).toBeDefined();
  expect(seats.take('ana')).toBeUndefined();
  expect(seats.take('ben')).toBeDefined();

  first?.();
  first?.(); // the same seat
  expect(seats.take('ana')).toBeDefined();
  expect(seats.take('ana')).toBeUndefined();
});
