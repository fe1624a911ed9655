import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { clearLeftovers, ProcessGroup } from './process-group.ts';
import { startOf } from './processes.ts';

let folder: string;
let recordFile: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carillon-group-'));
  recordFile = join(folder, 'run.json');
});

afterEach(() => rm(folder, { recursive: true }));

function program(name: string, script: string) {
  return { name, command: 'sh', args: ['-c', script], logFile: join(folder, `${name}.log`) };
}

async function record(launcher: { pid: number; started: string }, members: { pid: number; started: string }[]) {
  const named = (name: string) => (it: object) => ({ name, ...it });
  const content = {
    url: 'http://localhost:3000',
    launcher: named('npm start')(launcher),
    members: members.map(named('web')),
  };
  await writeFile(recordFile, JSON.stringify(content));
}

const gone = { pid: 2 ** 22 + 1, started: '1' };

test('closing stops the web before its database, and leaves no process and no record', async () => {
  const group = new ProcessGroup(recordFile, 'http://localhost:3000');
  const order = join(folder, 'order');
  for (const name of ['postgres', 'web']) {
    const up = join(folder, `${name}.up`);
    group.start(program(name, `trap 'echo ${name} >> ${order}; exit' TERM; touch ${up}; while :; do sleep 0.05; done`));
    await expect.poll(() => existsSync(up)).toBe(true);
  }

  await group.close();

  expect(await readFile(order, 'utf8')).toBe('web\npostgres\n');
  expect(existsSync(recordFile)).toBe(false);
});

test('what a program has started is ended with it', async () => {
  const group = new ProcessGroup(recordFile, '');
  const pidFile = join(folder, 'grandchild');
  group.start(program('web', `trap exit TERM; (trap '' TERM; exec sleep 300) & echo $! > ${pidFile}; wait`));
  await expect.poll(() => existsSync(pidFile)).toBe(true);

  await group.close();

  await expect.poll(async () => startOf(Number(await readFile(pidFile, 'utf8')))).toBeUndefined();
});

test('a member that ends by itself is told with its reason', async () => {
  const group = new ProcessGroup(recordFile, '');
  group.start(program('worker', 'exit 3'));

  const { member, reason } = await group.death;

  expect([member.name, reason]).toEqual(['worker', 'exit code 3']);
  await group.close();
});

test('a program that cannot be started says so', async () => {
  const group = new ProcessGroup(recordFile, '');

  const end = await group.run({ name: 'build', command: '/no/such/file', args: [], logFile: join(folder, 'log') });

  expect(end).toContain('ENOENT');
});

test('what a killed run left is stopped and named', async () => {
  const orphan = spawn('sleep', ['300'], { detached: true });
  const pid = orphan.pid ?? 0;
  await record(gone, [{ pid, started: startOf(pid) ?? '' }]);

  expect(await clearLeftovers(recordFile)).toEqual([`web (process ${pid})`]);

  expect(startOf(pid)).toBeUndefined();
  expect(existsSync(recordFile)).toBe(false);
});

test('a stranger who got the number of a process of ours is left alone', async () => {
  const stranger = spawn('sleep', ['300'], { detached: true });
  const pid = stranger.pid ?? 0;
  await record(gone, [{ pid, started: '1' }]);

  expect(await clearLeftovers(recordFile)).toEqual([]);

  expect(startOf(pid)).toBeDefined();
  stranger.kill('SIGKILL');
});

test('a run that is alive is named with its address, and nothing of it is touched', async () => {
  await record({ pid: process.pid, started: startOf(process.pid) ?? '' }, []);

  await expect(clearLeftovers(recordFile)).rejects.toThrow(
    `Carillon runs already, at http://localhost:3000 (process ${process.pid})`,
  );
});

test('a record that cannot be read is no obstacle', async () => {
  await writeFile(recordFile, '{"half');

  expect(await clearLeftovers(recordFile)).toEqual([]);
});
