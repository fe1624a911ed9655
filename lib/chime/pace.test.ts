import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type SimulatedCall, type Simulation, simulate } from '../../testing/simulated-calls.ts';
import { callsPerSecond, firstPace, type Pace, slowDown, slowedTo, takeTurn } from './pace.ts';

const mixes = {
  'listings alone': { change: 0, batch: 0, reading: 3 },
  'single changes alone': { change: 6, batch: 0, reading: 0 },
  'a batch alone': { change: 0, batch: 8, reading: 0 },
  'all together': { change: 3, batch: 8, reading: 3 },
};
const names = Object.keys(mixes);
const mixOf = (name: string) => Object.entries(mixes).find(([other]) => other === name)?.[1] ?? mixes['all together'];

const second = 1_000;
const ways = { latencyMs: 20, workMs: 5 };

const madeFrom = (calls: SimulatedCall[], from: number, to: number) =>
  calls.filter(({ sentAt, isRefused }) => !isRefused && sentAt >= from && sentAt < to).length;

const refusedShare = (calls: SimulatedCall[]) => calls.filter(({ isRefused }) => isRefused).length / calls.length;

function callsOf(simulation: Partial<Simulation> & Pick<Simulation, 'quotas' | 'slots' | 'endMs'>) {
  return simulate({ ...ways, ...simulation });
}

describe.each(names)('%s', (name) => {
  const slots = mixOf(name);

  test.each([2, 10, 50])('reach a quota of %i a second that nobody knew of, with few refusals', (perSecond) => {
    const { calls } = callsOf({ quotas: [{ fromMs: 0, perSecond }], slots, endMs: 180 * second });

    expect(madeFrom(calls, 0, 180 * second) / (180 * perSecond)).toBeGreaterThan(0.9);
    expect(refusedShare(calls)).toBeLessThan(0.05);
  });

  test('are as fast as before 10 s after a throttle of 2 a second for 15 s', () => {
    const free = { fromMs: 0, perSecond: null };
    const { calls } = callsOf({
      quotas: [free, { fromMs: 10 * second, perSecond: 2 }, { fromMs: 25 * second, perSecond: null }],
      slots,
      endMs: 37 * second,
    });

    const before = madeFrom(calls, 8 * second, 10 * second);
    expect(madeFrom(calls, 35 * second, 37 * second)).toBeGreaterThan(0.9 * before);
  });
});

/** Quotas from four a second on: below that a probe costs too much of the twentieth that may be refused to come every 10 s. */
const quota = fc.option(fc.integer({ min: 4, max: 200 }));
const mix = fc.constantFrom(...Object.values(mixes));
const service = fc.record({
  quotas: fc.array(quota, { minLength: 1, maxLength: 4 }),
  latencyMs: fc.integer({ min: 2, max: 100 }),
  workMs: fc.integer({ min: 1, max: 30 }),
  retryAfterMs: fc.constantFrom(undefined, undefined, second),
});

test('whatever quotas appear, change and vanish, 10 s later nine tenths of what they let through is reached', () => {
  fc.assert(
    fc.property(mix, service, (slots, { quotas, retryAfterMs, ...rest }) => {
      const partMs = 25 * second;
      const endMs = quotas.length * partMs;
      const parts = quotas.map((perSecond, part) => ({ fromMs: part * partMs, perSecond }));
      const { calls } = callsOf({ ...rest, retryAfterMs, quotas: parts, slots, endMs });
      const most = ((slots.change + slots.batch + slots.reading) * second) / (rest.latencyMs + rest.workMs);

      for (const { fromMs, perSecond } of parts) {
        const settled = madeFrom(calls, fromMs + 10 * second, fromMs + partMs) / 15;
        // A wait that Chime asks for is obeyed: it takes a part of each time between two refusals.
        const share = retryAfterMs === undefined || perSecond === null || perSecond >= most ? 0.9 : 0.7;
        expect(settled).toBeGreaterThan(share * Math.min(most, perSecond ?? most) * 0.98);
      }
    }),
    { numRuns: 60 },
  );
});

describe('at a quota of 10 a second, with more calls than that', () => {
  const quotas = [{ fromMs: 0, perSecond: 10 }];
  const endMs = 120 * second;

  test("operators' changes hardly wait, however many listings and batches are on their way", () => {
    const bursts = Array.from({ length: 50 }, (_, index) => ({ atMs: (20 + 2 * index) * second, changes: 3 }));
    const { calls } = callsOf({ quotas, slots: { change: 0, batch: 8, reading: 6 }, bursts, endMs });

    const waits = calls.flatMap(({ kind, askedAt, sentAt }) => (kind === 'change' ? [sentAt - askedAt] : []));
    const turnMs = 100;
    expect(waits.length).toBeGreaterThanOrEqual(150);
    // Three changes at once, now and then a turn for others, and a pause after a refusal.
    expect(Math.max(...waits)).toBeLessThan(7 * turnMs);
  });

  test.each([
    ['changes', { change: 6, batch: 4, reading: 4 }],
    ['batches', { change: 0, batch: 8, reading: 4 }],
  ])('%s go first, and nothing waits for ever', (_, slots) => {
    const { calls, waiting } = callsOf({ quotas, slots, endMs });

    const times = (kind: string) =>
      madeFrom(
        calls.filter((call) => call.kind === kind),
        20 * second,
        endMs,
      );
    const [first, ...others] = (['change', 'batch', 'reading'] as const).filter((kind) => slots[kind] > 0);
    for (const other of others) {
      expect(times(first ?? 'change')).toBeGreaterThan(2 * times(other));
      expect(times(other)).toBeGreaterThan(0.1 * 10 * 100);
    }
    expect(Math.min(...waiting.map(({ askedAt }) => askedAt))).toBeGreaterThan(endMs - 15 * second);
  });

  test('a listing alone has all of it', () => {
    const { calls } = callsOf({ quotas, slots: { change: 0, batch: 0, reading: 2 }, endMs });

    expect(madeFrom(calls, 20 * second, endMs)).toBeGreaterThan(0.95 * 10 * 100);
  });
});

describe('a limit', () => {
  const now = 1_000_000;
  const met = slowDown(firstPace, now, { sentAt: now - 20, lately: 100 });

  test('is met once by all that was on its way when it was met', () => {
    const again = slowDown(met, now + 10, { sentAt: now - 5 });

    expect(again).toEqual(met);
  });

  test('is never taken to be less than one call a second', () => {
    let pace = met;
    for (let at = now + second; at < now + 100 * second; at += second) pace = slowDown(pace, at, { sentAt: at - 1 });

    expect(pace.limit).toBe(1);
    expect(callsPerSecond(pace, now + 200 * second)).toBeGreaterThan(0.9);
  });

  test('that was left far too low is gone within seconds, also after a restart', () => {
    const left: Pace = { ...met, limit: 1, metInARow: 20, granted: 5 };
    const { calls, pace } = callsOf({
      pace: left,
      quotas: [{ fromMs: 0, perSecond: null }],
      slots: { change: 0, batch: 0, reading: 1 },
      startMs: now + 20 * second,
      endMs: now + 30 * second,
    });

    expect(pace.limit).toBeNull();
    expect(madeFrom(calls, now + 29 * second, now + 30 * second)).toBeGreaterThan(30);
  });

  test('is not thought gone while nothing is let through', () => {
    let pace = met;
    for (let at = now + 60 * second; at < now + 90 * second; at += 100) pace = takeTurn(pace, at, 'batch').pace;

    expect(pace.limit).toBe(met.limit);
    expect(callsPerSecond(pace, now + 90 * second)).toBeLessThanOrEqual(3 * (met.limit ?? 0));
  });
});

describe('what people are told of a limit', () => {
  const now = 1_000_000;
  const low: Pace = { ...firstPace, limit: 2.1, metAt: now - 5 * second, metInARow: 3 };
  const probing = (perSecond: number): Pace => ({
    ...low,
    probe: { since: now - second, granted: 3, perSecond, fasterAt: now },
  });

  test.each([
    ['that is low, in whole calls a second', low, 2],
    ['that a probe has not shown to be gone', probing(0), 2],
    ['that a probe has shown to be gone', probing(8.4), null],
    ['that is as high as they would not notice', { ...low, limit: 5.2 }, null],
    ['that was not met for a minute', { ...low, metAt: now - 60 * second }, null],
    ['that is only a guess', firstPace, null],
    ['where there is none', { ...low, limit: null }, null],
  ])('%s', (_, pace, told) => {
    expect(slowedTo(pace, now)).toBe(told);
  });
});
