import { sql } from 'kysely';
import type { Executor } from '../../db/database.ts';
import type { Level, Levels } from '../trend.ts';

/** A closed day of one license. */
export type ClosedDay = { day: string; license: string; level: Level };

/** Replaces these days of an account, and notes up to when days are closed now, and in which zone. */
export async function keepDays(
  trx: Executor,
  accountId: string,
  days: ClosedDay[],
  closed: { until: Date | null; zone: string },
): Promise<void> {
  const rows = days.map(({ day, license, level }) => ({
    day,
    license,
    opening: level.opening,
    came_inside: level.up.inside,
    came_outside: level.up.outside - level.joined,
    went_inside: level.down.inside,
    went_outside: level.down.outside - level.left,
    joined: level.joined,
    gone: level.left,
    closing: level.closing,
    lowest: level.lowest,
    highest: level.highest,
  }));
  await sql`
    insert into count_days (account_id, day, license, opening, came_inside, came_outside, went_inside, went_outside, joined,
                            gone, closing, lowest, highest)
    select ${accountId}, day, license, opening, came_inside, came_outside, went_inside, went_outside, joined, gone, closing,
      lowest, highest
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as closed (
      day date, license text, opening bigint, came_inside bigint, came_outside bigint, went_inside bigint,
      went_outside bigint, joined bigint, gone bigint, closing bigint, lowest bigint, highest bigint)`.execute(trx);
  await trx
    .updateTable('count_ledgers')
    .set({ closed_until: closed.until, zone: closed.zone })
    .where('account_id', '=', accountId)
    .execute();
}

/** Forgets the closed days of an account, as when they were those of another zone. */
export async function forgetDays(trx: Executor, accountId: string): Promise<void> {
  await trx.deleteFrom('count_days').where('account_id', '=', accountId).execute();
}

/** The levels of one closed day by account; a license that nobody had is left out. */
export async function findDay(
  db: Executor,
  accountIds: string[],
  day: string,
): Promise<Map<string, Map<string, Level>>> {
  const { rows } = await sql<DayRow & { account_id: string }>`
    select account_id, license, opening, came_inside, came_outside, went_inside, went_outside, joined, gone, closing, lowest,
      highest
    from count_days where account_id = any(${accountIds}) and day = ${day}::date`.execute(db);
  const accounts = new Map<string, Map<string, Level>>();
  for (const row of rows) {
    const licenses = accounts.get(row.account_id) ?? new Map<string, Level>();
    accounts.set(row.account_id, licenses.set(row.license, levelFrom(row)));
  }
  return accounts;
}

/**
 * The levels of closed days, these accounts together, as `besideEach` puts two together; a license that nobody had on a day is left out.
 * The database adds them up: of 50 accounts and 13 months that is one row in place of 50.
 */
export async function findDaysTogether(
  db: Executor,
  accountIds: string[],
  from: string,
  until: string,
): Promise<ClosedDay[]> {
  const { rows } = await sql<DayRow & { day: string }>`
    select day::text, license, sum(opening) as opening, sum(came_inside) as came_inside, sum(came_outside) as came_outside,
      sum(went_inside) as went_inside, sum(went_outside) as went_outside, sum(joined) as joined, sum(gone) as gone,
      sum(closing) as closing, sum(lowest) as lowest, sum(highest) as highest
    from count_days where account_id = any(${accountIds}) and day >= ${from}::date and day <= ${until}::date
    group by count_days.day, license`.execute(db);
  return rows.map((row) => ({ day: row.day, license: row.license, level: levelFrom(row) }));
}

type DayRow = Record<
  | 'license'
  | 'opening'
  | 'came_inside'
  | 'came_outside'
  | 'went_inside'
  | 'went_outside'
  | 'joined'
  | 'gone'
  | 'closing'
  | 'lowest'
  | 'highest',
  string
>;

const levelFrom = (row: DayRow): Level => ({
  opening: Number(row.opening),
  closing: Number(row.closing),
  lowest: Number(row.lowest),
  highest: Number(row.highest),
  up: { inside: Number(row.came_inside), outside: Number(row.came_outside) + Number(row.joined) },
  down: { inside: Number(row.went_inside), outside: Number(row.went_outside) + Number(row.gone) },
  joined: Number(row.joined),
  left: Number(row.gone),
});

/** Makes room for the movements of the next months, and forgets those of more than 13 months ago, with their days. */
export async function keepMonths(db: Executor): Promise<void> {
  await sql`select keep_movement_months()`.execute(db);
}

/** By how many people a recount differs from the counts that are kept. */
export async function recount(db: Executor, accountId: string): Promise<number> {
  const { rows } = await sql<{ people: string }>`
    select coalesce(greatest(sum(people) filter (where people > 0), -sum(people) filter (where people < 0)), 0) as people
    from (
      select sum(people) as people from (
        select license, registration, invitation, user_type, people from user_counts where account_id = ${accountId}
        union all
        select license, registration, invitation, user_type, -count(*) from users where account_id = ${accountId}
        group by 1, 2, 3, 4
      ) both_ways group by license, registration, invitation, user_type
    ) differences`.execute(db);
  return Number(rows[0]?.people ?? 0);
}

/** Keeps what a check has found: by how many people the counts of an account differ from their steps. */
export async function keepDrift(trx: Executor, accountId: string, people: number): Promise<void> {
  await sql`
    update count_ledgers set checked_at = clock_timestamp(), drift_people = ${people} where account_id = ${accountId}`.execute(
    trx,
  );
}

/** By how many people the counts of all accounts differ from their steps, by the last check of each. Anything but 0 is a fault. */
export async function countDrift(db: Executor): Promise<number> {
  const { rows } = await sql<{ people: string }>`
    select coalesce(sum(drift_people), 0) as people from count_ledgers`.execute(db);
  return Number(rows[0]?.people ?? 0);
}

/** By how many people one day ends otherwise than the next begins. */
export function driftBetween(closing: Map<string, Level>, opening: Levels): number {
  let more = 0;
  let fewer = 0;
  for (const license of new Set([...closing.keys(), ...opening.keys()])) {
    const difference = (opening.get(license)?.[0]?.opening ?? 0) - (closing.get(license)?.closing ?? 0);
    more += Math.max(0, difference);
    fewer += Math.max(0, -difference);
  }
  return Math.max(more, fewer);
}
