import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fetchPart, isPartMissing } from './later.ts';

const part = { default: () => null };

beforeEach(() => {
  vi.useFakeTimers();
  isPartMissing.set(false);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const onceFailing = (times: number) => {
  const load = vi.fn(async () => part);
  for (let time = 0; time < times; time += 1) load.mockRejectedValueOnce(new Error('404'));
  return load;
};

test('a part that could not be fetched once is fetched again, and nothing is said', async () => {
  vi.stubGlobal('navigator', { onLine: true });
  const load = onceFailing(1);

  const fetched = fetchPart(load);
  await vi.advanceTimersByTimeAsync(10_000);

  expect(await fetched).toBe(part);
  expect(isPartMissing.get()).toBe(false);
});

test('a part that a newer build has removed is asked for a few times, and then the page says to reload', async () => {
  vi.stubGlobal('navigator', { onLine: true });
  const load = onceFailing(1_000);

  void fetchPart(load);
  await vi.advanceTimersByTimeAsync(3_600_000);

  expect(load.mock.calls.length).toBeLessThan(10);
  expect(isPartMissing.get()).toBe(true);
});

test('without a connection a part is waited for as long as it takes, and nothing is said', async () => {
  const navigator = { onLine: false };
  vi.stubGlobal('navigator', navigator);
  const load = onceFailing(100);

  const fetched = fetchPart(load);
  await vi.advanceTimersByTimeAsync(3_600_000);

  expect(await fetched).toBe(part);
  expect(isPartMissing.get()).toBe(false);
});
