import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { BackupRefused, type Manifest, unfinishedName } from '../../lib/backups/backup.ts';
import { takeBackup } from '../../lib/backups/take-backup.ts';
import { openDatabase } from '../../lib/db/database.ts';
import { environment } from '../../lib/secrets/environment.ts';
import { leftSettings } from '../left-settings.ts';
import { checkpointsHere, fromCaller, home, lineOf, release } from './command.ts';
import { copyChimeOf } from './copy-chime.ts';
import { openDatabaseHere } from './database-here.ts';

const usage = `npm run backup -- --to DIR   takes a backup of this installation into an empty folder

  --to DIR   where it goes; made where it is not there. A folder holds one backup

It can be taken while Carillon runs and while it stands still. With a DATABASE_URL of your own, your own tool copies the
database, and this writes down how it was. Keys are never part of a backup.`;

const print = (line: string) => process.stdout.write(`${line}\n`);

function readFolder(): string | undefined {
  const { values } = parseArgs({ options: { to: { type: 'string' }, help: { type: 'boolean', short: 'h' } } });
  if (values.help) return undefined;
  if (!values.to) throw new BackupRefused('--to is missing: npm run backup -- --to DIR');
  return fromCaller(values.to);
}

async function backUp(folder: string): Promise<void> {
  const database = await openDatabaseHere(home);
  const db = openDatabase(database.url, 2);
  try {
    const manifest = await takeBackup(
      {
        db,
        url: database.isOurs ? database.url : undefined,
        copyChime: copyChimeOf(home),
        carillon: release(),
      },
      folder,
    );
    tell(folder, manifest, database.isOurs);
  } finally {
    await db.destroy();
    await database.stop();
  }
}

function tell(folder: string, { audit, schema, people, files }: Manifest, isOurs: boolean): void {
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  if (isOurs) print(`The backup is in ${folder}: ${Math.ceil(bytes / 1_000_000)} MB`);
  else {
    print(
      `What the database was like is in ${folder}. The database is yours: copy it now with a tool of your own, whole and`,
    );
    print(
      'with its roles (pg_basebackup, or a snapshot of your provider with the log since). A copy that began before counts too',
    );
  }
  print(`It holds the audit up to entry ${audit.sequence} or later, ${people} people, schema ${schema}`);
  print('');
  print('Keep these elsewhere as well, not beside the backup; without them it is of no use:');
  for (const line of keptElsewhere()) print(`  ${line}`);
}

/** Keys and files that a restore needs and a backup never has. */
function keptElsewhere(): string[] {
  const inSettings = ['NEXTAUTH_SECRET', 'AUDIT_KEY', 'AUDIT_KEY_PREVIOUS', 'OIDC_CLIENT_SECRET'].filter(
    (name) => environment()[name],
  );
  const keys = join(home, 'keys.env');
  const access = process.env.ACCESS_FILE || leftSettings(home).ACCESS_FILE;
  return [
    ...(existsSync(keys) ? [`${keys}   the keys that this installation has made`] : []),
    ...inSettings.map((name) => `${name}   from your settings`),
    ...(access ? [`${access}   who may do what`] : []),
    `${checkpointsHere()}   how far the audit has come: shows what a restored copy lacks`,
  ];
}

try {
  const folder = readFolder();
  if (folder === undefined) print(usage);
  else {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        rmSync(join(folder, unfinishedName), { recursive: true, force: true });
        process.exit(130);
      });
    }
    await backUp(folder);
  }
} catch (error) {
  process.stderr.write(`${lineOf(error)}\n`);
  process.exitCode = 1;
}
