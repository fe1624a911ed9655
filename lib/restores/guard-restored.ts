import { AuditBroken, CheckpointsBroken } from '../audit/keep-checkpoints.ts';
import type { Database } from '../db/database.ts';
import { lastAccepted, markRestored, openRestore } from './store.ts';

/** Runs work, or leaves it: so that nothing is sent and nothing changed for a database that is a copy of the past. */
export type Watch = {
  /**
   * Notes how far the audit has come. Where it is not the one of the last checkpoint, the database is marked as restored; that is
   * thrown, as is what is wrong with the file.
   */
  compare(): Promise<void>;
  /** Runs it where the audit has been compared once, and no restore waits to be accepted. */
  unlessRestored(run: () => Promise<unknown>): Promise<void>;
};

/** The watch of a worker; `keepCheckpoint` is what `openCheckpoints` gives. */
export function guardRestored(db: Database, keepCheckpoint: (db: Database) => Promise<void>): Watch {
  let isCompared = false;
  return {
    async compare() {
      try {
        await keepCheckpoint(db);
        isCompared = true;
      } catch (error) {
        if (error instanceof AuditBroken && (await isNews(db, error))) await markRestored(db, 'checkpoints');
        // Only a database that does not answer leaves it open: a file that says nothing has always been an alarm alone.
        if (error instanceof AuditBroken || error instanceof CheckpointsBroken) isCompared = true;
        throw error;
      }
    },
    async unlessRestored(run) {
      if (isCompared && !(await openRestore(db))) await run();
    },
  };
}

/** A checkpoint from before a restore was accepted, in the file of a worker that stood still meanwhile, tells nothing new. */
async function isNews(db: Database, { seenAt }: AuditBroken): Promise<boolean> {
  const accepted = await lastAccepted(db);
  return accepted === undefined || Date.parse(seenAt) > accepted.getTime();
}
