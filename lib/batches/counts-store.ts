import { sql } from 'kysely';
import type { Executor } from '../db/database.ts';
import type { FailureCode } from '../failures.ts';
import type { BatchView, FailureGroup, Follower, Part } from './batch.ts';
import type { Batch } from './store.ts';

export async function countParts(db: Executor, batch: Batch): Promise<Pick<BatchView, 'parts' | 'traits'>> {
  const { rows } = await sql<{ part: Part; people: string; device: string; invited: string }>`
    select part, count(*) as people, count(*) filter (where is_device) as device,
      count(*) filter (where is_invited) as invited
    from batch_items where batch_id = ${batch.id}::uuid group by part`.execute(db);
  const rowOf = (part: Part) => rows.find((row) => row.part === part);
  const of = (part: Part) => Number(rowOf(part)?.people ?? 0);
  const counts = {
    change: of('change'),
    unclear: of('unclear'),
    missing: of('missing'),
    unreadable: of('unreadable'),
    same: of('same'),
    'no-return': of('no-return'),
    forbidden: of('forbidden'),
    directory: of('directory'),
    'left-out': of('left-out'),
  };
  const listed = Object.values(counts).reduce((sum, people) => sum + people, 0);
  const toChange = rowOf('change');
  return {
    parts: { ...counts, twice: batch.people - listed },
    traits: { device: Number(toChange?.device ?? 0), invited: Number(toChange?.invited ?? 0) },
  };
}

export async function countNoReturn(db: Executor, id: string): Promise<BatchView['noReturn']> {
  const { rows } = await sql<{ license: string | null; people: string }>`
    select from_license as license, count(*) as people from batch_items
    where batch_id = ${id}::uuid and part = 'no-return' group by from_license order by count(*) desc, 1`.execute(db);
  return rows.map((row) => ({ ...row, people: Number(row.people) }));
}

export async function countEndDates(db: Executor, { id, account_id }: Batch): Promise<number> {
  const { rows } = await sql<{ people: string }>`
    select count(*) as people from endings
    where account_id = ${account_id} and state = 'planned' and exists (
      select from batch_items
      where batch_id = ${id}::uuid and part = 'change' and batch_items.user_id = endings.user_id)`.execute(db);
  return Number(rows[0]?.people ?? 0);
}

export async function countSteps(db: Executor, { id, account_id }: Batch): Promise<BatchView['steps']> {
  const { rows } = await sql<{ from: string | null; to: string; people: string; canReturn: boolean }>`
    select from_license as "from", to_license as "to", count(*) as people, ${isGivenIn(account_id)} as "canReturn"
    from batch_items
    where batch_id = ${id}::uuid and part = 'change' group by from_license, to_license order by count(*) desc`.execute(
    db,
  );
  return rows.map((row) => ({ ...row, people: Number(row.people) }));
}

export async function countUndoable(db: Executor, { id, account_id }: Batch): Promise<number> {
  const { rows } = await sql<{ people: string }>`
    select count(*) as people from batch_items
    where batch_id = ${id}::uuid and state = 'changed' and ${isGivenIn(account_id)}`.execute(db);
  return Number(rows[0]?.people ?? 0);
}

/** Whether an account can give people the plan they had before. */
const isGivenIn = (accountId: string) => sql<boolean>`
  coalesce(from_license = any((select supported_licenses from accounts where id = ${accountId})::text[]), false)`;

export async function countUnderWay(db: Executor, id: string): Promise<number> {
  const { rows } = await sql<{ people: string }>`
    select count(*) as people from batch_chunks join batch_items on chunk_id = batch_chunks.id
    where batch_chunks.batch_id = ${id}::uuid`.execute(db);
  return Number(rows[0]?.people ?? 0);
}

export async function findFollowers(db: Executor, accountId: string, id: string): Promise<BatchView['followers']> {
  const { rows } = await sql<Follower>`
    select id, source->>'kind' as kind, source->>'only' as only, state from batches
    where account_id = ${accountId} and source->>'batchId' = ${id} and submitted_at is not null and state <> 'discarded'
    order by created_at`.execute(db);
  return rows;
}

/** Of how many people of these batches other batches have undone the change; batches of which there are none are left out. */
export async function countUndone(db: Executor, ids: string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: string; people: string }>`
    select source->>'batchId' as id, sum(changed) as people from batches
    where source->>'kind' = 'undo' and source->>'batchId' = any(${ids}) and changed > 0
      and account_id in (select account_id from batches where id = any(${ids}::uuid[]))
    group by 1`.execute(db);
  return new Map(rows.map(({ id, people }) => [id, Number(people)]));
}

/** The people who were not changed, by cause, the most frequent first. */
export async function groupFailures(db: Executor, batchId: string): Promise<FailureGroup[]> {
  const { rows } = await sql<{ code: FailureCode; people: string }>`
    select failure->>'code' as code, count(*) as people from batch_items
    where batch_id = ${batchId}::uuid and state = 'failed' group by failure->>'code' order by count(*) desc, 1`.execute(
    db,
  );
  return rows.map((row) => ({ ...row, people: Number(row.people) }));
}
