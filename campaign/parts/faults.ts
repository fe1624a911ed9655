import { mkdirSync, renameSync, rmdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import pg from 'pg';
import type { startWay } from '../../testing/way.ts';
import type { oneServer } from './databases.ts';
import type { startInstallation } from './installation.ts';
import { account, type Page } from './page.ts';
import type { Place } from './programs.ts';
import type { Version } from './versions.ts';

export type Grounds = {
  carillon: Awaited<ReturnType<typeof startInstallation>>;
  worker: Place;
  database: Awaited<ReturnType<typeof oneServer>>;
  /** The way of LISTEN to the database. */
  way: Awaited<ReturnType<typeof startWay>>;
  /** The folder of the file of checkpoints, and whether it is a small disk of its own. */
  disk: { folder: string; isOwn: boolean };
  version: Version;
  page: Page;
};

export type Fault = {
  /** The one alert that it fires. */
  alert: string;
  name: string;
  /** Why it cannot be planted here. */
  skipped?: (grounds: Grounds) => string | undefined;
  /** Brings it about; the answer ends it. */
  plant(grounds: Grounds): Promise<() => unknown>;
};

const diskFull: Fault = {
  alert: 'CarillonDiskNearlyFull',
  name: 'the disk of the checkpoints is nearly full',
  skipped: ({ disk }) => (disk.isOwn ? undefined : 'a small disk cannot be mounted here'),
  async plant({ disk }) {
    const { bavail, bsize } = statfsSync(disk.folder);
    const file = join(disk.folder, 'filler');
    writeFileSync(file, Buffer.alloc(Math.floor(bavail * 0.95) * bsize));
    return () => rmSync(file);
  },
};

const fastClock = 'const right = Date.now; Date.now = () => right() + 5000;';

const clockOff: Fault = {
  alert: 'CarillonClockOff',
  name: 'the clock of the worker is five seconds fast',
  async plant({ worker, version }) {
    await worker.replaceBy(version, {
      NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(fastClock)}`,
    });
    return () => worker.replaceBy(version);
  },
};

const poolFull: Fault = {
  alert: 'CarillonPoolFull',
  name: 'something holds a table, and requests wait for a connection of the pool',
  async plant({ database, page }) {
    const holder = new pg.Client({ connectionString: database.owner });
    await holder.connect();
    await holder.query('begin; lock table sessions in access exclusive mode');
    const asking = setInterval(() => void page.readAll(`/api/accounts/${account}/users`), 100);
    return async () => {
      clearInterval(asking);
      await holder.end();
    };
  },
};

const chimeDown: Fault = {
  alert: 'CarillonChimeDown',
  name: 'Chime is away',
  async plant({ carillon }) {
    await carillon.chime.stop();
    return carillon.chime.start;
  },
};

const syncStuck: Fault = {
  alert: 'CarillonSyncStuck',
  name: 'Chime lists nobody, and the last listing is 31 minutes old',
  async plant({ carillon: { chime, db } }) {
    await chime.control.failNext('ListUsers', 'ServiceUnavailableException', { status: 503, count: 0 });
    await sql`update accounts set complete_as_of = now() - interval '31 minutes'`.execute(db);
    return () => chime.control.clear();
  },
};

const workerDead: Fault = {
  alert: 'CarillonWorkerDead',
  name: 'the worker is killed',
  async plant({ worker, version }) {
    process.kill(-worker.pid(), 'SIGKILL');
    return () => worker.replaceBy(version);
  },
};

const checkpointsNotKept: Fault = {
  alert: 'CarillonCheckpointsNotKept',
  name: 'the file of checkpoints cannot be written',
  async plant({ disk }) {
    const file = join(disk.folder, 'audit-checkpoints.jsonl');
    renameSync(file, `${file}.kept`);
    mkdirSync(file);
    return () => {
      rmdirSync(file);
      renameSync(`${file}.kept`, file);
    };
  },
};

const databaseGone: Fault = {
  alert: 'CarillonDatabaseGone',
  name: 'the database server is stopped',
  async plant({ database }) {
    await database.halt();
    return database.start;
  },
};

const databaseHung: Fault = {
  alert: 'CarillonDatabaseHung',
  name: 'every process of the database server stands still',
  async plant({ database }) {
    database.signal('SIGSTOP');
    return () => database.signal('SIGCONT');
  },
};

const noticesMissed: Fault = {
  alert: 'CarillonNoticesMissed',
  name: 'connections that listen go silent, again and again',
  async plant({ way }) {
    way.halfOpen();
    const again = setInterval(way.halfOpen, 15_000);
    return () => {
      clearInterval(again);
      return way.mend();
    };
  },
};

export const faults: Fault[] = [
  diskFull,
  clockOff,
  poolFull,
  chimeDown,
  syncStuck,
  workerDead,
  checkpointsNotKept,
  databaseGone,
  databaseHung,
  noticesMissed,
];
