import { type RawBuilder, sql } from 'kysely';
import { momentText } from '../../audit/ledger-store.ts';
import type { Executor } from '../../db/database.ts';
import { nameOf } from '../../users/user.ts';
import {
  domainOfNet,
  heldAfter,
  heldBefore,
  isAboutLicense,
  isWithin,
  netOf,
  originOf,
  withAddresses,
  withDepartments,
} from '../comparison/net-store.ts';
import { type CellFilter, type MovedPage, type MovedPerson, place, type StepFilter } from '../moved.ts';
import type { AnsweredPeriod } from '../period.ts';
import type { Held, Origin } from '../trend.ts';

/** A page of the steps of a period, oldest first. */
export function findPeopleOfSteps(
  db: Executor,
  accountIds: string[],
  period: AnsweredPeriod,
  filter: StepFilter,
  after: string | null,
  most: number,
): Promise<MovedPage> {
  const conditions = [
    ...conditionsOfSteps(period, filter),
    ...(after === null ? [] : [isAfter(sql`movements.at`, sql`movements.seq`, after)]),
  ];
  const listed = sql`
    select movement.* from unnest(${accountIds}::text[]) as account (id) cross join lateral (
      select account_id, user_id, at, seq, ${heldBefore(sql`movements`)} as held_before,
        ${heldAfter(sql`movements`)} as held_after, ${originOf(sql`movements`)} as origin, by as operator_id, batch_id,
        cause, since
      from movements where account_id = account.id and ${sql.join(conditions, sql` and `)}
      order by at, seq limit ${most + 1}
    ) movement order by at, seq limit ${most + 1}`;
  return pageOf(db, listed, most);
}

/** How many steps `findPeopleOfSteps` finds on all pages. */
export async function countSteps(
  db: Executor,
  accountIds: string[],
  period: AnsweredPeriod,
  filter: StepFilter,
): Promise<number> {
  const { rows } = await sql<{ steps: string }>`
    select count(*) as steps from movements
    where account_id = any(${accountIds}) and ${sql.join(conditionsOfSteps(period, filter), sql` and `)}`.execute(db);
  return Number(rows[0]?.steps);
}

function conditionsOfSteps(period: AnsweredPeriod, { license, direction, by, operatorId, batchId }: StepFilter) {
  const to = license === undefined ? undefined : sql`${heldAfter(sql`movements`)} = ${license}`;
  const from = license === undefined ? undefined : sql`${heldBefore(sql`movements`)} = ${license}`;
  return [
    isWithin(period),
    isAboutLicense,
    ...(to && from ? [direction === 'up' ? to : direction === 'down' ? from : sql`(${to} or ${from})`] : []),
    ...(by === 'inside' ? [sql`movements.by is not null`] : by === 'outside' ? [sql`movements.by is null`] : []),
    ...(operatorId === undefined ? [] : [sql`movements.by = ${operatorId}`]),
    ...(batchId === undefined ? [] : [sql`movements.batch_id = ${batchId}::uuid`]),
  ];
}

/** A page of the people of some cells of a comparison, in the order of their last steps. */
export function findPeopleOfCell(
  db: Executor,
  accountIds: string[],
  period: AnsweredPeriod,
  cell: CellFilter,
  after: string | null,
  most: number,
): Promise<MovedPage> {
  const listed = sql`
    select net.account_id, net.user_id, last_at as at, last_seq as seq, held_before, held_after, origin, operator_id,
      batch_id, net.cause, since
    ${peopleOf(accountIds, period, cell)}
      ${after === null ? sql`` : sql`and ${isAfter(sql`last_at`, sql`last_seq`, after)}`}
    order by last_at, last_seq limit ${most + 1}`;
  return pageOf(db, listed, most);
}

/** How many people `findPeopleOfCell` finds on all pages. */
export async function countPeopleOfCell(
  db: Executor,
  accountIds: string[],
  period: AnsweredPeriod,
  cell: CellFilter,
): Promise<number> {
  const { rows } = await sql<{ people: string }>`
    select count(*) as people ${peopleOf(accountIds, period, cell)}`.execute(db);
  return Number(rows[0]?.people);
}

/** What to select from, with its conditions. */
function peopleOf(accountIds: string[], period: AnsweredPeriod, cell: CellFilter) {
  const { from, to, origin, operatorId, batchId, domain, department, cameBack } = cell;
  const conditions = [
    cameBack ? sql`held_before is not distinct from held_after` : sql`held_before is distinct from held_after`,
    ...(from === undefined ? [] : [sql`held_before is not distinct from ${from}::text`]),
    ...(to === undefined ? [] : [sql`held_after is not distinct from ${to}::text`]),
    ...(origin === undefined ? [] : [sql`origin = ${origin}`]),
    ...(operatorId === undefined ? [] : [sql`operator_id = ${operatorId}`]),
    ...(batchId === undefined ? [] : [sql`batch_id = ${batchId}::uuid`]),
    ...(domain === undefined ? [] : [sql`${domainOfNet} is not distinct from ${domain}::text`]),
    ...(department === undefined ? [] : [sql`departments.department is not distinct from ${department}::text`]),
  ];
  return sql`
    from (${netOf(accountIds, period)}) net ${domain === undefined ? sql`` : withAddresses}
      ${department === undefined ? sql`` : withDepartments}
    where ${sql.join(conditions, sql` and `)}`;
}

function isAfter(at: RawBuilder<unknown>, seq: RawBuilder<unknown>, text: string) {
  const [, moment, number] = place.exec(text) ?? [];
  return sql`(${at}, ${seq}) > (${moment}::timestamptz, ${number}::bigint)`;
}

async function pageOf(db: Executor, listed: RawBuilder<unknown>, most: number): Promise<MovedPage> {
  const { rows } = await sql<MovedRow>`
    with listed as materialized (${listed})
    select listed.account_id, listed.user_id, users.id is not null as is_there, users.name, users.email,
      known.user_name as known_name, known.user_email as known_email, held_before, held_after,
      ${momentText(sql`listed.at`)} as at, listed.seq, ${momentText(sql`listed.since`)} as since, origin, listed.operator_id,
      operators.name as operator_name, listed.batch_id, batches.reason as batch_reason, said.why, listed.cause
    from listed left join users on users.account_id = listed.account_id and users.id = listed.user_id
      left join operators on operators.id = listed.operator_id
      left join batches on batches.id = listed.batch_id
      left join lateral (
        select user_name, user_email from audit_entries
        where users.id is null and audit_entries.account_id = listed.account_id
          and audit_entries.user_id = listed.user_id and user_name is not null
        order by sequence desc limit 1
      ) known on true
      left join lateral (
        select why from audit_entries
        where audit_entries.account_id = listed.account_id and audit_entries.user_id = listed.user_id
          and change_id = listed.cause and why is not null
        order by sequence desc limit 1
      ) said on true
    order by listed.at, listed.seq`.execute(db);
  const shown = rows.slice(0, most);
  const last = shown.at(-1);
  return { people: shown.map(personFrom), next: rows.length > most && last ? `${last.at} ${last.seq}` : null };
}

type MovedRow = {
  account_id: string;
  user_id: string;
  is_there: boolean;
  name: string | null;
  email: string | null;
  known_name: string | null;
  known_email: string | null;
  held_before: Held;
  held_after: Held;
  at: string;
  seq: string;
  since: string | null;
  origin: Origin;
  operator_id: string | null;
  operator_name: string | null;
  batch_id: string | null;
  batch_reason: string | null;
  why: string | null;
  cause: string | null;
};

function personFrom(row: MovedRow): MovedPerson {
  const { name, email } = row.is_there ? row : { name: row.known_name, email: row.known_email };
  return {
    accountId: row.account_id,
    userId: row.user_id,
    name: nameOf({ id: row.user_id, name, email }),
    email,
    isThere: row.is_there,
    before: row.held_before,
    after: row.held_after,
    at: row.at,
    seenAfter: row.since,
    origin: row.origin,
    operator: row.operator_id === null ? null : { id: row.operator_id, name: row.operator_name ?? row.operator_id },
    batch: row.batch_id === null ? null : { id: row.batch_id, reason: row.batch_reason },
    reason: row.why ?? row.batch_reason,
    cause: row.cause,
  };
}
