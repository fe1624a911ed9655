import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { chmod, mkdtemp, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { root } from './bootstrap.mjs';
import { freePort } from './processes/ports.ts';
import { commandOf } from './processes/processes.ts';

let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'carillon-home-'));
  await chmod(home, 0o711);
});

afterEach(() => rm(home, { recursive: true }));

/** `npm start` with a home and ports of its own. */
async function start({ args = [], ...env }: { args?: string[]; [setting: string]: string | string[] | undefined }) {
  const settings: Record<string, string> = {
    CARILLON_HOME: home,
    PORT: String(await freePort()),
    CHIME_PORT: String(await freePort()),
    CHIME_CONTROL_PORT: String(await freePort()),
    DATABASE_URL: '',
    CHIME_ENDPOINT: '',
    PUBLIC_URL: '',
  };
  for (const [name, value] of Object.entries(env)) if (typeof value === 'string') settings[name] = value;
  const child = spawn(process.execPath, [join(root, 'scripts', 'start.mjs'), ...args], {
    env: { ...process.env, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return { child, ended, output: () => output };
}

/** Without a build of this very tree, which may be in use. */
const untouched = { args: ['--dev'] };

/** Every process that has to do with this test's home. */
function left(): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => commandOf(Number(pid)) ?? '')
    .filter((command) => command.includes(home));
}

test('an occupied port is named, and nothing is started', async () => {
  const port = await freePort();
  const occupant = createServer();
  await new Promise<void>((resolve) => occupant.listen(port, '127.0.0.1', resolve));

  const { ended, output } = await start({ PORT: String(port) });

  expect(await ended).toBe(1);
  occupant.close();
  expect(output()).toContain(`Port ${port} (web, PORT) is in use`);
  expect(existsSync(join(home, 'postgres'))).toBe(false);
});

test('a bad setting stops the start with one clear line', async () => {
  const { ended, output } = await start({ PUBLIC_URL: 'carillon.example' });

  expect(await ended).toBe(1);
  expect(output().trim().split('\n').at(-1)).toBe(
    'Bad settings: PUBLIC_URL: must be an address beginning with http:// or https://',
  );
});

test('an option it does not know is answered with those it does', async () => {
  const { ended, output } = await start({ args: ['--user', '7'] });

  expect(await ended).toBe(1);
  expect(output()).toMatch(/Unknown option '--user'[\s\S]*--users N/);
});

test.runIf(process.platform === 'linux')('Ctrl-C while it starts leaves no process behind, and no record', async () => {
  const { child, ended, output } = await start(untouched);
  await expect.poll(output, { timeout: 45_000 }).toContain('✓ PostgreSQL');

  child.kill('SIGINT');

  expect(await ended, output()).toBe(130);
  await expect.poll(left, { timeout: 10_000 }).toEqual([]);
  expect(existsSync(join(home, 'run.json'))).toBe(false);
});

test.runIf(process.platform === 'linux')(
  'kill -9 of the launcher while it starts leaves no process behind',
  async () => {
    const { child, ended, output } = await start(untouched);
    await expect.poll(output, { timeout: 45_000 }).toContain('✓ PostgreSQL');

    child.kill('SIGKILL');

    await ended;
    await expect.poll(left, { timeout: 10_000 }).toEqual([]);
  },
);

test('keys and logs are for their owner alone', async () => {
  const { ended } = await start({
    DATABASE_URL: 'postgresql://127.0.0.1:1/none',
    CHIME_ENDPOINT: 'http://127.0.0.1:1',
  });

  expect(await ended).toBe(1);
  const modes = await Promise.all(
    ['keys.env', 'logs'].map(async (name) => (await stat(join(home, name))).mode & 0o777),
  );
  expect(modes).toEqual([0o600, 0o700]);
});
