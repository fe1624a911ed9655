import type { PostgresPool } from 'kysely';
import pg from 'pg';
import { measured } from '../measured.ts';
import { answerWithinMs, checkPrimary, connectTo, doubtPrimary, inTime, kept, primaryOf } from './connections.ts';
import { letPrepare } from './prepared.ts';

export type PoolOptions = {
  connections: number;
  /** What each connection begins with. */
  begin?: (client: pg.ClientBase) => Promise<unknown>;
  /** Called once when connections broke or nothing is answered, and once when there is one again. */
  onLost?: (error: unknown) => void;
  onFound?: () => void;
};

/**
 * A pool of connections to the primary. A connection that is out for 3 s makes the pool ask, on another one, whether the server
 * still answers; where it does not, all are cut, so that whatever waits fails at once. So they are where the server turns out to
 * take no writes (SQLSTATE 25006), and the primary is looked for again.
 */
export function openPool(url: string, options: PoolOptions): PostgresPool {
  let current: ServerPool | undefined;
  let isLost = false;
  const events: PoolEvents = {
    lost(address, error) {
      doubtPrimary(url, address);
      if (!isLost) options.onLost?.(error);
      isLost = true;
    },
    found() {
      if (isLost) options.onFound?.();
      isLost = false;
    },
  };
  return {
    options: {},
    async connect() {
      const address = await primaryOf(url);
      if (current?.address !== address) {
        current?.cut();
        void current?.end();
        current = openServerPool(url, address, options, events);
      }
      return current.connect();
    },
    async end() {
      await current?.end();
    },
  };
}

type PoolEvents = { lost(address: string, error: unknown): void; found(): void };
type ServerPool = ReturnType<typeof openServerPool>;

/** How long a connection may be out before the server is asked whether it answers. */
const patienceMs = 3_000;

/** SQLSTATE read_only_sql_transaction: a standby, or a primary that has been set aside. */
const readOnly = '25006';

function openServerPool(url: string, address: string, { connections, begin }: PoolOptions, events: PoolEvents) {
  const pool = new pg.Pool({
    connectionString: address,
    max: connections,
    connectionTimeoutMillis: answerWithinMs,
    ...kept,
    async onConnect(client) {
      client.on('error', (error) => events.lost(address, error));
      if (!(client instanceof pg.Client)) return;
      await checkPrimary(url, address, client);
      if (begin) await inTime(client, answerWithinMs, begin(client));
      await inTime(client, answerWithinMs, letPrepare(client));
    },
  });
  measured.emit('poolOpened', pool);
  // A connection that dies while idle is replaced at the next query; without a listener it would end the process.
  pool.on('error', (error) => events.lost(address, error));
  const clients = new Set<pg.PoolClient>();
  pool.on('connect', (client) => {
    clients.add(client);
    events.found();
    client.connection.on('errorMessage', ({ code }: { code?: string }) => {
      if (code === readOnly) cut(new Error('The server takes no writes.'));
    });
  });
  pool.on('remove', (client) => clients.delete(client));

  function cut(error?: unknown) {
    if (error !== undefined) events.lost(address, error);
    for (const client of clients) client.connection.stream.destroy();
  }

  lookWhenSlow(pool, address, () => cut(new Error('The server does not answer.')));
  return {
    address,
    cut,
    async connect() {
      try {
        return await pool.connect();
      } catch (error) {
        doubtPrimary(url, address);
        throw error;
      }
    },
    /** Waits for what is out; a server that does not even let go is not waited for. */
    async end() {
      const deadline = setTimeout(cut, answerWithinMs);
      await pool.end();
      clearTimeout(deadline);
    },
  };
}

/** Asks whether the server answers as long as a connection is out for long; at rest nothing is asked. */
function lookWhenSlow(pool: pg.Pool, address: string, onSilence: () => void): void {
  const outSince = new Map<pg.PoolClient, number>();
  let isLooking = false;

  async function look() {
    const oldest = Math.min(...outSince.values());
    if (performance.now() - oldest >= patienceMs && !(await isAnswering(address))) onSilence();
    isLooking = false;
    if (outSince.size > 0) lookLater();
  }

  function lookLater() {
    if (isLooking) return;
    isLooking = true;
    setTimeout(look, patienceMs).unref();
  }

  pool.on('acquire', (client) => {
    outSince.set(client, performance.now());
    lookLater();
  });
  pool.on('release', (_, client) => outSince.delete(client));
  pool.on('remove', (client) => outSince.delete(client));
}

/** Whether a server answers at all, be it with a refusal. */
async function isAnswering(address: string): Promise<boolean> {
  try {
    const client = await connectTo(address, 'carillon look', answerWithinMs);
    await inTime(client, answerWithinMs, client.query('select 1'));
    await client.end();
    return true;
  } catch (error) {
    return error instanceof pg.DatabaseError;
  }
}
