import { sql } from 'kysely';
import type { Database, Executor } from '../db/database.ts';

/** Any number: with it, what one operator takes from their limit is counted one after the other, in all processes. */
const lock = 4_620_114;

/** How much of a limit was given; `freeAt`: when the next one is free, where not all was. */
export type Allowance = { granted: number; freeAt: Date | null };

/**
 * Takes what an operator wants to change by hand from what they may change within an hour, or as much as is left. What was taken
 * counts for an hour, whatever becomes of it; all processes count together.
 */
export async function takeAllowance(
  db: Database,
  operatorId: string,
  wanted: number,
  perHour: number,
): Promise<Allowance> {
  return db.transaction().execute(async (trx) => {
    // Not waited for on disk: the intent of the change is, which is written after it, and before anything is sent.
    await sql`
      select set_config('synchronous_commit', 'off', true), pg_advisory_xact_lock(${lock}, hashtext(${operatorId}))`.execute(
      trx,
    );
    const { rows } = await sql<{ granted: number }>`
      with used as (
        select coalesce(sum(people), 0)::integer as people from hand_changes
        where operator_id = ${operatorId} and ${isRecent}
      ), taken as (
        insert into hand_changes (operator_id, people)
        select ${operatorId}, least(${wanted}::integer, ${perHour}::integer - people) from used
        where people < ${perHour}::integer
        returning people
      )
      select coalesce((select people from taken), 0) as granted`.execute(trx);
    const granted = rows[0]?.granted ?? 0;
    return { granted, freeAt: granted < wanted ? await nextFree(trx, operatorId, perHour) : null };
  });
}

const isRecent = sql`at > clock_timestamp() - interval '1 hour'`;

/** When so many are an hour old that another one fits below the limit. */
async function nextFree(trx: Executor, operatorId: string, perHour: number): Promise<Date | null> {
  const { rows } = await sql<{ free_at: Date }>`
    select at + interval '1 hour' as free_at from (
      select at, sum(people) over (order by at) as gone, sum(people) over () as used from hand_changes
      where operator_id = ${operatorId} and ${isRecent}
    ) taken where used - gone < ${perHour} order by at limit 1`.execute(trx);
  return rows[0]?.free_at ?? null;
}

/** Of these changes, those that the operator made by hand within the last hour, and that took nothing back themselves. */
export async function findOwnRecent(
  db: Executor,
  accountId: string,
  operatorId: string,
  ids: string[],
): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const { rows } = await sql<{ id: string }>`
    select id from changes
    where id = any(${ids}::uuid[]) and account_id = ${accountId} and operator_id = ${operatorId} and state = 'applied'
      and undoes is null and batch_id is null and requested_at > clock_timestamp() - interval '1 hour'`.execute(db);
  return new Set(rows.map(({ id }) => id));
}

/** What was taken more than an hour ago counts no more. */
export async function forgetOldHandChanges(db: Executor): Promise<void> {
  await sql`delete from hand_changes where not (${isRecent})`.execute(db);
}
