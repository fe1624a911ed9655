import { sql } from 'kysely';
import type pg from 'pg';
import { measured } from '../measured.ts';
import { answerWithinMs, connectToPrimary, inTime, primaryOf } from './connections.ts';
import type { Executor } from './database.ts';
import { prepared } from './prepared.ts';

/** The channel on which processes tell each other what has changed (PostgreSQL, NOTIFY). */
export const channel = 'carillon';

/** Tells every process that listens, when and if the transaction commits. A text of at most 8,000 bytes. */
export async function notify(db: Executor, text: string): Promise<void> {
  await sql`${prepared} select pg_notify(${channel}, ${text})`.execute(db);
}

export type Hearing = {
  /** Resolves when the first connection hears, or has failed: then `onGap` will tell when a later one does. */
  ready: Promise<void>;
  stop(): Promise<void>;
};

type Listener = { onText: (text: string) => void; onLost: (error: unknown) => void; onGap: () => void };

const maxPauseMs = 10_000;

/** With `answerWithinMs` for the answer, a connection whose other end is gone without a word is noticed within 13 s. */
const beatMs = 8_000;

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
    let broken: unknown = new Error('The connection was closed.');
    try {
      const { client: fresh, address } = await connectToPrimary(url, 'carillon events');
      client = fresh;
      fresh.on('notification', ({ payload }) => onText(payload ?? ''));
      fresh.on('error', (error) => {
        broken = error; // 'end' follows
      });
      fresh.once('end', () => again(fresh, broken));
      await inTime(fresh, answerWithinMs, fresh.query(`listen ${channel}`));
      if (stopped) return await fresh.end();
      beat(fresh, address);
      measured.emit('listening', { isHeard: true });
      if (tries > 0) {
        measured.emit('listenGap');
        onGap();
      }
      tries = 0;
    } catch (error) {
      again(client, error);
    }
  }

  function beat(own: pg.Client, address: string) {
    if (client !== own || stopped) return;
    timer = setTimeout(async () => {
      if (await isHearing(url, own, address)) beat(own, address);
      else own.connection.stream.destroy();
    }, beatMs);
  }

  function again(lost: pg.Client | undefined, error: unknown) {
    if (stopped || client !== lost) return;
    void client?.end();
    client = undefined;
    measured.emit('listening', { isHeard: false });
    clearTimeout(timer);
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
      if (client) await inTime(client, answerWithinMs, client.end()).catch(() => undefined);
    },
  };
}

/** Whether the server still answers, is still the primary, and still has us as a listener; behind a pooler it has not. */
async function isHearing(url: string, client: pg.Client, address: string): Promise<boolean> {
  try {
    const { rows } = await inTime(
      client,
      answerWithinMs,
      client.query(`select from pg_listening_channels() as name where name = '${channel}'`),
    );
    return rows.length === 1 && (await primaryOf(url)) === address;
  } catch {
    return false;
  }
}
