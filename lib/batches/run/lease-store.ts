import { sql } from 'kysely';
import type { Executor } from '../../db/database.ts';
import type { License } from '../../licenses/license.ts';

/** Up to 20 people whose intents are written down, in the hands of one worker. */
export type Chunk = { id: string; batchId: string; accountId: string; people: Sent[]; lateUntil: number };

/** Somebody who is being changed; `tries` counts the calls they were part of. */
export type Sent = { changeId: string; userId: string; from: string | null; to: License; tries: number };

/** How long a worker that says nothing keeps its people. */
const leaseSeconds = 6;

export const leaseEnd = sql`clock_timestamp() + ${sql.lit(leaseSeconds)} * interval '1 second'`;

/** Keeps the caller's chunks from being taken over. */
export async function renewLease(db: Executor, chunkId: string): Promise<void> {
  await sql`update batch_chunks set lease_until = ${leaseEnd} where id = ${chunkId}::uuid`.execute(db);
}

/** Ends those of these chunks in which nobody is left. */
export const endingChunks = (chunkIds: string[]) => sql`
  delete from batch_chunks where id = any(${chunkIds}::uuid[])
    and not exists (select from batch_items where chunk_id = batch_chunks.id)`;

export const usersOf = (chunk: Chunk) => chunk.people.map(({ userId }) => userId);
