import { type Chime, connectChime } from './chime/chime.ts';
import { type Database, openDatabase } from './db/database.ts';
import { readSettings, type Settings } from './env.ts';

/** What use cases work with. */
export type Deps = { chime: Chime; db: Database };

/** The only wiring: builds what use cases work with from the settings. Throws the one clear line of a bad setting. */
export function connect(settings: Settings = readSettings()): Deps & { settings: Settings } {
  return {
    settings,
    chime: connectChime({ endpoint: settings.CHIME_ENDPOINT, region: settings.CHIME_REGION }),
    db: openDatabase(settings.DATABASE_URL),
  };
}

const shared = globalThis as typeof globalThis & { carillonDeps?: ReturnType<typeof connect> };

/** This process's own deps, built at the first call: Next loads this module once for each bundle, the pool must be one. */
export function deps(): ReturnType<typeof connect> {
  shared.carillonDeps ??= connect();
  return shared.carillonDeps;
}
