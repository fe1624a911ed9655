import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import pg from 'pg';
import { createExampleOperators } from '../lib/auth/example-operators.ts';
import { provideAppLogin } from '../lib/db/app-role.ts';
import { type Database, openDatabase } from '../lib/db/database.ts';
import { callWorkers } from '../lib/events/tell.ts';
import type { Role } from '../lib/operators/roles.ts';
import { ChimeControl } from '../local-chime/faults/control-client.ts';
import { freePort } from '../scripts/processes/ports.ts';
import {
  type Environment,
  lastLines,
  type Program,
  type RunningProgram,
  startProgram,
} from '../scripts/processes/processes.ts';
import {
  chimeClientEnv,
  chimeIsUp,
  chimeServerEnv,
  localChime,
  web,
  webIsUp,
  worker,
} from '../scripts/processes/programs.ts';
import { databaseUrl, startTestServer, template } from './postgres.ts';

export type SignIn = { username: string; password: string };

/** The whole product running for a test or a benchmark: real processes, nothing shared with anything else. */
export type Stack = {
  url: string;
  operators: Record<Role, SignIn>;
  /** Another admin than the one among `operators`, who can approve what that one asks for. */
  secondAdmin: SignIn;
  chime: {
    endpoint: string;
    controlUrl: string;
    controlToken: string;
    credentials: { accessKeyId: string; secretAccessKey: string };
    control: ChimeControl;
  };
  /** As the owner of the tables; web and worker have a login of their own. */
  databaseUrl: string;
  db: Database;
  audit: { key: string; checkpoints: string };
  /** What seals the cookies. */
  cookieSecret: string;
  /** Starts what is not running, and waits until it answers; what was killed comes back on the same port. */
  startWeb(): Promise<void>;
  startWorker(): Promise<void>;
  startChime(): Promise<void>;
  /** Another web instance on the same database, with an address of its own, and other settings where given; the answer is where. */
  startAnotherWeb(more?: Environment): Promise<string>;
  /** The same, which can be stopped as an upgrade does, with SIGTERM, and started again at its address. */
  anotherWeb(more?: Environment): Promise<{ url: string; start(): Promise<void>; stop(): Promise<void> }>;
  /** With kill -9. */
  killWeb(): Promise<void>;
  killWorker(): Promise<void>;
  killChime(): Promise<void>;
  restartChime(): Promise<void>;
  /** Waits until the mirror of every account is newer than this call. */
  refreshMirror(): Promise<void>;
  /** Example organisation, mirror and changes as at the start; the audit log, which only grows, stays. */
  reset(): Promise<void>;
  /** The folder of the log files, and the last lines of all of them. */
  logs: string;
  lastLogs(count?: number): string;
  stop(): Promise<void>;
};

type Options = {
  /** People in the largest example account. */
  users?: number;
  web?: boolean;
  worker?: boolean;
  /** Settings of web and worker on top of the usual ones. */
  env?: Environment;
};

/** Starts everything on free ports; the web needs a build (`next build`). */
export async function startStack(options: Options = {}): Promise<Stack> {
  const undo: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    return await build(options, undo, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function build(options: Options, undo: (() => Promise<void>)[], stop: () => Promise<void>): Promise<Stack> {
  const folder = await mkdtemp(join(tmpdir(), 'carillon-stack-'));
  undo.push(() => rm(folder, { recursive: true, force: true }));
  const logs = join(folder, 'logs');
  await mkdir(logs);

  const server = await startTestServer();
  undo.push(() => server.remove());
  const stackDatabase = databaseUrl(server.url, template);
  const db = openDatabase(stackDatabase, 4);
  undo.push(() => db.destroy());
  const { created } = await createExampleOperators(db);

  const [webPort, chimePort, controlPort] = [await freePort(), await freePort(), await freePort()];
  const secret = () => randomBytes(32).toString('base64url');
  const keys = { accessKeyId: 'CARILLONTEST', secretAccessKey: secret(), controlToken: secret() };
  const url = `http://localhost:${webPort}`;
  const cookieSecret = secret();
  const [auditKey, checkpoints] = [secret(), join(folder, 'audit-checkpoints.jsonl')];
  const env = {
    ...chimeClientEnv(keys, chimePort),
    DATABASE_URL: await provideAppLogin(stackDatabase),
    NEXTAUTH_SECRET: cookieSecret,
    REQUEST_LIMITS: 'operator=1000000', // tests are quicker than people
    AUDIT_KEY: auditKey,
    AUDIT_CHECKPOINTS: checkpoints,
    PUBLIC_URL: url,
    NEXTAUTH_URL: url,
    NODE_ENV: undefined, // vitest's "test" is none of theirs
    NEXT_TELEMETRY_DISABLED: '1',
    DRAIN_SECONDS: '0',
    ...options.env,
  };

  const chime = slot(
    localChime(
      { logs, env: chimeServerEnv(keys) },
      { port: chimePort, controlPort, data: join(folder, 'chime.sqlite'), users: String(options.users ?? 500) },
    ),
    (program) => chimeIsUp(program, controlPort, keys.controlToken),
  );
  const workerSlot = slot(worker({ logs, env }), async () => {});
  const webSlot = slot(web({ logs, env }, { port: webPort }), (program) => webIsUp(program, webPort));
  for (const { end } of [chime, workerSlot, webSlot]) undo.push(end);
  async function anotherWeb(more: Environment = {}) {
    const port = more.PORT === undefined ? await freePort() : Number(more.PORT);
    const address = `http://localhost:${port}`;
    const another = slot(
      web({ logs, env: { ...env, PUBLIC_URL: address, NEXTAUTH_URL: address, ...more } }, { port }),
      (program) => webIsUp(program, port),
    );
    undo.push(another.end);
    return { url: address, start: another.start, stop: another.end };
  }
  async function startAnotherWeb(more: Environment = {}) {
    const another = await anotherWeb(more);
    await another.start();
    return another.url;
  }

  await chime.start();
  if (options.worker !== false) await workerSlot.start();
  if (options.web !== false) await webSlot.start();

  const controlUrl = `http://127.0.0.1:${controlPort}`;
  const control = new ChimeControl(controlUrl, keys.controlToken);
  const refreshMirror = () => refresh(db);
  return {
    url,
    operators: signIns(created),
    secondAdmin: signInOf(created, 'admin', 1),
    chime: {
      endpoint: `http://127.0.0.1:${chimePort}`,
      controlUrl,
      controlToken: keys.controlToken,
      credentials: { accessKeyId: keys.accessKeyId, secretAccessKey: keys.secretAccessKey },
      control,
    },
    databaseUrl: stackDatabase,
    audit: { key: auditKey, checkpoints },
    cookieSecret,
    db,
    startWeb: webSlot.start,
    startWorker: workerSlot.start,
    startChime: chime.start,
    startAnotherWeb,
    anotherWeb,
    killWeb: webSlot.kill,
    killWorker: workerSlot.kill,
    killChime: chime.kill,
    async restartChime() {
      await chime.end();
      await chime.start();
    },
    refreshMirror,
    async reset() {
      await control.clear();
      await endOpenChanges(db);
      await control.reset();
      await forgetChanges(db);
      await refreshMirror();
    },
    logs,
    lastLogs: (count = 30) =>
      ['chime', 'worker', 'web'].map((name) => `${name}:\n${lastLines(join(logs, `${name}.log`), count)}`).join('\n\n'),
    stop,
  };
}

/** The place of one program, which may be empty for a while. */
function slot(program: Program, isUp: (running: RunningProgram) => Promise<void>) {
  let running: RunningProgram | undefined;
  return {
    async start() {
      if (running?.isRunning()) return;
      running = startProgram(program);
      await isUp(running);
    },
    async kill() {
      running?.kill();
      await running?.ended;
    },
    async end() {
      await running?.stop();
    },
  };
}

/** Waits until no change of an earlier test is under way any more; one that waits for its next try is called off. */
async function endOpenChanges(db: Database) {
  await sql`update batches set state = 'stopped' where state <> 'done'`.execute(db);
  await sql`update changes set cancel_requested = true where state = 'pending'`.execute(db);
  const deadline = Date.now() + 45_000;
  while (Date.now() < deadline) {
    const open = await sql`select id from changes where state in ('pending', 'unknown')`.execute(db);
    if (open.rows.length === 0) return;
    await pause(50);
  }
  throw new Error('A change of an earlier test is still open after 45 s; are web and worker running?');
}

async function forgetChanges(db: Database) {
  for (;;) {
    try {
      return await emptyTables(db);
    } catch (error) {
      if (!(error instanceof pg.DatabaseError && error.code === deadlock)) throw error;
    }
  }
}

/** Web and worker read the same tables in other orders, and one of two that wait for each other is told so. */
const deadlock = '40P01';

async function emptyTables(db: Database) {
  await db.transaction().execute(async (trx) => {
    await sql`lock table users in share row exclusive mode`.execute(trx); // a sync may be writing the same rows
    await sql`truncate changes, late_calls, batches, batch_items, batch_chunks, endings, hand_changes, chime_pace, views, preferences,
        operator_tokens`.execute(trx);
    await sql`update users set changed_at = null, changed_by = null where changed_at is not null or changed_by is not null`.execute(
      trx,
    );
    await sql`update operators set last_account_id = null`.execute(trx);
  });
}

async function refresh(db: Database) {
  const { rows } = await sql<{ now: Date }>`
    with wanted as (update accounts set sync_wanted = true, sync_failed_at = null)
    select clock_timestamp() as now`.execute(db);
  await callWorkers(db);
  const deadline = Date.now() + 30_000;
  while (Date.now() < deadline) {
    const { rows: behind } = await sql`
      select id from accounts where complete_as_of is null or complete_as_of < ${rows[0]?.now} or sync_wanted
      union all select 'no account yet' where not exists (select from accounts)`.execute(db);
    if (behind.length === 0) return;
    await pause(50);
  }
  throw new Error('The worker has not brought the mirror up to date in 30 s; is it running?');
}

type Created = { username: string; password: string; role: Role }[];

function signIns(created: Created): Record<Role, SignIn> {
  return {
    viewer: signInOf(created, 'viewer'),
    helpdesk: signInOf(created, 'helpdesk'),
    admin: signInOf(created, 'admin'),
  };
}

/** The first example operator of a role, or the one at another place among those of that role. */
function signInOf(created: Created, role: Role, place = 0): SignIn {
  const operator = created.filter((one) => one.role === role)[place];
  if (!operator) throw new Error(`There is no example operator with the role ${role} at place ${place}`);
  return { username: operator.username, password: operator.password };
}
