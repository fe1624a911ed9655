import { expect, test } from 'vitest';
import { firstPace, type Pace, slowDown, speedUp, takeTurn } from './pace.ts';

/** Calls one after another for so many seconds at a service that lets `quota` a second through, and how they fare. */
function call(first: Pace, quota: number, seconds: number) {
  let pace = first;
  let now = 1_000_000;
  let tokens = quota;
  let filledAt = now;
  let [done, refused] = [0, 0];
  for (const end = now + seconds * 1_000; now < end; ) {
    const turn = takeTurn(pace, now);
    pace = turn.pace;
    if (turn.waitMs > 0) {
      now += Math.max(1, turn.waitMs);
      continue;
    }
    tokens = Math.min(Math.max(1, quota), tokens + ((now - filledAt) / 1_000) * quota);
    filledAt = now;
    if (tokens >= 1) {
      tokens -= 1;
      done += 1;
      pace = speedUp(pace, 1);
    } else {
      refused += 1;
      pace = slowDown(pace, now, { sentAt: now, forMs: 1_000 / quota });
    }
    now += 1;
  }
  return { share: done / (quota * seconds), refused: refused / (done + refused) };
}

test.each([2, 8, 10, 50])('a quota of %i calls a second is reached, with few refusals', (quota) => {
  const { share, refused } = call(firstPace, quota, 120);

  expect(share).toBeGreaterThan(0.9);
  expect(refused).toBeLessThan(0.05);
});

/** A listing calls without taking turns as long as nothing is learnt, so that its refusal comes out of nowhere. */
test.each([2, 8, 10, 50])('a refusal of calls that were not counted leaves it not far below %i', (quota) => {
  const taught = slowDown(firstPace, 1_000_000, { sentAt: 999_990, forMs: 1_000 });

  const { share, refused } = call(taught, quota, 60);

  expect(share).toBeGreaterThan(0.8);
  expect(refused).toBeLessThan(0.1);
});
