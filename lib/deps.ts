import { type AuthConfig, openAuthConfig } from './auth/auth-config.ts';
import { connectChime } from './chime/chime.ts';
import type { Deps } from './chime/deps.ts';
import { type Database, openAppDatabase } from './db/database.ts';
import { openReads, type Reads } from './db/reads.ts';
import { readSettings, type Settings } from './env.ts';
import { type Feed, openFeed } from './live/feed.ts';
import { log } from './log/log.ts';
import { type Buckets, openBuckets } from './operators/request-limits.ts';
import { refuseWhileRestored } from './restores/store.ts';

/** What befalls the connections, once each time; a query that meets it fails and is logged as what it was for. */
const poolEvents = {
  onLost: (err: unknown) => log.warn({ err }, 'Connections to the database are lost'),
  onFound: () => log.info('The database is connected again'),
};

/** The only wiring: builds what use cases work with from the settings. Throws the one clear line of a bad setting. */
export function connect(
  settings: Settings = readSettings(),
  db: Database = openAppDatabase(settings.DATABASE_URL, undefined, poolEvents),
): Deps & { settings: Settings } {
  const { CHIME_ENDPOINT: endpoint, CHIME_REGION: region, CHIME_ACCOUNTS: onlyAccounts } = settings;
  const beforeChange = () => refuseWhileRestored(db);
  return { settings, chime: connectChime({ endpoint, region, onlyAccounts, beforeChange }), db };
}

const shared = globalThis as typeof globalThis & {
  carillonDatabase?: Database;
  carillonReads?: Reads;
  carillonFeed?: Feed;
  carillonBuckets?: Buckets;
};
let own: ReturnType<typeof connect> | undefined;

/**
 * This process's own deps, built at the first call. Next loads this module once for each bundle: the pool of connections
 * must be one for all, but Chime each bundle's own, or `instanceof` would not know the refusals of another bundle.
 */
export function deps(): ReturnType<typeof connect> {
  own ??= connect(undefined, shared.carillonDatabase);
  shared.carillonDatabase ??= own.db;
  return own;
}

/** What befalls the replica; what is read from it is read from the primary meanwhile. */
const replicaEvents = {
  onUnfit: (err: unknown) => log.warn({ err }, 'Everything is read from the primary: the replica is of no use'),
  onFit: () => log.info('The replica is read from again'),
};

function reads(): Reads {
  const { db, settings } = deps();
  const { DATABASE_READ_URL: url } = settings;
  shared.carillonReads ??= openReads(db, url === undefined ? undefined : openAppDatabase(url), replicaEvents);
  return shared.carillonReads;
}

/**
 * Runs what only reads, on the replica where there is one and it has everything that was committed before; else on the primary. What
 * decides a change never reads so.
 */
export const reading = <T>(run: (deps: Deps) => Promise<T>): Promise<T> =>
  reads().read((db) => run({ chime: deps().chime, db }));

/** The same for what reads piece by piece, such as a file. */
export async function readingDeps(): Promise<Deps> {
  return { chime: deps().chime, db: await reads().choose() };
}

/** This process's own ear for what others do, opened at the first call. */
export function feed(): Feed {
  const { db, settings } = deps();
  shared.carillonFeed ??= openFeed(settings.DATABASE_LISTEN_URL ?? settings.DATABASE_URL, db);
  return shared.carillonFeed;
}

/** What operators may still send to this process, however many bundles it has. */
export function requestBuckets(): Buckets {
  shared.carillonBuckets ??= openBuckets(deps().settings.REQUEST_LIMITS.operator);
  return shared.carillonBuckets;
}

let door: AuthConfig | undefined;

/** How people come into this process, opened at the first call. */
export function authConfig(): AuthConfig {
  door ??= openAuthConfig(deps().settings);
  return door;
}
