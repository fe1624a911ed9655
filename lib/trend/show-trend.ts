import type { Database, Executor } from '../db/database.ts';
import { type Day, dayOf, daysFrom, endOfDay } from './calendar.ts';
import { findUnseen, type Unseen } from './ledger/coverage-store.ts';
import { levelsBetween, levelsOfDays } from './ledger/levels.ts';
import { findSeenLate, type SeenLate } from './ledger/seen-late-store.ts';
import { answerPeriod, atOneMoment, type Period } from './period.ts';
import { followedBy, type Levels, type TrendGap, type TrendPoint, type TrendSeries } from './trend.ts';

const maxPoints = 400;

/** A period of so many hours or fewer is shown by the hour. */
const hoursInSevenDays = 7 * 24;
const hourMs = 3_600_000;

/**
 * How many people had which license in a period, all of these accounts together. Points are whole days of the zone, or hours where it is at
 * most 7 days; of more than 400 days, some days each, with the lowest and highest of them. Refuses with `invalid` a period that
 * ends before it begins, or begins in the future.
 */
export function trendSeries(db: Database, period: Period, zone: string): Promise<TrendSeries> {
  return atOneMoment(db, (trx) => seriesOf(trx, period, zone));
}

async function seriesOf(db: Executor, period: Period, zone: string): Promise<TrendSeries> {
  const { from, to, now, endsNow, known, ledgers } = await answerPeriod(db, period);
  const heard = ledgers.filter(({ knownFrom }) => knownFrom < to);
  const start = new Date(Math.max(from.getTime(), Math.min(...heard.map(({ knownFrom }) => knownFrom.getTime()))));
  const isByHour = to.getTime() - from.getTime() <= hoursInSevenDays * hourMs;
  const common = { zone, asOf: now.toISOString(), known };
  if (heard.length === 0) {
    return { ...common, pointIs: { unit: isByHour ? 'hour' : 'day', count: 1 }, points: [], gaps: [] };
  }
  const lastMoment = endsNow ? now : new Date(to.getTime() - 1);
  const stretches = isByHour ? hoursFrom(start, lastMoment, zone) : daysFrom(start, lastMoment, zone);
  const endOf = (one: Day) => (isByHour ? new Date(one.start.getTime() + hourMs) : endOfDay(one, zone));
  const begins = stretches[0]?.start ?? start;
  const ends = stretches.map((one, index) => stretches[index + 1]?.start ?? endOf(one));
  const levels = isByHour
    ? await levelsBetween(db, heard, [begins, ...ends])
    : await levelsOfDays(db, heard, stretches, zone);

  const unseen = await findUnseen(
    db,
    heard.map(({ accountId }) => accountId),
    begins,
    now,
  );
  const late = await findSeenLate(
    db,
    unseen,
    stretches.map((stretch) => stretch.start),
  );
  takeOut(levels, late);

  const count = Math.ceil(stretches.length / maxPoints);
  const points: TrendPoint[] = [];
  for (let first = 0; first < stretches.length; first += count) {
    const last = Math.min(first + count, stretches.length) - 1;
    const [begin, until] = [stretches[first], ends[last]];
    if (!begin || !until) continue;
    const isOpen = until > now;
    const closes = isOpen ? now : until;
    points.push({
      from: begin.start.toISOString(),
      until: until.toISOString(),
      day: begin.day,
      isOpen,
      isSeen: !unseen.some((gap) => gap.from < closes && (gap.until ?? now) >= closes),
      licenses: stretchOf(levels, first, last),
    });
  }
  const inPeriod = unseen.filter((gap) => gap.from < to);
  return {
    ...common,
    pointIs: { unit: isByHour ? 'hour' : 'day', count },
    points,
    gaps: inPeriod.map((gap) => gapFrom(gap, late)),
  };
}

/** The hours from the one that a moment is in to the one that another moment is in, by UTC. */
function hoursFrom(from: Date, until: Date, zone: string): Day[] {
  const hours: Day[] = [];
  for (let at = Math.floor(from.getTime() / hourMs) * hourMs; at <= until.getTime(); at += hourMs) {
    hours.push({ day: dayOf(new Date(at), zone), start: new Date(at) });
  }
  return hours;
}

/** The stretches from first to last as one, by license. */
function stretchOf(levels: Levels, first: number, last: number) {
  return Object.fromEntries(
    [...levels].flatMap(([license, ofLicense]) => {
      const [begin, ...rest] = ofLicense.slice(first, last + 1);
      return begin ? [[license, rest.reduce(followedBy, begin)]] : [];
    }),
  );
}

/** Takes what was seen after gaps out of the steps of the stretches in which it was seen; the numbers of people stay. */
function takeOut(levels: Levels, late: SeenLate[]): void {
  for (const { license, bucket, up, down, joined, left } of late) {
    const level = levels.get(license)?.[bucket];
    if (!level) continue;
    level.up.outside -= up;
    level.down.outside -= down;
    level.joined -= joined;
    level.left -= left;
  }
}

function gapFrom(gap: Unseen, late: SeenLate[]): TrendGap {
  const licenses: Record<string, { up: number; down: number }> = {};
  for (const { accountId, from, license, up, down } of late) {
    if (accountId !== gap.accountId || from.getTime() !== gap.from.getTime()) continue;
    const sum = licenses[license] ?? { up: 0, down: 0 };
    licenses[license] = { up: sum.up + up, down: sum.down + down };
  }
  return {
    accountId: gap.accountId,
    from: gap.from.toISOString(),
    until: gap.until?.toISOString() ?? null,
    because: gap.because,
    licenses,
  };
}
