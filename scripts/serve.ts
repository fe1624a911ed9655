import { chmodSync, existsSync, mkdirSync, renameSync } from 'node:fs';
import { constants } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Settings } from '../lib/env.ts';
import { environment } from '../lib/secrets/environment.ts';
import { checkSettings } from '../lib/settings/check-settings.ts';
import { hashSources } from '../lib/web/source-hash.ts';
import { root } from './bootstrap.mjs';
import { isBuildStale, recordBuild } from './build.ts';
import { type Keys, provideKeys } from './checks/keys.ts';
import { leaveSettings } from './left-settings.ts';
import { planOpsPorts, planPort, refuseTakenPorts } from './processes/port-plan.ts';
import { clearLeftovers, ProcessGroup } from './processes/process-group.ts';
import type { Environment } from './processes/processes.ts';
import {
  type ChimeKeys,
  chimeClientEnv,
  chimeIsUp,
  chimeServerEnv,
  lastWords,
  localChime,
  nextCommand,
  web,
  webIsUp,
  worker,
} from './processes/programs.ts';
import type { SystemUser } from './processes/system-user.ts';
import { closeBuild, leaveRoot } from './processes/unprivileged.ts';
import { type Operators, welcome } from './processes/welcome.ts';
import { say, step } from './steps.mjs';

const usage = `npm start [-- OPTIONS]   starts Carillon with everything it needs

  --users N         the size of Local Chime's example organisation
  --reset           creates the example organisation again
  --new-passwords   gives the example operators new passwords
  --no-example-history   leaves out the 13 months of made-up history that the example organisation's counts begin with
  --dev             next dev instead of a build; the worker restarts when its code changes

Settings come from the environment: PORT (3000), CHIME_PORT (4620), CHIME_CONTROL_PORT (4621), POSTGRES_PORT (any),
DATABASE_URL and CHIME_ENDPOINT (instead of the PostgreSQL and the Chime that come along), CARILLON_HOME (.carillon: keys,
data, logs), and those of the docs.`;

const home = resolve(root, process.env.CARILLON_HOME || '.carillon');
const logs = join(home, 'logs');
const record = join(home, 'run.json');
const begun = performance.now();

type Choices = { users?: string; reset?: boolean; newPasswords: boolean; exampleHistory: boolean; dev: boolean };

function readChoices(): Choices | undefined {
  try {
    const options = {
      users: { type: 'string' },
      reset: { type: 'boolean' },
      'new-passwords': { type: 'boolean' },
      'no-example-history': { type: 'boolean' },
      dev: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    } as const;
    const { values } = parseArgs({ options });
    if (values.users !== undefined && !/^[1-9]\d*$/.test(values.users)) throw new Error('--users takes a number');
    if (!values.help) {
      const exampleHistory = values['no-example-history'] !== true;
      return { ...values, newPasswords: values['new-passwords'] === true, exampleHistory, dev: values.dev === true };
    }
    say(usage);
  } catch (error) {
    say(`${messageOf(error)}\n\n${usage}`);
    process.exitCode = 1;
  }
  return undefined;
}

/** Starts everything, waits for the end of it, whatever that is, and leaves nothing running. */
async function serve(choices: Choices) {
  say('\nCarillon, the license desk for Amazon Chime\n');
  const plan = await prepare().catch(giveUp);
  if (!plan) return;
  const group = new ProcessGroup(record, plan.url);
  let state: 'starting' | 'ready' | 'stopping' = 'starting';

  const asked = listen(group).then((signal) => {
    const code = state === 'ready' ? 0 : 128 + constants.signals[signal];
    state = 'stopping';
    return code;
  });
  const failed = (error: unknown) => {
    if (state !== 'stopping') giveUp(error); // while stopping, what loses its database under its feet may complain
    return 1;
  };
  const broken = new Promise<number>((resolve) => {
    process.on('uncaughtException', (error) => resolve(failed(error)));
  });
  const onReady = () => {
    state = 'ready';
  };
  const code = await Promise.race([asked, broken, live(group, choices, plan, onReady).catch(failed)]);
  state = 'stopping';
  say('');
  await step('Stopping', () => group.close());
  process.exit(code);
}

function giveUp(error: unknown) {
  say(`\n${messageOf(error)}\n`);
  process.exitCode = 1;
}

function messageOf(error: unknown) {
  return error instanceof Error ? error.message : String(error);
}

/** Resolves when somebody asks for the end: a signal, the terminal closing, the launcher gone. */
function listen(group: ProcessGroup): Promise<NodeJS.Signals> {
  // What is written to a terminal that has closed is lost, no more.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  let first: number | undefined;
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        first ??= performance.now();
        // Ctrl-C arrives several times at once: from the terminal, and from each launcher that passes it on.
        if (performance.now() - first > 500 && signal === 'SIGINT') {
          group.kill();
          process.exit(130);
        }
        resolve(signal);
      });
    }
    process.once('disconnect', () => resolve('SIGTERM'));
  });
}

type Plan = Ports & {
  /** As web and worker will have them. */
  settings: Settings;
};

type Ports = {
  url: string;
  ops: string[];
  web: number;
  chime: number;
  control: number;
  postgres: number | undefined;
  keys: Keys;
};

/** All that can be found wrong before anything runs, and before what works with the database is loaded. */
async function prepare(): Promise<Plan> {
  const env = environment();
  openHome();
  const left = await clearLeftovers(record);
  if (left.length > 0) say(`  An earlier run was killed; stopped what it had left: ${left.join(', ')}`);
  const web = planPort('PORT', 'web', 3000);
  const chime = planPort('CHIME_PORT', 'Local Chime', 4620);
  const control = planPort('CHIME_CONTROL_PORT', "Local Chime's control", 4621);
  const postgres = env.POSTGRES_PORT ? planPort('POSTGRES_PORT', 'PostgreSQL', 0) : undefined;
  const planned = [web, ...(env.CHIME_ENDPOINT ? [] : [chime, control])];
  if (postgres && !env.DATABASE_URL) planned.push(postgres);
  const ops = planOpsPorts();
  await refuseTakenPorts([...planned, ...ops]);
  putLogsAside();
  const { keys, made } = provideKeys(join(home, 'keys.env'));
  if (made) say(`  Keys of this installation are made in ${shown(join(home, 'keys.env'))}`);
  const url = env.PUBLIC_URL || `http://localhost:${web.port}`;
  const ports = { web: web.port, chime: chime.port, control: control.port, postgres: postgres?.port };
  const plan = { url, ops: ops.map(({ port }) => String(port)), ...ports, keys };
  const ours = ourEnv(plan, env.DATABASE_URL || 'postgresql://127.0.0.1');
  const settings = checkSettings({ ...env, ...ours, PORT: String(web.port) });
  if (settings.BACKUP_DIR && env.DATABASE_URL) {
    throw new Error(
      'Bad settings: BACKUP_DIR: is for the server that comes along; DATABASE_URL names one of your own, which your own tool copies',
    );
  }
  return { ...plan, settings };
}

function openHome() {
  // As root, PostgreSQL runs as another user, who must be able to pass through, though not to look around.
  const mode = process.getuid?.() === 0 ? 0o711 : 0o700;
  try {
    mkdirSync(home, { recursive: true });
    chmodSync(home, mode);
    mkdirSync(logs, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new Error(`${home} belongs to another user, who started Carillon here before`, { cause });
  }
}

/** The logs of the run before stay beside those of this one. */
function putLogsAside() {
  for (const name of ['postgres', 'chime', 'worker', 'web', 'build']) {
    const log = join(logs, `${name}.log`);
    if (existsSync(log)) renameSync(log, `${log}.before`);
  }
}

/** Starts all there is to start and tells how to sign in; ends with the error that ends one of its programs. */
async function live(group: ProcessGroup, choices: Choices, plan: Plan, onReady: () => void): Promise<never> {
  const chimeIsThere = process.env.CHIME_ENDPOINT ? undefined : startChime(group, choices, plan);
  chimeIsThere?.catch(() => {}); // told where it is waited for, unless something else fails before
  const databaseUrl = process.env.DATABASE_URL || (await startDatabase(group, plan));
  const { migrate } = await import('../lib/migrate.ts');
  await step('Database schema', () => migrate(databaseUrl).catch(blameDatabase));
  const operators = process.env.OIDC_ISSUER ? undefined : await provideOperators(databaseUrl, choices.newPasswords);
  if (!choices.dev) await provideBuild(group);

  // A server of our own has a login of its own for web and worker: who owns the audit's table could alter it.
  const { provideAppLogin } = await import('../lib/db/app-role.ts');
  const appUrl = process.env.DATABASE_URL || (await provideAppLogin(databaseUrl));
  const left = choices.dev ? undefined : unprivileged();
  const env = { ...ourEnv(plan, appUrl), ...(left?.isNew && { CHECKPOINTS_ARE_NEW: '1' }) };
  const surroundings = { logs, env, user: left?.user };
  if (!choices.dev) closeBuild(root, surroundings.user);
  leaveSettings(home, { ...process.env, ...surroundings.env, CHIME_CONTROL_PORT: String(plan.control) });
  const withOps = (OPS_PORT?: string) => ({ ...surroundings, env: { ...surroundings.env, OPS_PORT } });
  const [webOps, workerOps] = plan.ops;
  const site = group.start(web(withOps(webOps), { port: plan.web, dev: choices.dev }));
  if (chimeIsThere)
    await step(`Local Chime: http://127.0.0.1:${plan.chime}, control port ${plan.control}`, () => chimeIsThere);
  group.start(worker(withOps(workerOps), choices));
  await step('Worker and web', () => webIsUp(site, plan.web));
  onReady();
  welcome(plan.url, operators, { begun, logs: shown(logs) });
  if (chimeIsThere && choices.exampleHistory) {
    provideHistory(databaseUrl).catch((error: unknown) => say(`  No example history: ${messageOf(error)}`));
  }
  const { keepBackups } = await import('./backups/scheduled-backups.ts');
  void keepBackups(databaseUrl, home, plan.settings);
  const { member, reason } = await group.death;
  throw new Error(`${member.name} ended unexpectedly (${reason}). ${lastWords(member)}`);
}

/** The system user that web and worker run as: root only where there is no way around it, which is said. */
function unprivileged(): { user: SystemUser; isNew: boolean } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const { ACCESS_FILE, AUDIT_CHECKPOINTS } = process.env;
  const checkpoints = AUDIT_CHECKPOINTS || join(home, 'audit-checkpoints.jsonl');
  const ours = [join(root, 'lib', 'web', 'main.ts'), join(root, 'node_modules'), join(root, '.next', 'BUILD_ID')];
  const named = ACCESS_FILE ? [resolve(ACCESS_FILE)] : [];
  const left = leaveRoot({ reads: [process.execPath, ...ours, ...named], writes: checkpoints });
  if ('user' in left) return left;
  say(`    Web and worker run as root: ${left.staysBecause}`);
  return undefined;
}

function blameDatabase(cause: unknown): never {
  const whose = process.env.DATABASE_URL ? 'The database that DATABASE_URL names' : 'The database';
  throw new Error(`${whose} could not be brought up to date: ${messageOf(cause)}`, { cause });
}

async function startDatabase(group: ProcessGroup, { postgres }: Plan): Promise<string> {
  const { startEmbedded } = await import('./processes/embedded.ts');
  const remarks: string[] = [];
  const server = await step(
    'PostgreSQL',
    () =>
      startEmbedded({
        dataDir: join(home, 'postgres'),
        port: postgres,
        logFile: join(logs, 'postgres.log'),
        log: (line) => remarks.push(line),
      }),
    ({ port, dataDir }) => `port ${port}, data in ${shown(dataDir)}`,
  );
  for (const remark of remarks) say(`    ${remark}`);
  group.keep({ ...server, name: 'postgres' });
  return server.url;
}

async function provideOperators(databaseUrl: string, newPasswords: boolean): Promise<Operators> {
  const { createExampleOperators } = await import('../lib/auth/example-operators.ts');
  const { openDatabase } = await import('../lib/db/database.ts');
  const db = openDatabase(databaseUrl, 1);
  try {
    const name = 'Example operators';
    return await step(name, () => createExampleOperators(db, { newPasswords }));
  } finally {
    await db.destroy();
  }
}

/** Gives the example organisation its history as soon as its people are listed. */
async function provideHistory(databaseUrl: string): Promise<void> {
  const { exampleAccounts } = await import('../local-chime/people/organisation.ts');
  const { openDatabase } = await import('../lib/db/database.ts');
  const { makeExampleHistory } = await import('../lib/trend/ledger/example-history-store.ts');
  const db = openDatabase(databaseUrl, 1);
  try {
    for (const accountId of Object.values(exampleAccounts)) {
      while (!(await makeExampleHistory(db, accountId))) await pause(500, undefined, { ref: false });
    }
  } finally {
    await db.destroy();
  }
}

async function provideBuild(group: ProcessGroup) {
  if (!isBuildStale(root)) return;
  await step('Building the web', async () => {
    const hash = hashSources(root);
    const logFile = join(logs, 'build.log');
    const env = { NODE_ENV: undefined, NEXT_TELEMETRY_DISABLED: '1' };
    const command = process.execPath;
    const end = await group.run({ name: 'build', command, args: [nextCommand, 'build'], cwd: root, env, logFile });
    if (end !== 'exit code 0') throw new Error(`The build failed (${end}). ${lastWords({ logFile }, 40)}`);
    recordBuild(root, hash);
  });
}

function startChime(group: ProcessGroup, { users, reset }: Choices, { chime, control, keys }: Plan): Promise<void> {
  const env = chimeServerEnv(chimeKeys(keys));
  const choices = { port: chime, controlPort: control, data: join(home, 'chime.sqlite'), users, reset };
  return chimeIsUp(group.start(localChime({ logs, env }, choices)), control, chimeKeys(keys).controlToken);
}

/** What our programs take from us; what the operator has set stays. */
function ourEnv(plan: Ports, databaseUrl: string): Environment {
  const { env } = process;
  return {
    ...(!env.CHIME_ENDPOINT && chimeClientEnv(chimeKeys(plan.keys), plan.chime)),
    DATABASE_URL: databaseUrl,
    NEXTAUTH_SECRET: env.NEXTAUTH_SECRET || plan.keys.NEXTAUTH_SECRET,
    AUDIT_KEY: env.AUDIT_KEY || plan.keys.AUDIT_KEY,
    PUBLIC_URL: plan.url,
    NEXTAUTH_URL: env.NEXTAUTH_URL || plan.url,
    NEXT_TELEMETRY_DISABLED: '1',
    DRAIN_SECONDS: env.DRAIN_SECONDS || '0', // there is no other web to take over
  };
}

function chimeKeys(keys: Keys): ChimeKeys {
  return {
    accessKeyId: keys.LOCAL_CHIME_ACCESS_KEY_ID,
    secretAccessKey: keys.LOCAL_CHIME_SECRET_ACCESS_KEY,
    controlToken: keys.LOCAL_CHIME_CONTROL_TOKEN,
  };
}

function shown(path: string) {
  return path.startsWith(root) ? relative(root, path) : path;
}

const choices = readChoices();
if (choices) await serve(choices);
