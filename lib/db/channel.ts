import { sql } from 'kysely';
import pg from 'pg';
import type { Executor } from './database.ts';

/** The channel on which processes tell each other what has changed (PostgreSQL, NOTIFY). */
export const channel = 'carillon';

/** Tells every process that listens, when and if the transaction commits. A text of at most 8,000 bytes. */
export async function notify(db: Executor, text: string): Promise<void> {
  await sql`select pg_notify(${channel}, ${text})`.execute(db);
}

export type Hearing = {
  /** Resolves when the first connection hears, or has failed: then `onGap` will tell when a later one does. */
  ready: Promise<void>;
  stop(): Promise<void>;
};

type Listener = { onText: (text: string) => void; onLost: (error: unknown) => void; onGap: () => void };

const maxPauseMs = 10_000;

/**
 * Hears every notice on a connection of its own. A connection that is lost, or cannot be made, is made again, ever more slowly up to
 * 10 s: `onLost` is called once, `onGap` as soon as it stands again, because what was said meanwhile is gone.
 */
export function hear(url: string, { onText, onLost, onGap }: Listener): Hearing {
  let client: pg.Client | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  let tries = 0;
  const { promise: ready, resolve: settle } = Promise.withResolvers<void>();

  async function connect() {
    const fresh = new pg.Client({ connectionString: url, keepAlive: true, application_name: 'carillon events' });
    client = fresh;
    fresh.on('notification', ({ payload }) => onText(payload ?? ''));
    let broken: unknown = new Error('The connection was closed.');
    fresh.on('error', (error) => {
      broken = error; // 'end' follows
    });
    fresh.once('end', () => again(fresh, broken));
    try {
      await fresh.connect();
      await fresh.query(`listen ${channel}`);
      if (tries > 0) onGap();
      tries = 0;
    } catch (error) {
      broken = error;
      await fresh.end().catch(() => undefined);
      again(fresh, error);
    }
  }

  function again(lost: pg.Client, error: unknown) {
    if (stopped || client !== lost) return;
    client = undefined;
    if (tries === 0) onLost(error);
    tries += 1;
    timer = setTimeout(connect, Math.min(maxPauseMs, 100 * 2 ** tries));
  }

  void connect().then(settle);
  return {
    ready,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await client?.end().catch(() => undefined);
    },
  };
}
