import { sql } from 'kysely';
import type { Executor } from '../db/database.ts';
import { heldAfter, heldBefore, isAboutLicense, isWithin } from '../trend/comparison/net-store.ts';
import { countsAt } from '../trend/ledger/counts-at-store.ts';
import type { Ledger } from '../trend/ledger/ledger-store.ts';
import type { HostedDays, PricedDays, ProDays } from './cost.ts';

/** The license that costs. */
const paid = 'Pro';

/**
 * Days of a zone that follow each other, cut into parts; each begins at its place in `starts`. Nothing before `from` counts, which is
 * within the day at the place `first`, and nothing from `to` on; where the days end now, everything counts that the counts of now know.
 */
export type Days = { from: Date; first: number; to: Date; endsNow: boolean; starts: Date[]; parts: PricedDays[] };

/**
 * On how many days of each part people of these accounts had Pro, at any moment of the day; all of the accounts must have been
 * known from the start on. Only the steps of these days are read: people without any had the same license all the time.
 */
export async function findProDays(db: Executor, ledgers: Ledger[], days: Days, zone: string): Promise<ProDays[]> {
  const accountIds = ledgers.map(({ accountId }) => accountId);
  const opening = await countsAt(db, ledgers, days.from, zone);
  const had = opening.reduce((sum, { license, people }) => sum + (license === paid ? people : 0), 0);
  const { rows } = await sql<{ days: number[] | null; people: string; hadFirst: string }>`
    with ${stepsOf(accountIds, days)}, ${daysOfSteps(days)}
    select days, count(*) as people, 0 as "hadFirst" from (
      select ${perPart(days)} as days from fresh group by account_id, user_id
    ) moved group by days
    union all
    select null, 0, count(*) from (
      select distinct on (account_id, user_id) held_before from steps order by account_id, user_id, seq
    ) earliest where held_before = ${paid}`.execute(db);
  const movers = rows.flatMap((row) => (row.days ? [{ days: row.days, people: Number(row.people) }] : []));
  const movedFrom = rows.reduce((sum, { hadFirst }) => sum + Number(hadFirst), 0);
  return [...movers, { days: wholeParts(days), people: had - movedFrom }];
}

/** The same of the people in the file of one account and month, by how many days they hosted. */
export async function findHostedDays(
  db: Executor,
  accountId: string,
  month: string,
  days: Days,
): Promise<HostedDays[]> {
  const later = days.endsNow ? sql`false` : sql`movements.at >= ${days.to} and ${isAboutLicense}`;
  const { rows } = await sql<{ days: number[]; hosted: number; people: string }>`
    with ${stepsOf([accountId], days)}, ${daysOfSteps(days)}, moved as (
      select user_id, ${perPart(days)} as days from fresh group by user_id
    ), afterwards as (
      select distinct on (user_id) user_id, ${heldBefore(sql`movements`)} as held
      from movements where account_id = ${accountId} and ${later} order by user_id, seq
    )
    select coalesce(moved.days, case
        when exists (select from steps where steps.user_id = activity_days.user_id) then ${none(days)}
        when case when afterwards.user_id is null then users.license else afterwards.held end = ${paid} then ${sql.lit(JSON.stringify(wholeParts(days)))}::jsonb
        else ${none(days)} end) as days,
      activity_days.days as hosted, count(*) as people
    from activity_days
      left join moved on moved.user_id = activity_days.user_id
      left join afterwards on afterwards.user_id = activity_days.user_id
      left join users on users.account_id = activity_days.account_id and users.id = activity_days.user_id
    where activity_days.account_id = ${accountId} and activity_days.month = ${month}::date and activity_days.days > 0
    group by 1, 2`.execute(db);
  return rows.map((row) => ({ days: row.days, hosted: row.hosted, people: Number(row.people) }));
}

/** How many days of each part somebody had Pro who had it all the time. */
const wholeParts = ({ parts, first }: Days): number[] =>
  parts.map(({ from, until }) => Math.max(0, until - Math.max(from, first)));

const none = ({ parts }: Days) => sql`${sql.lit(JSON.stringify(parts.map(() => 0)))}::jsonb`;

const stepsOf = (accountIds: string[], days: Days) => sql`
  steps as materialized (
    select account_id, user_id, seq, at, ${heldBefore(sql`movements`)} as held_before, ${heldAfter(sql`movements`)} as held_after
    from movements where account_id = any(${accountIds}) and ${isWithin(days)} and ${isAboutLicense}
  )`;

/** The days on which people with steps had Pro, each day of a person once: places of days, from the first to the last of them. */
function daysOfSteps({ from, to, starts }: Days) {
  const placeOf = (at: ReturnType<typeof sql>) => sql`greatest(0, width_bucket(${at}, ${starts}::timestamptz[]) - 1)`;
  return sql`
    held as (
      select account_id, user_id, seq, held_before as held, coalesce(lag(at) over person, ${from}) as since, at as until
      from steps window person as (partition by account_id, user_id order by seq)
      union all
      select * from (
        select distinct on (account_id, user_id) account_id, user_id, seq + 1, held_after, at, greatest(at, ${to})
        from steps order by account_id, user_id, seq desc
      ) latest
    ), placed as (
      select account_id, user_id, seq, ${placeOf(sql`since`)} as first,
        greatest(${placeOf(sql`since`)}, ${placeOf(sql`until - interval '1 microsecond'`)}) as last
      from held where held = ${paid}
    ), fresh as (
      select account_id, user_id, last, greatest(first, 1 + coalesce(max(last) over (
          partition by account_id, user_id order by seq rows between unbounded preceding and 1 preceding), -1)) as first
      from placed
    )`;
}

/** How many of a person's days are in each part. */
const perPart = ({ parts }: Days) =>
  sql`jsonb_build_array(${sql.join(
    parts.map(
      ({ from, until }) => sql`sum(greatest(0, least(last, ${until - 1}::int) - greatest(first, ${from}::int) + 1))`,
    ),
  )})`;
