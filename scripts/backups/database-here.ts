import { join } from 'node:path';
import { BackupRefused } from '../../lib/backups/backup.ts';
import { environment } from '../../lib/secrets/environment.ts';
import { leftSettings } from '../left-settings.ts';
import { startEmbedded } from '../processes/embedded.ts';
import { lookFor } from '../processes/embedded-home.ts';

/** The database of an installation, as a login that owns it. `isOurs`: the server that comes along. */
export type DatabaseHere = { url: string; isOurs: boolean; stop(): Promise<void> };

/** Where the data of the server that comes along are. */
export const dataOf = (home: string) => join(home, 'postgres');

const nothingToStop = async () => {};

/** The database that runs for this installation just now; undefined where none does. */
export function runningDatabase(home: string): { url: string; isOurs: boolean } | undefined {
  const own = environment().DATABASE_URL;
  if (own) return { url: own, isOurs: false };
  const { hasData, url } = lookFor(dataOf(home));
  if (hasData) return url === undefined ? undefined : { url, isOurs: true };
  const left = leftSettings(home).DATABASE_URL;
  return left === undefined ? undefined : { url: left, isOurs: false };
}

/**
 * The same, with the server that comes along started for as long as it is needed where it stands still. Throws `BackupRefused` where there
 * is no database.
 */
export async function openDatabaseHere(home: string): Promise<DatabaseHere> {
  const running = runningDatabase(home);
  if (running) return { ...running, stop: nothingToStop };
  if (!lookFor(dataOf(home)).hasData) {
    throw new BackupRefused(`There is no database: none in ${home}, and DATABASE_URL is not set`);
  }
  const server = await startEmbedded({ dataDir: dataOf(home) });
  return { url: server.url, isOurs: true, stop: () => server.stop() };
}
