import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { cacheMb, type EmbeddedServer, startEmbedded } from './embedded.ts';

let dataDir: string;
const started: EmbeddedServer[] = [];

// One folder for all of them: to create a cluster takes far longer than to start one.
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'carillon-embedded-'));
  await chmod(dataDir, 0o711);
});

afterEach(async () => {
  for (const server of started.splice(0)) await server.stop();
});

afterAll(() => rm(dataDir, { recursive: true, force: true }));

async function start({ fast } = { fast: true }) {
  const server = await startEmbedded({ dataDir, fast });
  started.push(server);
  return server;
}

async function ask(server: EmbeddedServer, sql: string) {
  const client = new pg.Client({ connectionString: server.url });
  client.on('error', () => {}); // the server may be killed under it
  await client.connect();
  const { rows } = await client.query({ text: sql, rowMode: 'array' });
  await client.end();
  return rows;
}

test('data, port and password are the same after a stop and a start', async () => {
  const first = await start();
  await ask(first, 'create table kept as select 7 as number');
  await first.stop();

  const second = await start();

  expect(await ask(second, 'select number from kept')).toEqual([[7]]);
  expect(second.url).toBe(first.url);
});

test('a server killed with kill -9 starts again by itself, with all that was committed', async () => {
  const first = await start({ fast: false });
  await ask(first, 'create table committed as select 7 as number');
  process.kill(first.pid, 'SIGKILL');
  await first.ended;

  const second = await start();

  expect(await ask(second, 'select number from committed')).toEqual([[7]]);
});

test.each([
  [256, 128],
  [4_096, 1_024],
  [65_536, 2_048],
])('a server on a machine of %i MB keeps what it reads in at most %i MB', (memory, cache) => {
  expect(cacheMb(memory)).toBe(cache);
});

test('a stale pid file that names a living stranger is no obstacle', async () => {
  const first = await start();
  await first.stop();
  await writeFile(join(dataDir, 'cluster', 'postmaster.pid'), `${process.pid}\n`);

  const second = await start();

  expect(second.isRunning()).toBe(true);
});

test('a second server on the same data is refused by name, and the first goes on', async () => {
  const first = await start();

  await expect(startEmbedded({ dataDir, fast: true })).rejects.toThrow(`(process ${first.pid}) already runs`);

  expect(await ask(first, 'select 1')).toEqual([[1]]);
});

test('a creation cut short leaves nothing in the way', async () => {
  const first = await start();
  await first.stop();
  await rm(join(dataDir, 'cluster'), { recursive: true });
  await writeFile(join(dataDir, 'cluster.new'), 'half');

  const second = await start();

  expect(await ask(second, 'select 1')).toEqual([[1]]);
});

test('data of another major version are refused in one line, and stay as they are', async () => {
  const first = await start();
  await first.stop();
  const version = join(dataDir, 'cluster', 'PG_VERSION');
  const own = await readFile(version, 'utf8');
  await writeFile(version, '17\n');

  await expect(startEmbedded({ dataDir, fast: true })).rejects.toThrow(
    /^The data in .*cluster are of PostgreSQL 17, and PostgreSQL \d+ comes along: run npm run upgrade-database$/,
  );

  await writeFile(version, own);
  expect(await ask(await start(), 'select 1')).toEqual([[1]]);
});

test('the password is for its owner alone, and needed', async () => {
  const server = await start();
  const stranger = new URL(server.url);
  stranger.password = 'guess';

  const { mode } = await stat(join(dataDir, 'password'));

  expect(mode & 0o777).toBe(0o600);
  expect(server.url).toContain((await readFile(join(dataDir, 'password'), 'utf8')).trim());
  await expect(new pg.Client({ connectionString: stranger.href }).connect()).rejects.toThrow('password');
});

test('letters beyond ASCII are lower-cased, and found through trigrams', async () => {
  const server = await start();
  await ask(server, 'create extension pg_trgm');

  const [row] = await ask(server, "select lower('ÅSA'), cardinality(show_trgm('日本語')) > 0");

  expect(row).toEqual(['åsa', true]);
});
