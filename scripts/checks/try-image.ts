import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { root } from '../bootstrap.mjs';
import { startEmbedded } from '../processes/embedded.ts';
import { freePort } from '../processes/ports.ts';
import type { Environment } from '../processes/processes.ts';
import { say, step } from '../steps.mjs';

/**
 * `node scripts/checks/try-image.ts`: does what the Dockerfile says in clean folders, without a container engine, and starts the result as its
 * user, with its files read-only. For root on Linux; what it cannot show is the base image itself.
 */
type Step = { name: string; words: string };

const steps = readFileSync(join(root, 'Dockerfile'), 'utf8')
  .split('\n')
  .flatMap((line): Step[] => {
    const [, name = '', words = ''] = /^([A-Z]+) (.*)$/.exec(line) ?? [];
    return name === '' ? [] : [{ name, words }];
  });

const place = mkdtempSync(join(tmpdir(), 'carillon-image-'));
chmodSync(place, 0o711);

/** The files that a build is given: those of the sources that .dockerignore does not leave out. */
function sources(): string[] {
  const listed = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root });
  const ignored = readFileSync(join(root, '.dockerignore'), 'utf8').split('\n').filter(Boolean);
  const isLeftOut = (file: string) => ignored.some((name) => file === name || file.startsWith(`${name}/`));
  return String(listed.stdout)
    .split('\0')
    .filter((file) => file !== '' && existsSync(join(root, file)) && !isLeftOut(file));
}

/** What a stage has in its environment; each begins with nothing of its own. */
const first: Environment = {
  PATH: [dirname(process.execPath), process.env.PATH].join(':'),
  HOME: place,
  NODE_ENV: undefined,
};
let env = first;
let stage = '';
let user = 'root';
let command: string[] = [];

/** Does one line of the Dockerfile; every stage is a folder. */
async function perform({ name, words }: Step): Promise<void> {
  const here = join(place, stage, 'app');
  if (name === 'FROM') {
    stage = / AS (\w+)$/.exec(words)?.[1] ?? 'last';
    mkdirSync(join(place, stage, 'app'), { recursive: true });
    env = { ...first };
  } else if (name === 'ENV') {
    for (const pair of words.split(' ')) env[pair.slice(0, pair.indexOf('='))] = pair.slice(pair.indexOf('=') + 1);
  } else if (name === 'COPY' && words.startsWith('--from=')) {
    const from = /^--from=(\w+)/.exec(words)?.[1] ?? '';
    cpSync(join(place, from, 'app'), here, { recursive: true, verbatimSymlinks: true });
  } else if (name === 'COPY') {
    const named = words.split(' ').slice(0, -1);
    const files = named.includes('.') ? sources() : named;
    for (const file of files) cpSync(join(root, file), join(here, file));
  } else if (name === 'RUN') {
    const run = spawn('sh', ['-c', words], {
      cwd: here,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const [code] = await once(run, 'exit');
    if (code !== 0) throw new Error(`${words}: exit code ${code}`);
  } else if (name === 'USER') user = words;
  else if (name === 'CMD') command = JSON.parse(words);
}

/** A program of the image, as user "nobody" and with its folder mounted read-only. */
function start(args: string[], settings: Environment): ChildProcess {
  const app = join(place, 'last', 'app');
  const shell = `mount --bind ${app} ${app} && mount -o remount,bind,ro ${app} && cd ${app} && exec setpriv --reuid=65534 --regid=65534 --clear-groups "$@"`;
  const node = args[0] === 'node' ? [process.execPath, ...args.slice(1)] : args;
  return spawn('unshare', ['--mount', 'sh', '-c', shell, 'sh', ...node], {
    env: { ...process.env, ...env, ...settings },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
}

async function ended(child: ChildProcess): Promise<number> {
  const [code] = child.exitCode === null ? await once(child, 'exit') : [child.exitCode];
  return code ?? -1;
}

try {
  for (const one of steps) await step(`${one.name} ${one.words.slice(0, 50)}`, () => perform(one));
  if (user === 'root') throw new Error('The image runs as root');
  const dataDir = join(place, 'postgres');
  const server = await startEmbedded({ dataDir, fast: true });
  const port = String(await freePort());
  const secret = () => randomBytes(32).toString('base64');
  const settings = { DATABASE_URL: server.url, NEXTAUTH_SECRET: secret(), AUDIT_KEY: secret(), PORT: port };
  await step('migrate', async () => {
    if ((await ended(start(['node', 'lib/migrate.ts'], settings))) !== 0)
      throw new Error('The schema could not be made');
  });
  const web = start(command, { ...settings, PUBLIC_URL: `http://localhost:${port}` });
  await step('web answers', async () => {
    for (let tries = 0; tries < 200 && web.exitCode === null; tries += 1) {
      const answer = await fetch(`http://localhost:${port}/sign-in`).catch(() => undefined);
      if (answer?.ok) return;
      await pause(100);
    }
    throw new Error('The web does not answer');
  });
  web.kill('SIGTERM');
  say(`web ended with ${await ended(web)}`);
  await server.stop();
} finally {
  rmSync(place, { recursive: true, force: true });
}
