import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { ChimeControl } from '../local-chime/faults/control-client.ts';
import { root } from './bootstrap.mjs';

const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));

let folder: string;
let launchers: ChildProcess[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'launchers-'));
});
afterEach(async () => {
  for (const launcher of launchers) launcher.kill('SIGKILL');
  launchers = [];
  await rm(folder, { recursive: true, force: true });
});

const token = 'a-token-for-this-test';

/** What package.json says, as npm runs it: in a shell. */
const inShell = (args: string[]): string[] => ['/bin/sh', '-c', `${scripts.chime} "$@"`, 'sh', ...args];
const byNpm = (args: string[]): string[] => ['npm', 'run', 'chime', '--', ...args];

/** Runs Local Chime, and waits for the line that says where it listens. */
async function startChime(commandWith = inShell) {
  const data = join(folder, 'chime.sqlite');
  const args = ['--port', '0', '--control-port', '0', '--users', '0', '--data', data];
  const [command = '', ...rest] = commandWith(args);
  const { PATH, HOME, NODE_COMPILE_CACHE } = process.env;
  const launcher = spawn(command, rest, {
    cwd: root,
    env: { NODE_ENV: 'test', PATH, HOME, NODE_COMPILE_CACHE, LOCAL_CHIME_CONTROL_TOKEN: token },
  });
  launchers.push(launcher);
  if (!launcher.stdout) throw new Error('No output to read');
  for await (const line of createInterface({ input: launcher.stdout })) {
    const [, control] = /^Local Chime listens on \S+ \(control on (\S+)\)/.exec(line) ?? [];
    if (control) return { launcher, control: new ChimeControl(control, token) };
  }
  throw new Error('It ended without listening');
}

const isUp = (control: ChimeControl) =>
  control.health().then(
    () => true,
    () => false,
  );

test.each(['start', 'dev', 'test', 'web', 'worker', 'chime', 'license', 'campaign', 'audit:verify'])(
  'npm run %s begins with a launcher, which older versions of Node can run',
  (name) => {
    const [, launcher = ''] = /^exec node (scripts\/[\w-]+\.mjs)(?: |$)/.exec(scripts[name] ?? '') ?? [];

    expect(readFileSync(join(root, launcher), 'utf8')).toMatch(
      /^import \{ launch \} from '.\/bootstrap.mjs';\n\nawait launch\(/,
    );
  },
);

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s to npm run chime ends Local Chime, and its exit code is the command’s',
  async (signal) => {
    const { launcher, control } = await startChime();

    launcher.kill(signal);
    const [code] = await once(launcher, 'exit');

    expect(code).toBe(0);
    expect(await isUp(control)).toBe(false);
  },
);

test('npm that is told to end waits until Local Chime has ended', async () => {
  const { launcher: npm, control } = await startChime(byNpm);

  npm.kill('SIGTERM');
  const [code] = await once(npm, 'exit');

  expect(code).toBe(0);
  expect(await isUp(control)).toBe(false);
});

test('npm that is killed takes Local Chime with it', async () => {
  const { launcher: npm, control } = await startChime(byNpm);

  npm.kill('SIGKILL');

  await expect.poll(() => isUp(control), { timeout: 20_000 }).toBe(false);
});

test('an argument that npm run chime refuses makes the command fail', async () => {
  const launcher = spawn('/bin/sh', ['-c', `${scripts.chime} --port x`], { cwd: root });
  launchers.push(launcher);

  const [code] = await once(launcher, 'exit');

  expect(code).toBe(1);
});

test('a launcher that is killed takes Local Chime with it', async () => {
  const { launcher, control } = await startChime();

  launcher.kill('SIGKILL');

  await expect.poll(() => isUp(control), { timeout: 20_000 }).toBe(false);
});
