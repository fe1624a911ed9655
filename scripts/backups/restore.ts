import { chmodSync, copyFileSync, existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { BackupRefused, chimeFile, type Manifest, refuseMisfit } from '../../lib/backups/backup.ts';
import { checkFiles, readManifest } from '../../lib/backups/backup-folder.ts';
import { openDatabase } from '../../lib/db/database.ts';
import { migrations } from '../../lib/db/migrations/list.ts';
import { readLanguage } from '../../lib/env.ts';
import { migrate } from '../../lib/migrate.ts';
import { markRestored } from '../../lib/restores/store.ts';
import { environment } from '../../lib/secrets/environment.ts';
import { speak } from '../../lib/texts/languages.ts';
import { auditKeysHere } from '../checks/audit-keys.ts';
import { readKeys } from '../checks/keys.ts';
import { startEmbedded } from '../processes/embedded.ts';
import { binariesVersion, lookFor, moveData, removeData } from '../processes/embedded-home.ts';
import { unpackCluster } from '../processes/unpack-cluster.ts';
import { checkpointsHere, fromCaller, home, lineOf } from './command.ts';
import { dataOf } from './database-here.ts';
import { type Against, checkpointsFor, drill, judge } from './drill.ts';

const usage = `npm run restore -- --from DIR --drill   tries a backup: starts its copy beside everything else, checks it, removes it
npm run restore -- --from DIR           puts a backup into an empty CARILLON_HOME, in which its keys.env is already

  --from DIR              the folder of the backup
  --checkpoints FILE      the audit's checkpoints; without it those of CARILLON_HOME
  --without-checkpoints   there are none: what the copy lacks is then not known
  --key-env NAME          an environment variable with a key of the audit, also an old one; can be given more than once

The exit code is 0 where the copy is good. After a restore nothing can be changed, in Chime or here, until
npm run admin -- accept-restore --why "…"`;

const print = (line: string) => process.stdout.write(`${line}\n`);

const options = {
  from: { type: 'string' },
  drill: { type: 'boolean' },
  checkpoints: { type: 'string' },
  'without-checkpoints': { type: 'boolean' },
  'key-env': { type: 'string', multiple: true },
  help: { type: 'boolean', short: 'h' },
} as const;

async function run(): Promise<boolean> {
  await speak(readLanguage());
  const { values } = parseArgs({ options });
  if (values.help) {
    print(usage);
    return true;
  }
  if (!values.from) throw new BackupRefused('--from is missing: npm run restore -- --from DIR --drill');
  const folder = fromCaller(values.from);
  takeKeys();
  if (!values.drill) refuseFilledHome();
  const keys = auditKeysHere(values['key-env']);
  const manifest = await readManifest(folder);
  const keyIds = [...auditKeysHere().keys()];
  refuseMisfit(manifest, { postgres: binariesVersion(), schemas: Object.keys(migrations), keyIds });
  const file = values.checkpoints === undefined ? checkpointsHere() : fromCaller(values.checkpoints);
  const checkpoints = checkpointsFor(file, values['without-checkpoints'] === true);
  await checkFiles(folder, manifest);
  const against = { keys, checkpoints, home };
  if (!values.drill) return restore(folder, manifest, against);
  const { isGood, lines } = await drill(folder, manifest, against);
  for (const line of lines) print(line);
  return isGood;
}

/** The keys that `npm start` has made here, where this process has no others: they seal what a restore writes into the audit. */
function takeKeys(): void {
  const { AUDIT_KEY, AUDIT_KEY_PREVIOUS } = readKeys(join(home, 'keys.env'));
  const own = environment();
  for (const [name, value] of Object.entries({ AUDIT_KEY, AUDIT_KEY_PREVIOUS })) own[name] ||= value ?? '';
}

/** A restore never writes over anything. */
function refuseFilledHome(): void {
  if (environment().DATABASE_URL) {
    throw new BackupRefused(
      'DATABASE_URL names a server of your own: restore it with your own tool, see "Backup and restore" in docs/operating.md',
    );
  }
  const { hasData, url } = lookFor(dataOf(home));
  if (url !== undefined)
    throw new BackupRefused(`A database runs in ${home}: a backup goes into an empty CARILLON_HOME only`);
  if (hasData || existsSync(join(home, chimeFile))) {
    throw new BackupRefused(`There are data in ${home}: a backup goes into an empty CARILLON_HOME only`);
  }
}

/** All that takes long happens beside its place; in the end it is moved there. */
async function restore(folder: string, manifest: Manifest, against: Against): Promise<boolean> {
  mkdirSync(home, { recursive: true });
  chmodSync(home, process.getuid?.() === 0 ? 0o711 : 0o700);
  const [place, people] = [`${dataOf(home)}.restoring`, join(home, `${chimeFile}.restoring`)];
  removeData(place);
  try {
    await unpackCluster(place, join(folder, 'base.tar'));
    if (!(await checkAndMark(place, manifest, against))) return false;
    const hasPeople = manifest.files.some(({ name }) => name === chimeFile);
    if (hasPeople) copyFileSync(join(folder, chimeFile), people);
    moveData(place, dataOf(home));
    if (hasPeople) renameSync(people, join(home, chimeFile));
  } finally {
    removeData(place);
  }
  tell(setCheckpointsAside(against));
  return true;
}

/** The mark comes before the data have their place: nothing can ever be started on them that does not know. */
async function checkAndMark(place: string, manifest: Manifest, against: Against): Promise<boolean> {
  const server = await startEmbedded({ dataDir: place });
  const db = openDatabase(server.url, 2);
  try {
    const { isGood, lines } = await judge(db, manifest, against);
    for (const line of lines) print(line);
    if (!isGood) return false;
    await migrate(server.url);
    await markRestored(db, 'restore');
    return true;
  } finally {
    await db.destroy();
    await server.stop();
  }
}

/** The log goes on from another end than the file says: it stays as the proof of what the copy lacks, under another name. */
function setCheckpointsAside({ checkpoints }: Against): string | undefined {
  if (checkpoints === undefined || checkpoints !== checkpointsHere()) return undefined;
  const aside = `${checkpoints}.until-${new Date().toISOString().slice(0, 19).replaceAll(':', '')}`;
  renameSync(checkpoints, aside);
  return aside;
}

function tell(aside: string | undefined): void {
  print('');
  print(`Restored into ${home}. Next:`);
  if (aside) print(`  The checkpoints up to now are in ${aside}: keep them`);
  print('  npm start                                      people can sign in and look; nothing can be changed');
  print('  npm run admin -- accept-restore --why "…"      when you have seen that it is right');
}

try {
  if (!(await run())) process.exitCode = 1;
} catch (error) {
  process.stderr.write(`${lineOf(error)}\n`);
  process.exitCode = 1;
}
