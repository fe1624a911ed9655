import { type RawBuilder, sql } from 'kysely';
import type { Executor } from '../../db/database.ts';
import type { DepartmentCell, DomainCell } from '../comparison.ts';
import { named } from '../ledger/ledger-store.ts';
import type { AnsweredPeriod } from '../period.ts';
import type { Held, Origin } from '../trend.ts';

/** The movements of a period, where its end is not part of it. */
export const isWithin = ({ from, to, endsNow }: Pick<AnsweredPeriod, 'from' | 'to' | 'endsNow'>) =>
  sql`movements.at >= ${from} and movements.at < ${endsNow ? sql`'infinity'` : to}`;

/** Movements that change who has which license. */
export const isAboutLicense = sql`
  (movements.kind <> 'moved' or movements.from_license is distinct from movements.to_license)`;

/** What brought a movement about, as `Origin`. */
export const originOf = (movement: RawBuilder<unknown>) => sql<Origin>`
  case when ${movement}.by is null then 'outside' when ${movement}.batch_id is not null then 'batch'
    when ${movement}.ending_id is not null then 'ending' else 'carillon' end`;

/** What a person had before a movement, and after it, as `Held`. */
export const heldBefore = (movement: RawBuilder<unknown>) =>
  sql<Held>`case when ${movement}.kind <> 'joined' then ${named(sql`${movement}.from_license`)} end`;
export const heldAfter = (movement: RawBuilder<unknown>) =>
  sql<Held>`case when ${movement}.kind <> 'left' then ${named(sql`${movement}.to_license`)} end`;

/**
 * What each person had before the first of their movements in a period and after the last one, which is `last_at`, `last_seq`; also
 * those who have the same again. To be used as a query in `with net as (...)`.
 */
export const netOf = (accountIds: string[], period: Pick<AnsweredPeriod, 'from' | 'to' | 'endsNow'>) => sql`
  with steps as materialized (
    select * from movements where account_id = any(${accountIds}) and ${isWithin(period)} and ${isAboutLicense}
  ), people as (
    select account_id, user_id, min(seq) as first, max(seq) as last, count(*) as changes from steps group by 1, 2
  )
  select people.account_id, people.user_id, people.changes, ${heldBefore(sql`earliest`)} as held_before,
    ${heldAfter(sql`latest`)} as held_after, latest.at as last_at, latest.seq as last_seq, ${originOf(sql`latest`)} as origin,
    latest.by as operator_id, latest.batch_id, latest.cause, latest.since
  from people join steps earliest on earliest.seq = people.first join steps latest on latest.seq = people.last`;

/** People of one origin who went from one license to another. */
export type NetCell = {
  from: Held;
  to: Held;
  origin: Origin;
  operatorId: string | null;
  batchId: string | null;
  people: number;
  changes: number;
};

export async function findNet(db: Executor, accountIds: string[], period: AnsweredPeriod): Promise<NetCell[]> {
  const { rows } = await sql<Omit<NetCell, 'people' | 'changes'> & { people: string; changes: string }>`
    with net as (${netOf(accountIds, period)})
    select held_before as "from", held_after as "to", origin, operator_id as "operatorId", batch_id as "batchId",
      count(*) as people, sum(changes) as changes
    from net group by 1, 2, 3, 4, 5`.execute(db);
  return rows.map((row) => ({ ...row, people: Number(row.people), changes: Number(row.changes) }));
}

/** To be joined to `net`: the people as they are now; of those who have left, the e-mail address that the audit last knew. */
export const withAddresses = sql`
  left join users on users.account_id = net.account_id and users.id = net.user_id
  left join lateral (
    select user_email from audit_entries
    where users.id is null and audit_entries.account_id = net.account_id and audit_entries.user_id = net.user_id
      and user_email is not null
    order by sequence desc limit 1
  ) left_as on true`;

/** The domain of a person's e-mail address, in `net` with addresses; null where there is none. */
export const domainOfNet = sql<string | null>`
  lower(nullif(substring(coalesce(users.email, left_as.user_email) from '@([^@]+)$'), ''))`;

export async function findNetByDomain(
  db: Executor,
  accountIds: string[],
  period: AnsweredPeriod,
): Promise<DomainCell[]> {
  const { rows } = await sql<Omit<DomainCell, 'people'> & { people: string }>`
    with net as (${netOf(accountIds, period)})
    select ${domainOfNet} as domain, held_before as "from", held_after as "to", count(*) as people
    from net ${withAddresses}
    where held_before is distinct from held_after group by 1, 2, 3 order by 4 desc, 1, 2, 3`.execute(db);
  return rows.map((row) => ({ ...row, people: Number(row.people) }));
}

/** To be joined to `net`: the departments of the people, as files say today. */
export const withDepartments = sql`
  left join departments on departments.account_id = net.account_id and departments.user_id = net.user_id`;

export async function findNetByDepartment(
  db: Executor,
  accountIds: string[],
  period: AnsweredPeriod,
): Promise<DepartmentCell[]> {
  const { rows } = await sql<Omit<DepartmentCell, 'people'> & { people: string }>`
    with net as (${netOf(accountIds, period)})
    select department, held_before as "from", held_after as "to", count(*) as people
    from net ${withDepartments}
    where held_before is distinct from held_after group by 1, 2, 3 order by 4 desc, 1, 2, 3`.execute(db);
  return rows.map((row) => ({ ...row, people: Number(row.people) }));
}

/** What operators are called, and what is said of batches, by ID; those that are not there any more are left out. */
export async function findNames(
  db: Executor,
  operatorIds: string[],
  batchIds: string[],
): Promise<{ operators: Map<string, string>; batches: Map<string, { reason: string | null; by: string }> }> {
  const operators = await sql<{ id: string; name: string }>`
    select id, name from operators where id = any(${operatorIds})`.execute(db);
  const batches = await sql<{ id: string; reason: string | null; by: string }>`
    select id, reason, operator_name as by from batches where id = any(${batchIds}::uuid[])`.execute(db);
  return {
    operators: new Map(operators.rows.map(({ id, name }) => [id, name])),
    batches: new Map(batches.rows.map(({ id, ...batch }) => [id, batch])),
  };
}
