import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import type { BatchMark, UserRow } from './user.ts';

/** An account's batches that have somebody to change, or are just changing somebody although they were stopped. */
export async function batchesAtWork(db: Database, accountId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from batches where account_id = ${accountId} and state in ('starting', 'running', 'paused')
    union
    select batch_id from batch_chunks join batches on batches.id = batch_id where account_id = ${accountId}`.execute(
    db,
  );
  return rows.map(({ id }) => id);
}

/** The same people, each with the batch that is to change them, or is just at it; of several the one that is. */
export async function withMarks(db: Database, batches: string[], users: UserRow[]): Promise<UserRow[]> {
  if (batches.length === 0 || users.length === 0) return users;
  const { rows } = await sql<BatchMark & { user_id: string }>`
    select distinct on (user_id) user_id, batch_id as id,
      case when items.state = 'sent' then 'saving' else 'queued' end as state
    from batch_items items join batches on batches.id = batch_id
    where batch_id = any(${batches}::uuid[]) and user_id = any(${users.map(({ id }) => id)})
      and (items.state = 'sent' or (items.state = 'waiting' and batches.state in ('starting', 'running', 'paused')))
    order by user_id, items.state = 'sent' desc, submitted_at`.execute(db);
  const marks = new Map(rows.map(({ user_id, id, state }) => [user_id, { id, state }]));
  return users.map((user) => ({ ...user, batch: marks.get(user.id) ?? null }));
}
