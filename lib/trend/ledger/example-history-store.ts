import { type RawBuilder, sql } from 'kysely';
import type { Database, Executor } from '../../db/database.ts';
import { forgetDays } from './days-store.ts';
import { holdLedger } from './ledger-store.ts';

const dayMs = 86_400_000;

/** A little more than 13 months. */
const days = 396;

/** When the example was not seen: how many days ago it began, for how many hours, and why. */
const unseen = [
  { daysAgo: 311, hours: 54, because: 'unavailable' },
  { daysAgo: 187, hours: 31, because: null },
  { daysAgo: 62, hours: 76, because: 'unavailable' },
];

/** How many days ago many people got Pro within minutes. */
const onboardingDaysAgo = 25;

/**
 * Makes up 13 months of history for an account of the example organisation: people who joined and left, changes by the operators
 * there are, a large step, and gaps. It ends with the people of the moment at which the account became known, and stays before
 * it. True once the account has such a history; false while it has never been listed. Writes nothing to the audit.
 */
export async function makeExampleHistory(db: Database, accountId: string): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    await sql`select from accounts where id = ${accountId} for no key update`.execute(trx); // no listing ends meanwhile
    const ledger = await holdLedger(trx, accountId);
    if (!ledger) return false;
    if (ledger.madeUpUntil) return true;
    const end = new Date(Math.floor(ledger.knownFrom.getTime() / dayMs) * dayMs);
    const start = new Date(Math.max(end.getTime() - days * dayMs, (await oldestKept(trx)).getTime()));
    await insertMovements(trx, accountId, start, end);
    await insertCoverage(trx, accountId, start, end);
    await forgetDays(trx, accountId);
    await sql`
      update count_ledgers set made_up_until = known_from, known_from = ${start}, closed_until = null, zone = null
      where account_id = ${accountId}`.execute(trx);
    return true;
  });
}

/** The first day of which no step is dropped yet. */
async function oldestKept(db: Executor): Promise<Date> {
  const { rows } = await sql<{ oldest: Date }>`
    select (date_trunc('month', clock_timestamp() at time zone 'UTC') - interval '13 months' + interval '1 day')
      at time zone 'UTC' as oldest`.execute(db);
  return rows[0]?.oldest ?? new Date(0);
}

/** A number from 0 to 1 that is always the same for a person, and another for each `about`. */
const chance = (about: number) => sql`((hashtextextended(id, ${sql.lit(about)}) & 16777215) / 16777216.0)`;

/** The plan that somebody is said to have had before another one. */
const earlierPlan = (license: RawBuilder<unknown>, about: number) => sql`
  case when ${license} = 'Basic' then case when ${chance(about)} < 0.7 then 'Pro' else 'Plus' end
    when ${license} = 'Pro' then case when ${chance(about)} < 0.75 then 'Basic' else 'ProTrial' end
    else 'Basic' end`;

/**
 * When something happens that is said to happen at any time: on working days from 8 to 18, in the same order. What happens while the
 * account is not seen is seen within the minutes after.
 */
const inWorkingHours = (at: RawBuilder<unknown>) => sql`
  case when extract(isodow from ${at} at time zone 'UTC') >= 6
    then date_trunc('week', ${at}, 'UTC') + interval '4 days 17 hours'
      + (${at} - date_trunc('week', ${at}, 'UTC') - interval '5 days') / 48
    else date_trunc('day', ${at}, 'UTC') + interval '8 hours' + (${at} - date_trunc('day', ${at}, 'UTC')) * 9 / 24 end`;

const gapsUntil = (end: Date) =>
  unseen.map(({ daysAgo, hours, because }) => {
    const from = new Date(end.getTime() - daysAgo * dayMs);
    return { from, until: new Date(from.getTime() + hours * 3_600_000), because };
  });

/** Everybody who is said to have been in the account: those who are in it, and some who have left. */
const peopleEver = (accountId: string, start: Date, end: Date) => {
  const span = sql`(${end}::timestamptz - ${start}::timestamptz)`;
  return sql`
      select id, license, user_status(registration, invitation) as status,
        case when ${chance(1)} < 0.17 then ${start}::timestamptz + ${span} * (0.02 + 0.93 * ${chance(2)}) end as joined_at,
        null::timestamptz as left_at,
        license = 'Pro' and ${chance(1)} >= 0.17 and ${chance(3)} < 0.13 as is_onboarded
      from users where account_id = ${accountId}
      union all
      select md5(id)::uuid::text, case when ${chance(4)} < 0.3 then 'Pro' else 'Basic' end, 'registered',
        case when ${chance(5)} < 0.3 then ${start}::timestamptz + ${span} * 0.4 * ${chance(6)} end,
        ${start}::timestamptz + ${span} * (0.45 + 0.5 * ${chance(7)}), false
      from users where account_id = ${accountId} and ${chance(8)} < 0.07`;
};

async function insertMovements(trx: Executor, accountId: string, start: Date, end: Date): Promise<void> {
  const gaps = JSON.stringify(gapsUntil(end));
  const onboarding = new Date(end.getTime() - onboardingDaysAgo * dayMs);
  await sql`
    with lives as (
      ${peopleEver(accountId, start, end)}
    ), spans as (
      select *, coalesce(joined_at, ${start}::timestamptz) as begins, coalesce(left_at, ${end}::timestamptz) as ends from lives
    ), changed as (
      select *, case when is_onboarded then ${onboarding}::timestamptz + interval '4 hours' + interval '40 minutes' * ${chance(9)}
        when ${chance(10)} < case license when 'Pro' then 0.3 when 'Basic' then 0.09 else 0.15 end
          then begins + (ends - begins) * (0.35 + 0.6 * ${chance(11)}) end as last_at
      from spans
    ), twice as (
      select *, case when not is_onboarded and ${chance(12)} < 0.3 then begins + (last_at - begins) * (0.1 + 0.8 * ${chance(13)}) end
          as first_at,
        case when is_onboarded then 'Basic' when last_at is not null then ${earlierPlan(sql`license`, 14)} else license end as middle
      from changed
    ), told as (
      select *, case when first_at is not null then ${earlierPlan(sql`middle`, 15)} else middle end as earliest from twice
    ), happened as (
      select id, 'joined' as kind, null as from_license, earliest as to_license, null as from_status, status as to_status,
        joined_at as at, false as is_inside, false as is_large from told where joined_at is not null
      union all
      select id, 'moved', earliest, middle, status, status, first_at, ${chance(16)} < 0.75, false from told where first_at is not null
      union all
      select id, 'moved', middle, license, status, status, last_at, is_onboarded or ${chance(17)} < 0.75, is_onboarded from told where last_at is not null
      union all
      select id, 'left', license, null, status, null, left_at, false, false from told where left_at is not null
    ), placed as (
      select happened.*, ${inWorkingHours(sql`at`)} as placed_at from happened
    ), seen as (
      select placed.*, gap."from" as unseen_from,
        coalesce(gap.until + interval '4 minutes' * (extract(epoch from placed_at - gap."from") / extract(epoch from gap.until - gap."from")),
          placed_at) as seen_at
      from placed left join jsonb_to_recordset(${gaps}::jsonb) as gap ("from" timestamptz, until timestamptz)
        on placed_at >= gap."from" and placed_at < gap.until
    ), ours as (
      select array_agg(operators.id order by operators.id) as ids
      from operators join accounts on accounts.id = ${accountId} and accounts.type is distinct from 'EnterpriseDirectory'
      where role in ('helpdesk', 'admin')
    ), numbered as (
      select seen.*, case when is_inside and unseen_from is null
          then case when is_large then ids[1] else ids[1 + floor(${chance(18)} * cardinality(ids))::int] end
        end as operator_id,
        row_number() over (order by seen_at desc, at desc) as back
      from seen cross join ours
    )
    insert into movements (account_id, at, seq, user_id, kind, from_license, to_license, from_status, to_status, cause, by, since)
    select ${accountId}, seen_at, least(0, (select min(seq) from movements)) - back, id, kind, from_license, to_license, from_status,
      to_status, gen_random_uuid(), operator_id,
      case when operator_id is null then coalesce(unseen_from, seen_at - interval '3 minutes') end
    from numbered`.execute(trx);
}

/** From one gap to the next. The time from the last one on is what the real coverage goes on from. */
async function insertCoverage(trx: Executor, accountId: string, start: Date, end: Date): Promise<void> {
  const gaps = gapsUntil(end).filter(({ from }) => from > start);
  const seen = [{ until: start, because: null }, ...gaps].map(({ until, because }, index) => ({
    seen_from: index === 0 ? until : new Date(until.getTime() + 5 * 60_000),
    seen_until: gaps[index]?.from ?? null,
    unseen_because: because,
  }));
  const last = seen.at(-1);
  await sql`
    update coverage set seen_from = ${last?.seen_from}, unseen_because = ${last?.unseen_because ?? null}
    where account_id = ${accountId} and seen_from = (select min(seen_from) from coverage where account_id = ${accountId})`.execute(
    trx,
  );
  const made = seen.flatMap(({ seen_until, ...row }) => (seen_until ? [{ ...row, seen_until }] : []));
  await sql`
    insert into coverage (account_id, seen_from, seen_until, unseen_because)
    select ${accountId}, seen_from, seen_until, unseen_because
    from jsonb_to_recordset(${JSON.stringify(made)}::jsonb) as seen (
      seen_from timestamptz, seen_until timestamptz, unseen_because text)`.execute(trx);
}
