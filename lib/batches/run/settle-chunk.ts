import { maxTogether } from '../../chime/chime.ts';
import { type Database, isRefusedRow } from '../../db/database.ts';
import { maxNamed } from '../../events/event.ts';
import { openGroups } from '../../queues/group-work.ts';
import type { Chunk } from './lease-store.ts';
import { type Ended, type Settling, settleChunks } from './settle-chunks-store.ts';

/** So many chunks are settled together at most: their people can all be named in one notice. */
const mostChunks = maxNamed / maxTogether;

const settlings = new WeakMap<Database, (one: Settling) => Promise<void>>();

/**
 * Settles people of a chunk. Chunks of a batch that come while others of it are being settled go together in the next transaction: alone,
 * each would wait for the batch's row and for the end of the audit.
 */
export async function settleChunk(db: Database, chunk: Chunk, ended: Ended[]): Promise<void> {
  if (ended.length === 0) return;
  const settle =
    settlings.get(db) ??
    openGroups<Settling>({
      most: mostChunks,
      keyOf: (one) => one.chunk.batchId,
      run: (group) => settleChunks(db, group),
      isAboutOne: (error) => error instanceof TypeError || isRefusedRow(error),
    });
  settlings.set(db, settle);
  await settle({ chunk, ended });
}
