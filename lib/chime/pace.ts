/**
 * How fast Chime may be called, as all processes that talk to one endpoint have learnt it from its refusals: growing a little
 * with every call that is let through, and falling by a part when one is refused (additive increase, multiplicative
 * decrease). Moments are milliseconds of the database's clock.
 */
export type Pace = {
  perSecond: number;
  /** Whether a refusal has shown where the limit lies; before that, the pace doubles with every call. */
  isLearnt: boolean;
  nextAt: number;
  pausedUntil: number;
  slowedAt: number;
  /** Calls let through in the second that began at `secondAt`, in the one before it, and since the last refusal. */
  secondAt: number;
  granted: number;
  grantedBefore: number;
  grantedSinceSlowed: number;
};

export const firstPace: Pace = {
  perSecond: 20,
  isLearnt: false,
  nextAt: 0,
  pausedUntil: 0,
  slowedAt: 0,
  secondAt: 0,
  granted: 0,
  grantedBefore: 0,
  grantedSinceSlowed: 0,
};

const fastest = 2_000;
const slowest = 0.2;

/** What was not used may be made up for, this many milliseconds of it: less than the second that quotas are counted in. */
const madeUpForMs = 500;

/** Where the refusal came this many calls after the one before it, the pace was far off. */
const soon = 10;

/** Lets a call through, or says in how many milliseconds to ask again. */
export function takeTurn(pace: Pace, now: number): { pace: Pace; waitMs: number } {
  const at = Math.max(pace.nextAt, pace.pausedUntil);
  if (at > now) return { pace, waitMs: at - now };
  const nextAt = Math.max(pace.nextAt, now - madeUpForMs) + 1_000 / pace.perSecond;
  const isSameSecond = now < pace.secondAt + 1_000;
  const counted = isSameSecond
    ? { granted: pace.granted + 1 }
    : { secondAt: now, granted: 1, grantedBefore: now < pace.secondAt + 2_000 ? pace.granted : 0 };
  return { pace: { ...pace, ...counted, nextAt, grantedSinceSlowed: pace.grantedSinceSlowed + 1 }, waitMs: 0 };
}

/** Where so many calls have been let through since the last refusal, the pace is far below what it could be. */
const late = 60;

/** So many calls were not refused: a little faster. */
export function speedUp(pace: Pace, calls: number): Pace {
  const growth = pace.isLearnt ? (pace.grantedSinceSlowed > late ? 1.02 : 1.002) : 2;
  const perSecond = pace.perSecond * growth ** calls;
  return { ...pace, perSecond: Math.min(fastest, perSecond) };
}

/**
 * A call that went out at `sentAt` was refused: nothing more for as long as Chime asks, and slower from then on. What was
 * on its way already when the pace last fell says nothing about the new one.
 */
export function slowDown(pace: Pace, now: number, { sentAt, forMs }: { sentAt: number; forMs?: number }): Pace {
  const isNews = sentAt > pace.slowedAt;
  const perSecond = isNews ? Math.max(slowest, slower(pace, now)) : pace.perSecond;
  const pausedUntil = Math.max(pace.pausedUntil, now + (forMs ?? 2_000 / perSecond));
  if (!isNews) return { ...pace, pausedUntil };
  // Without a time from Chime nothing of the pause is made up for: what comes in meanwhile is what the next calls need.
  const nextAt = forMs === undefined ? Math.max(pace.nextAt, pausedUntil) : pace.nextAt;
  return { ...pace, perSecond, nextAt, pausedUntil, isLearnt: true, slowedAt: now, grantedSinceSlowed: 0 };
}

function slower(pace: Pace, now: number): number {
  if (pace.isLearnt) return pace.perSecond * (pace.grantedSinceSlowed < soon ? 0.8 : 0.95);
  // Listings take no turns before the pace is learnt: where none was taken lately, what was let through is not known.
  if (now >= pace.secondAt + 2_000) return Math.min(pace.perSecond, firstPace.perSecond) / 2;
  const part = Math.min(1, Math.max(0, (now - pace.secondAt) / 1_000));
  const lastSecond = pace.granted - 1 + pace.grantedBefore * (1 - part);
  return Math.min(pace.perSecond, Math.max(1, lastSecond) * 0.9);
}
