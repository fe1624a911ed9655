/** What calls are for, in the order in which they go first: an operator's change, a batch's changes, reading and listing. */
export const kinds = ['change', 'batch', 'reading'] as const;
export type Kind = (typeof kinds)[number];

/**
 * How fast one endpoint of Chime may be called, as all processes that talk to it have learnt it from its refusals. Moments are
 * milliseconds of the database's clock, paces are calls a second.
 *
 * While no limit is known nobody waits. After a refusal calls take turns, a little slower than the limit for some seconds;
 * then a probe goes faster and faster until Chime refuses again, which tells the limit anew, or until the limit is gone.
 */
export type Pace = {
  /** What Chime lets through; null where no limit is known. */
  limit: number | null;
  /** When the limit was met last, and how many times in a row about where it is now; 0 where it is a first guess. */
  metAt: number;
  metInARow: number;
  /** Calls let through since then. */
  granted: number;
  probe: Probe | null;
  nextAt: number;
  pausedUntil: number;
  /** Until when somebody who waits for a turn is expected to ask again. */
  waiting: Record<Kind, number>;
  /** Turns that others were given while somebody waited. */
  passedOver: Record<Kind, number>;
};

/** `perSecond` is 0 until more has been let through than the limit would allow. */
type Probe = { since: number; granted: number; perSecond: number; fasterAt: number };

const slowest = 1;

/** Where nothing was learnt yet the limit is taken to be at least this, also by a first refusal after a quiet time. */
const leastGuess = 10;

/** The pace at an endpoint that was never called, or not for long: a probe from the first call on. */
export const firstPace: Pace = {
  limit: leastGuess,
  metAt: 0,
  metInARow: 0,
  granted: 0,
  probe: null,
  nextAt: 0,
  pausedUntil: 0,
  waiting: { change: 0, batch: 0, reading: 0 },
  passedOver: { change: 0, batch: 0, reading: 0 },
};

const unlimited: Pace = { ...firstPace, limit: null };

/** Where a probe lets so many calls a second through, and four times the old limit, there is none any more. */
const asGoodAsUnlimited = 500;

/** A limit that nobody has met for so long is learnt anew. */
const forgottenAfterMs = 600_000;

/** Between two probes the pace stays so much below the limit: what is left over is what the next probe may use. */
const careful = 0.95;

/**
 * How long the pace stays below the limit after a refusal, by how many times in a row it was met in the same place: below
 * four calls a second each probe costs a good part of the twentieth that may be refused.
 */
const betweenProbesMs = [4_000, 4_000, 6_000, 7_000, 8_000, 8_000, 12_000, 16_000];

/** With so many calls between two probes, one refusal is little; in this time at the least. */
const callsBetweenProbes = 32;
const leastBetweenProbesMs = 3_000;

/** What was not used may be made up for, this many milliseconds of it: less than the second that quotas are counted in. */
const madeUpForMs = 500;

/** A probe in which nobody has called for this long begins anew. */
const idleMs = 2_000;

/** Who waits and does not ask again in time, by this many milliseconds, holds nobody else up any longer. */
const missedTurnMs = 250;

/** Who was passed over so many times goes first. */
const maxPassedOver = 4;

/** Calls a second at this moment; infinite where no limit is known. */
export function callsPerSecond(pace: Pace, now: number): number {
  const { limit, probe } = pace;
  if (limit === null) return Number.POSITIVE_INFINITY;
  if (!probe) return limit * careful;
  return probe.perSecond > 0 ? probe.perSecond : limit * (1 + 2 * Math.min(1, (now - probe.since) / 1_000));
}

/** With fewer calls a second people wait so long that they want to know why. */
const noticedBelow = 5;

/** A limit that was not met for so long may be gone: nobody has called often enough to tell. */
const toldForMs = 60_000;

/**
 * Whole calls a second while Chime lets so few through that people notice, and null else. A probe that has shown that more
 * is let through counts, one that is only trying does not.
 */
export function slowedTo({ limit, metAt, probe }: Learnt, now: number): number | null {
  if (limit === null || metAt <= now - toldForMs) return null;
  const perSecond = Math.round(Math.max(limit, probe?.perSecond ?? 0));
  return perSecond < noticedBelow ? perSecond : null;
}

type Learnt = Pick<Pace, 'limit' | 'metAt'> & { probe: Pick<Probe, 'perSecond'> | null };

/** When the next probe begins, if there are calls to make by then. */
function probesFrom({ limit, metAt, metInARow }: Pace): number {
  const byPlace = betweenProbesMs[Math.min(metInARow, betweenProbesMs.length - 1)] ?? leastBetweenProbesMs;
  const byCalls = Math.max(leastBetweenProbesMs, (callsBetweenProbes * 1_000) / (limit ?? slowest));
  return metAt + Math.min(byPlace, byCalls);
}

/**
 * Lets a call through, or says in how many milliseconds to ask again. `othersWait`: the caller speaks for more than one who
 * waits for a turn of this kind.
 */
export function takeTurn(pace: Pace, now: number, kind: Kind, othersWait = false): { pace: Pace; waitMs: number } {
  if (pace.limit === null) return { pace, waitMs: 0 };
  if (pace.metAt > 0 && now > pace.metAt + forgottenAfterMs) return takeTurn(firstPace, now, kind, othersWait);
  const from = Math.max(pace.nextAt, pace.pausedUntil);
  if (from > now) return waits(pace, now, kind, from - now);
  const first = whoGoesFirst(pace, now, kind);
  const turnMs = 1_000 / callsPerSecond(pace, now);
  if (first !== kind) return waits(pace, now, kind, Math.min(turnMs, pace.waiting[first] - now));
  const probing = now < probesFrom(pace) ? pace : probed(pace, pace.limit, now);
  const nextAt = Math.max(pace.nextAt, now - madeUpForMs) + 1_000 / callsPerSecond(probing, now);
  const waiting = { ...pace.waiting, [kind]: othersWait ? nextAt + missedTurnMs : 0 };
  return { pace: { ...probing, nextAt, waiting, passedOver: passingOver(pace, now, kind) }, waitMs: 0 };
}

function waits(pace: Pace, now: number, kind: Kind, ms: number): { pace: Pace; waitMs: number } {
  const waitMs = Math.max(1, ms);
  const expected = Math.max(pace.waiting[kind], now + waitMs + missedTurnMs);
  return { pace: { ...pace, waiting: { ...pace.waiting, [kind]: expected } }, waitMs };
}

/** Who was passed over too often, or else the first in order, among those who wait and the one who asks. */
function whoGoesFirst({ waiting, passedOver }: Pace, now: number, asking: Kind): Kind {
  const there = kinds.filter((kind) => kind === asking || waiting[kind] > now);
  return there.findLast((kind) => passedOver[kind] >= maxPassedOver) ?? there[0] ?? asking;
}

function passingOver({ waiting, passedOver }: Pace, now: number, served: Kind): Record<Kind, number> {
  const times = (kind: Kind) => (kind === served || waiting[kind] <= now ? 0 : passedOver[kind] + 1);
  return { change: 0, batch: times('batch'), reading: times('reading') };
}

function probed(pace: Pace, limit: number, now: number): Pace {
  if (pace.probe && now < pace.nextAt + idleMs) return pace;
  const perSecond = pace.metAt === 0 ? 2 * limit : 0;
  return { ...pace, probe: { since: now, granted: 0, perSecond, fasterAt: now } };
}

/** Calls that went out at these moments were let through. In a probe that makes it faster, or shows that the limit is gone. */
export function speedUp(pace: Pace, now: number, sentAt: number[]): Pace {
  const since = sentAt.filter((at) => at > pace.metAt);
  if (pace.limit === null || since.length === 0) return pace;
  const granted = pace.granted + since.length;
  if (!pace.probe) return { ...pace, granted };
  const probe = faster(pace, pace.probe, pace.limit, now, since);
  return probe.perSecond >= Math.max(asGoodAsUnlimited, 4 * pace.limit) ? unlimited : { ...pace, granted, probe };
}

/** Quotas let through at most what was saved up in a second, and what comes in: more than that, and the limit is another. */
function faster(pace: Pace, probe: Probe, limit: number, now: number, sentAt: number[]): Probe {
  const granted = probe.granted + sentAt.filter((at) => at >= probe.since).length;
  const isDisproved =
    probe.perSecond > 0
      ? sentAt.some((at) => at >= probe.fasterAt)
      : granted > limit * (1 + (now - probe.since) / 1_000) + 1;
  if (!isDisproved) return { ...probe, granted };
  return { ...probe, granted, perSecond: 2 * callsPerSecond(pace, now), fasterAt: now };
}

/**
 * A call that went out at `sentAt` was refused: nothing more for as long as Chime asks, and slower from then on. What was on
 * its way already when the limit was met says nothing new. `lately`: calls that the caller knows to have been let through
 * within the last second.
 */
export function slowDown(
  pace: Pace,
  now: number,
  { sentAt, forMs, lately = 0 }: { sentAt: number; forMs?: number | undefined; lately?: number },
): Pace {
  if (pace.limit !== null && sentAt <= pace.metAt) {
    // Another process may have had a larger part in what was let through before.
    const limit = pace.metInARow === 0 ? Math.max(pace.limit, lately * 0.9) : pace.limit;
    return { ...pace, limit, pausedUntil: Math.max(pace.pausedUntil, now + (forMs ?? 0)) };
  }
  const isNew = pace.limit === null || pace.metAt === 0;
  const known = pace.limit ?? leastGuess;
  const found = isNew ? Math.max(leastGuess, lately * 0.9) : limitFrom(pace, known, now, sentAt);
  const limit = Math.max(slowest, found);
  const isWhereItWas = !isNew && limit > known * 0.8 && limit < known * 1.25;
  // What was on its way when Chime refused has used up what came in meanwhile.
  const ownMs = (pace.probe && !isNew ? 750 : 1_500) / limit + (now - sentAt);
  const pausedUntil = Math.max(pace.pausedUntil, now + (forMs ?? ownMs));
  return {
    ...pace,
    limit,
    metAt: now,
    metInARow: isNew ? 0 : isWhereItWas ? pace.metInARow + 1 : 1,
    granted: 0,
    probe: null,
    pausedUntil,
    // Without a time from Chime nothing of the pause is made up for: what comes in meanwhile is what the next calls need.
    nextAt: forMs === undefined ? Math.max(pace.nextAt, pausedUntil) : pace.nextAt,
  };
}

/** A probe is refused when this much of a call had come in, as calls are closer together in it: seen in the simulation. */
const almost = 0.6;

/**
 * The limit as this refusal shows it. Where all was used up at two refusals, what was let through in between is what came in;
 * where nothing was used before a probe, it had a second's worth to begin with. Both may be too little, if few calls were made.
 */
function limitFrom(pace: Pace, limit: number, now: number, sentAt: number): number {
  const sinceMet = Math.max(1, sentAt - pace.metAt) / 1_000;
  if (!pace.probe) return Math.min(limit * 0.9, Math.max(limit / 4, (pace.granted + 0.5) / sinceMet));
  const sinceProbe = 1 + Math.max(0, sentAt - pace.probe.since) / 1_000;
  const found = Math.max((pace.granted + almost) / sinceMet, (pace.probe.granted + almost) / sinceProbe);
  return Math.min(callsPerSecond(pace, now), Math.max(limit * 0.9, found));
}
