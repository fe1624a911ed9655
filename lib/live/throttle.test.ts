import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createThrottle } from './throttle.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function counted(ms: number) {
  let passed = 0;
  const gate = createThrottle(ms, () => {
    passed += 1;
  });
  return { gate, passed: () => passed };
}

test('a first knock passes at once, and those that follow pass together', () => {
  const { gate, passed } = counted(250);

  gate.trigger();
  expect(passed()).toBe(1);
  for (let knocks = 0; knocks < 100; knocks += 1) gate.trigger();
  expect(passed()).toBe(1);

  vi.advanceTimersByTime(250);
  expect(passed()).toBe(2);
});

test('without a stop they pass once in every while, and after a quiet while at once again', () => {
  const { gate, passed } = counted(250);

  for (let ms = 0; ms < 1_000; ms += 10) {
    gate.trigger();
    vi.advanceTimersByTime(10);
  }
  expect(passed()).toBe(5);

  vi.advanceTimersByTime(1_000);
  expect(passed()).toBe(5);
  gate.trigger();
  expect(passed()).toBe(6);
});

test('a closed gate lets nothing more through', () => {
  const { gate, passed } = counted(250);

  gate.trigger();
  gate.trigger();
  gate.close();

  vi.advanceTimersByTime(1_000);
  expect(passed()).toBe(1);
});
