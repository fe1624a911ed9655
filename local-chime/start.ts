import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { Server } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { CallLog } from './call-log.ts';
import { createControlServer } from './faults/control.ts';
import { Faults } from './faults/faults.ts';
import type { InFlight } from './faults/in-flight.ts';
import { Throttle } from './faults/throttle.ts';
import { type Chime, type Credentials, createChimeServer } from './http/server.ts';
import { Life } from './people/life.ts';
import { Store } from './store.ts';
import { PageTokens } from './tokens.ts';

export type Options = {
  file: string;
  host?: string;
  port: number;
  controlPort: number;
  credentials: Credentials;
  controlToken: string;
  fullAnswers?: boolean;
  now?: () => number;
  /** How long a request may take to arrive, head and body: 30 s unless told. */
  requestTimeoutMs?: number;
  /** Fills the store when it is new, or has to be made anew; `reset` on the control port calls it again. */
  organise: (store: Store) => void;
  /** Whether the store that was found has to be filled. May throw to refuse it. */
  needsOrganising: (store: Store) => boolean;
};

export type LocalChime = {
  endpoint: string;
  controlEndpoint: string;
  store: Store;
  /** Takes no new connection, answers what is in flight, for `deadlineMs` at most (0), drops the rest, and ends. */
  stop: (deadlineMs?: number) => Promise<void>;
};

/** Opens the store and listens on both ports. */
export async function startLocalChime(options: Options): Promise<LocalChime> {
  const store = new Store(options.file);
  const stopping = new AbortController();
  const servers: Server[] = [];
  let inFlight: InFlight | undefined;
  const stop = async (deadlineMs = 0) => {
    const closed = servers.map((server) => once(server, 'close'));
    for (const server of servers) server.close();
    await Promise.race([inFlight?.end(), wait(deadlineMs, undefined, { ref: false })]);
    stopping.abort();
    for (const server of servers) server.closeAllConnections();
    await Promise.all(closed);
    await store.close();
  };
  try {
    const isNew = options.needsOrganising(store);
    const chime = chimeOf(store, options, stopping.signal);
    const { server: api, inFlight: calls } = createChimeServer(chime, options.requestTimeoutMs ?? 30_000);
    inFlight = calls;
    stopping.signal.addEventListener('abort', () => chime.life.stop());
    const control = createControlServer({
      chime,
      token: options.controlToken,
      endpoint: () => addressOf(api),
      organise: () => options.organise(store),
    });
    await listen(api, options.host ?? '127.0.0.1', options.port, 'API');
    servers.push(api);
    await listen(control, '127.0.0.1', options.controlPort, 'control');
    servers.push(control);
    // Only now, so that a taken port is told at once; it is done in one go, before the first request is read.
    if (isNew) options.organise(store);
    return { endpoint: addressOf(api), controlEndpoint: addressOf(control), store, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function chimeOf(
  store: Store,
  { credentials, fullAnswers = false, now = Date.now }: Options,
  stopping: AbortSignal,
): Chime {
  return {
    store,
    tokens: new PageTokens(tokenKey(store)),
    credentials,
    fullAnswers,
    now,
    faults: new Faults(),
    throttle: new Throttle(),
    life: new Life(store),
    calls: new CallLog(),
    retired: false,
    resets: 0,
    stopping,
  };
}

/** The key that seals page tokens: in the store, so that tokens outlive a restart. */
function tokenKey(store: Store): Buffer {
  const known = store.setting('token-key');
  if (known) return Buffer.from(known, 'hex');
  const key = randomBytes(32);
  store.writeNow(() => store.set('token-key', key.toString('hex')));
  return key;
}

async function listen(server: Server, host: string, port: number, name: string): Promise<void> {
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
      throw new Error(`The ${name} port ${port} is already in use on ${host}`, { cause: error });
    }
    throw error;
  }
}

function addressOf(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('Not listening');
  const host = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return `http://${host}:${address.port}`;
}
