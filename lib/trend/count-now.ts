import type { Database, Executor } from '../db/database.ts';
import { addDays, dayOf, startOfDay } from './calendar.ts';
import { countsAt, countsNowOf } from './ledger/counts-at-store.ts';
import { findLedgers, knownOf, type Ledger } from './ledger/ledger-store.ts';
import { atOneMoment } from './period.ts';
import type { CountNow, Known } from './trend.ts';

/**
 * The counts of now beside those of before, for each account and license that anybody has, or had at one of these ends. `asOf` is ISO-8601.
 * Accounts that were never listed completely have their counts of now, and nothing to compare them with.
 */
export function countsNow(
  db: Database,
  accountIds: string[],
  zone: string,
): Promise<{ zone: string; asOf: string; known: Known[]; counts: CountNow[] }> {
  return atOneMoment(db, async (trx) => {
    const { ledgers, now } = await findLedgers(trx, accountIds);
    const today = dayOf(now, zone);
    const people = await countsNowOf(trx, accountIds);
    const before = {
      sinceYesterday: await countsAtStart(trx, ledgers, today, zone),
      since7Days: await countsAtStart(trx, ledgers, addDays(today, -6), zone),
      since30Days: await countsAtStart(trx, ledgers, addDays(today, -29), zone),
    };
    const at = new Map(people.map((one) => [keyOf(one), one.people]));
    const all = [...people, ...Object.values(before).flatMap(({ counts }) => counts)];
    const counts = [...new Map(all.map((one) => [keyOf(one), one])).entries()].map(([key, { accountId, license }]) => {
      const count = at.get(key) ?? 0;
      const since = ({ known, people }: Then) => (known.has(accountId) ? count - (people.get(key) ?? 0) : null);
      return {
        accountId,
        license,
        people: count,
        sinceYesterday: since(before.sinceYesterday),
        since7Days: since(before.since7Days),
        since30Days: since(before.since30Days),
      };
    });
    return { zone, asOf: now.toISOString(), known: knownOf(accountIds, ledgers), counts };
  });
}

type Then = Awaited<ReturnType<typeof countsAtStart>>;

/** What those accounts that were known then had when a day began. */
async function countsAtStart(db: Executor, ledgers: Ledger[], day: string, zone: string) {
  const start = startOfDay(day, zone);
  const known = start ? ledgers.filter(({ knownFrom }) => knownFrom <= start) : [];
  const counts = start ? await countsAt(db, known, start, zone) : [];
  return {
    known: new Set(known.map(({ accountId }) => accountId)),
    people: new Map(counts.map((one) => [keyOf(one), one.people])),
    counts,
  };
}

const keyOf = ({ accountId, license }: { accountId: string; license: string }) => JSON.stringify([accountId, license]);
