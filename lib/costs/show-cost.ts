import type { Database, Executor } from '../db/database.ts';
import { dayOf, daysFrom, endOfDay, startOfDay } from '../trend/calendar.ts';
import { findUnseen } from '../trend/ledger/coverage-store.ts';
import { findLedgers, type Ledger } from '../trend/ledger/ledger-store.ts';
import { atOneMoment } from '../trend/period.ts';
import type { NamedAccount, Whose } from '../trend/view.ts';
import { findActivityFiles } from './activity-store.ts';
import { costRange, type HostedDays, hasTwoCaps, type ProDays, peopleIn, pricedDays } from './cost.ts';
import { firstDayOf, isMonth, monthOf, monthsBack, nextMonth } from './month.ts';
import { listPrices } from './prices-store.ts';
import { type Days, findHostedDays, findProDays } from './pro-days-store.ts';
import type { ActivityFile, CostAnswer, CostProblem, CostView } from './view.ts';

/** So many months are kept: those of the steps. */
const mostMonths = 14;

/** What Pro can cost in a month, as it was written; null: this month, by the database's clock and the zone of the product. */
export function showCost(
  db: Database,
  { account, accounts }: Whose,
  asked: string | null,
  zone: string,
): Promise<CostView> {
  return atOneMoment(db, async (trx) => {
    const { ledgers, now } = await findLedgers(
      trx,
      accounts.map(({ id }) => id),
    );
    const thisMonth = monthOf(now, zone);
    const month = asked ?? thisMonth;
    const earliest = ledgers.map(({ knownFrom }) => monthOf(knownFrom, zone)).sort()[0] ?? thisMonth;
    return {
      account,
      accounts: account === null ? accounts : [],
      month,
      months: monthsBack(earliest, thisMonth, mostMonths),
      zone,
      answer: await answerOf(trx, accounts, ledgers, month, now, zone),
    };
  });
}

async function answerOf(
  db: Executor,
  accounts: NamedAccount[],
  ledgers: Ledger[],
  month: string,
  now: Date,
  zone: string,
): Promise<CostAnswer | { problem: CostProblem }> {
  if (!isMonth(month)) return { problem: { code: 'no-month', text: month } };
  if (month > monthOf(now, zone)) return { problem: { code: 'future', month } };
  const start = startOfDay(firstDayOf(month), zone) ?? now;
  const end = startOfDay(firstDayOf(nextMonth(month)), zone) ?? now;
  const to = end < now ? end : now;
  const known = ledgers.filter(({ knownFrom }) => knownFrom < to);
  if (known.length === 0) {
    const since = ledgers.map(({ knownFrom }) => knownFrom.toISOString()).sort()[0];
    return { problem: { code: 'unknown', knownFrom: since ?? null } };
  }
  const days = daysFrom(start, new Date(to.getTime() - 1), zone);
  const parts = pricedDays(
    days.map(({ day }) => day),
    await listPrices(db),
  );
  const starts = days.map(({ start: at }) => at);
  const daysSince = (from: Date): Days => ({
    from,
    first: Math.max(
      0,
      days.findIndex(({ day }) => day === dayOf(from, zone)),
    ),
    to,
    endsNow: to === now,
    starts,
    parts,
  });
  const people = await proDaysOf(db, byStart(known, start), daysSince, zone);
  const ids = known.map(({ accountId }) => accountId);
  const activity = await findActivityFiles(db, ids, month);
  const hosts = await hostsOf(db, activity, known, month, (from) => daysSince(later(from, start)));
  const madeUp = known.flatMap(({ madeUpUntil: until }) => (until && until > start ? [until.toISOString()] : []));
  const lastDay = days.at(-1);
  const unseen = await findUnseen(db, ids, start, lastDay ? endOfDay(lastDay, zone) : to);
  return {
    from: start.toISOString(),
    to: to.toISOString(),
    isOpen: to === now,
    asOf: now.toISOString(),
    people: peopleIn(people),
    range: costRange(parts, people, hosts),
    prices: parts.flatMap(({ price }) => price ?? []).reverse(),
    days: days.length,
    unpricedDays: parts.reduce((sum, { from, until, price }) => sum + (price === null ? until - from : 0), 0),
    hasTwoCaps: hasTwoCaps(parts),
    activity,
    later: knownLater(accounts, ledgers, start),
    madeUpUntil: madeUp.sort().at(-1) ?? null,
    hasGaps: unseen.length > 0,
  };
}

async function proDaysOf(
  db: Executor,
  groups: { from: Date; together: Ledger[] }[],
  daysSince: (from: Date) => Days,
  zone: string,
): Promise<ProDays[]> {
  const people: ProDays[] = [];
  for (const { from, together } of groups) people.push(...(await findProDays(db, together, daysSince(from), zone)));
  return people;
}

/** Accounts of which nothing is known at the beginning, and from when on something is. */
const knownLater = (accounts: NamedAccount[], ledgers: Ledger[], start: Date): CostAnswer['later'] =>
  accounts.flatMap(({ id, name }) => {
    const knownFrom = ledgers.find(({ accountId }) => accountId === id)?.knownFrom ?? null;
    const isKnown = knownFrom !== null && knownFrom <= start;
    return isKnown ? [] : [{ id, name, knownFrom: knownFrom?.toISOString() ?? null }];
  });

const later = (one: Date, other: Date) => (one > other ? one : other);

/** Accounts that were known when a month began are read together, and each of the others from when it was known. */
function byStart(ledgers: Ledger[], start: Date): { from: Date; together: Ledger[] }[] {
  const whole = ledgers.filter(({ knownFrom }) => knownFrom <= start);
  const others = ledgers.filter(({ knownFrom }) => knownFrom > start);
  return [
    ...(whole.length > 0 ? [{ from: start, together: whole }] : []),
    ...others.map((one) => ({ from: one.knownFrom, together: [one] })),
  ];
}

async function hostsOf(
  db: Executor,
  files: ActivityFile[],
  ledgers: Ledger[],
  month: string,
  daysSince: (from: Date) => Days,
): Promise<HostedDays[]> {
  const hosts: HostedDays[] = [];
  for (const { accountId } of files) {
    const ledger = ledgers.find((one) => one.accountId === accountId);
    if (ledger) hosts.push(...(await findHostedDays(db, accountId, firstDayOf(month), daysSince(ledger.knownFrom))));
  }
  return hosts;
}
