import { setTimeout as sleep } from 'node:timers/promises';
import type { Scope } from '../accounts/scope.ts';
import type { Database } from '../db/database.ts';
import { openOneConnection } from '../db/one-connection.ts';
import { type Figures, readFigures } from './figures-store.ts';

/** For so long figures are handed out again before they are asked for anew. */
const keptMs = 5_000;

/** Longer than this nobody waits for the database. */
const patienceMs = 2_000;

/** What the database said: its figures and when they came, or why there are none. `hung`: it is there and does not answer in time. */
export type Watched =
  | { state: 'up'; figures: Figures; offsetSeconds: number }
  | { state: 'away' | 'hung'; error: unknown };

export type Watch = {
  /** Never throws, and takes a few seconds at the most; those who ask at the same time get the same answer. */
  look(): Promise<Watched>;
  /** The same, and never from before the question. */
  lookNow(): Promise<Watched>;
  close(): Promise<void>;
};

/** Looks at the database on a connection of its own, so that a pool that is full, or a server that hangs, does not keep the answer back. */
export function openWatch(url: string, asked: { accounts: Scope; endpoint: string }): Watch {
  let db: Database | undefined;
  let looking: Promise<Watched> | undefined;
  let kept: { watched: Watched; at: number } | undefined;

  async function ask(): Promise<Watched> {
    const isUsed = db !== undefined;
    db ??= openOneConnection(url, 'carillon health');
    const begun = Date.now();
    try {
      const figures = await inTime(readFigures(db, { ...asked, ms: patienceMs }));
      const between = (begun + Date.now()) / 2_000;
      return { state: 'up', figures, offsetSeconds: figures.now - between };
    } catch (error) {
      // A connection that hung once would hang the next question too; cut, the question that hangs on it fails.
      void db.destroy().catch(() => undefined);
      db = undefined;
      // One that was idle may have been cut long ago, which says nothing about now.
      if (isUsed && !isTimeout(error)) return ask();
      return { state: isTimeout(error) ? 'hung' : 'away', error };
    }
  }

  function lookNow(): Promise<Watched> {
    looking ??= ask()
      .then((watched) => {
        kept = { watched, at: performance.now() };
        return watched;
      })
      .finally(() => {
        looking = undefined;
      });
    return looking;
  }

  return {
    lookNow,
    async look() {
      if (kept && performance.now() - kept.at < keptMs) return kept.watched;
      return lookNow();
    },
    async close() {
      await looking;
      await db?.destroy();
    },
  };
}

class Silence extends Error {
  override name = 'Silence';
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  const over = new AbortController();
  const silence = sleep(patienceMs, undefined, { signal: over.signal }).then(() => {
    throw new Silence('The database does not answer.');
  });
  try {
    return await Promise.race([work, silence]);
  } finally {
    over.abort();
  }
}

/** PostgreSQL says 57014 (query_canceled) of a statement that took too long. */
const isTimeout = (error: unknown): boolean =>
  error instanceof Silence || (error instanceof Error && 'code' in error && error.code === '57014');
