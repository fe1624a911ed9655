import pg from 'pg';
import { addressesOf } from './addresses.ts';

/** A server that says nothing for so long is taken to be away. */
export const answerWithinMs = 5_000;

/** A search for the primary waits so long for the hosts that have not answered. */
const searchWithinMs = 2_000;

/** A search that found no primary holds for so long: hosts that are being promoted have other work. */
const pauseMs = 250;

/** An idle connection is asked by the system whether its other end is there after this time, and then every second. */
export const kept = { keepAlive: true, keepAliveInitialDelayMillis: 10_000 };

/** None of the hosts that are named takes writes just now. */
class NoPrimary extends Error {
  override name = 'NoPrimary';
}

type Servers = {
  addresses: string[];
  /** The highest timeline a primary was seen on, as 8 hexadecimal digits: a promotion begins a higher one. */
  timeline: string;
  primary?: string;
  search?: Promise<string>;
};

const known = new Map<string, Servers>();

function serversOf(url: string): Servers {
  const servers = known.get(url) ?? { addresses: addressesOf(url), timeline: '' };
  known.set(url, servers);
  return servers;
}

/**
 * The address of the host to connect to: the only one, or the one that takes writes. A primary whose timeline is lower than one seen
 * before is an old one that came back, and is left alone. Throws `NoPrimary` where no host takes writes.
 */
export async function primaryOf(url: string): Promise<string> {
  const servers = serversOf(url);
  const [first = url, ...others] = servers.addresses;
  if (others.length === 0) return first;
  if (servers.primary !== undefined) return servers.primary;
  servers.search ??= search(servers).then(
    (found) => {
      servers.search = undefined;
      return found;
    },
    (error: unknown) => {
      setTimeout(() => {
        servers.search = undefined;
      }, pauseMs).unref();
      throw error;
    },
  );
  return servers.search;
}

/** Notes that this host did not behave like the primary: it is looked for again at the next connection. */
export function doubtPrimary(url: string, address: string): void {
  const servers = serversOf(url);
  if (servers.primary === address) servers.primary = undefined;
}

async function search(servers: Servers): Promise<string> {
  const found = await Promise.all(
    servers.addresses.map(async (address) => ({ address, timeline: await timelineAt(address).catch(() => null) })),
  );
  let best: { address: string; timeline: string } | undefined;
  for (const { address, timeline } of found) {
    if (timeline !== null && timeline >= (best?.timeline ?? servers.timeline)) {
      if (timeline !== best?.timeline) best = { address, timeline };
    }
  }
  if (!best) throw new NoPrimary('None of the hosts in DATABASE_URL takes writes.');
  servers.timeline = best.timeline;
  servers.primary = best.address;
  return best.address;
}

/** The timeline of a primary, from the name of the file it writes to; null where the server is a standby. */
const timelineSql = `select case when not pg_is_in_recovery() then left(pg_walfile_name(pg_current_wal_lsn()), 8) end as timeline`;

async function timelineAt(address: string): Promise<string | null> {
  const client = await connectTo(address, 'carillon search', searchWithinMs);
  try {
    return await timelineOn(client, searchWithinMs);
  } finally {
    await client.end();
  }
}

async function timelineOn(client: pg.Client, withinMs: number): Promise<string | null> {
  const { rows } = await inTime(client, withinMs, client.query<{ timeline: string | null }>(timelineSql));
  return rows[0]?.timeline ?? null;
}

/** Throws where the server is not the primary that was looked for, or not any more. With one host there is nothing to compare. */
export async function checkPrimary(url: string, address: string, client: pg.Client): Promise<void> {
  const servers = serversOf(url);
  if (servers.addresses.length === 1) return;
  const timeline = await timelineOn(client, answerWithinMs);
  if (timeline !== null && timeline >= servers.timeline) {
    servers.timeline = timeline;
    return;
  }
  doubtPrimary(url, address);
  throw new NoPrimary('The host that took writes does so no more.');
}

/** A connection to exactly this host. Throws where it does not stand within `withinMs`. */
export async function connectTo(address: string, name: string, withinMs: number): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: address,
    connectionTimeoutMillis: withinMs,
    application_name: name,
    ...kept,
  });
  client.on('error', () => {}); // the query that meets it tells of it
  await client.connect();
  return client;
}

/** Waits for work on a connection, and cuts the connection where it takes longer: the work then fails. */
export async function inTime<T>(client: pg.Client, withinMs: number, work: Promise<T>): Promise<T> {
  const timer = setTimeout(() => client.connection.stream.destroy(), withinMs);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
  }
}

/** A connection of one's own to the primary, and its address. Throws where there is none within `withinMs`. */
export async function connectToPrimary(
  url: string,
  name: string,
  withinMs = answerWithinMs,
): Promise<{ client: pg.Client; address: string }> {
  const address = await primaryOf(url);
  try {
    const client = await connectTo(address, name, withinMs);
    await checkPrimary(url, address, client).catch(async (error: unknown) => {
      await client.end();
      throw error;
    });
    return { client, address };
  } catch (error) {
    doubtPrimary(url, address);
    throw error;
  }
}
