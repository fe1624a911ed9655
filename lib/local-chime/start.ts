import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { Server } from 'node:http';
import { CallLog } from './calls.ts';
import { createControlServer } from './control.ts';
import { Faults } from './faults.ts';
import { type Chime, type Credentials, createChimeServer } from './server.ts';
import { Store } from './store.ts';
import { Throttle } from './throttle.ts';
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
  /** Fills the store when it is new, or has to be made anew; `reset` on the control port calls it again. */
  organise: (store: Store) => void;
  /** Whether the store that was found has to be filled. May throw to refuse it. */
  needsOrganising: (store: Store) => boolean;
};

export type LocalChime = {
  endpoint: string;
  controlEndpoint: string;
  store: Store;
  stop: () => Promise<void>;
};

/** Opens the store and listens on both ports. */
export async function startLocalChime(options: Options): Promise<LocalChime> {
  const store = new Store(options.file);
  const stopping = new AbortController();
  const servers: Server[] = [];
  const stop = async () => {
    stopping.abort();
    await Promise.all(servers.map(close));
    await store.close();
  };
  try {
    const isNew = options.needsOrganising(store);
    const chime = chimeOf(store, options, stopping.signal);
    const api = createChimeServer(chime);
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
    calls: new CallLog(),
    retired: false,
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

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}
