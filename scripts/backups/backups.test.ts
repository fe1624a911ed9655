import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { appendEntries } from '../../lib/audit/append-entries.ts';
import { openCheckpoints } from '../../lib/audit/keep-checkpoints.ts';
import { readAuditKeys } from '../../lib/audit/keys.ts';
import { manifestName, unfinishedName } from '../../lib/backups/backup.ts';
import { openDatabase } from '../../lib/db/database.ts';
import { openRestore } from '../../lib/restores/store.ts';
import { until } from '../../testing/desk.ts';
import { startWholeServer, type WholeServer } from '../../testing/whole-server.ts';
import { root } from '../bootstrap.mjs';
import { startEmbedded } from '../processes/embedded.ts';

/** The two commands, each as a process of its own, at an installation whose server runs in `postgres` of its home. */

const auditKey = 'the-key-of-this-installation-and-no-other';
const keys = readAuditKeys({ AUDIT_KEY: auditKey });

let whole: WholeServer;
let backup: string;
beforeAll(async () => {
  whole = await startWholeServer();
  await writeFile(join(whole.folder, 'keys.env'), `AUDIT_KEY=${auditKey}\n`);
  await sign(3);
  await openCheckpoints(join(whole.folder, 'audit-checkpoints.jsonl'), keys)(whole.db);
  backup = join(whole.folder, 'backup');
});
afterAll(() => whole.remove());

async function sign(times: number): Promise<void> {
  const entry = () => ({ action: 'sign-in', outcome: 'applied', requestId: randomUUID() }) as const;
  await whole.db.transaction().execute((trx) => appendEntries(trx, Array.from({ length: times }, entry), keys));
}

type Told = { code: number; out: string; err: string };

async function run(command: 'backup' | 'restore', args: string[], env: Record<string, string> = {}): Promise<Told> {
  const { PATH, HOME, NODE_COMPILE_CACHE } = process.env;
  const child = spawn(process.execPath, [join(root, 'scripts', 'backups', `${command}.ts`), ...args], {
    env: {
      NODE_ENV: 'test',
      PATH,
      HOME,
      NODE_COMPILE_CACHE,
      CARILLON_HOME: whole.folder,
      CHIME_CONTROL_PORT: '1',
      ...env,
    },
    cwd: root,
  });
  const told: Told = { code: -1, out: '', err: '' };
  child.stdout.on('data', (text) => {
    told.out += text;
  });
  child.stderr.on('data', (text) => {
    told.err += text;
  });
  const [code] = await once(child, 'close');
  return { ...told, code };
}

/** An empty home with the keys in it. */
async function newHome(): Promise<string> {
  const home = join(whole.folder, `home-${randomUUID()}`);
  await mkdir(home);
  await cp(join(whole.folder, 'keys.env'), join(home, 'keys.env'));
  return home;
}

test('a backup while everything runs says what it holds and what to keep elsewhere, and has no key in it', async () => {
  const { code, out, err } = await run('backup', ['--to', backup]);

  expect([code, err]).toEqual([0, '']);
  expect(out).toContain('It holds the audit up to entry 3 or later, 0 people');
  expect(out).toContain(join(whole.folder, 'keys.env'));
  expect((await readdir(backup)).sort()).toEqual(['backup_manifest', 'base.tar', manifestName]);
  for (const name of await readdir(backup)) {
    expect((await readFile(join(backup, name), 'latin1')).includes(auditKey), name).toBe(false);
  }
});

test('a drill says up to where the copy is good and what would be lost, and leaves nothing behind', async () => {
  await sign(2);

  const { code, out, err } = await run('restore', ['--from', backup, '--drill']);

  expect([code, err]).toEqual([0, '']);
  expect(out).toMatch(/^Good up to entry 3, [\d-]+ [\d:]+ UTC; \d+ .* of writes would be lost \(2 entries\)\.\n/);
  expect(out).toContain('Every seal fits, 1 checkpoint agrees; 0 people, as many as its counts say.');
});

test('a restore into an empty home marks the data, ends what was signed in, and puts the checkpoints aside', async () => {
  const home = await newHome();
  await cp(join(whole.folder, 'audit-checkpoints.jsonl'), join(home, 'audit-checkpoints.jsonl'));

  const { code, out, err } = await run('restore', ['--from', backup], { CARILLON_HOME: home });

  expect([code, err]).toEqual([0, '']);
  expect(out).toContain('npm run admin -- accept-restore --why');
  expect((await readdir(home)).some((name) => name.startsWith('audit-checkpoints.jsonl.until-'))).toBe(true);
  const server = await startEmbedded({ dataDir: join(home, 'postgres'), fast: true });
  const db = openDatabase(server.url, 1);
  try {
    expect(await openRestore(db)).toMatchObject({ sequence: '3' });
  } finally {
    await db.destroy();
    await server.stop();
  }
  const again = await run('restore', ['--from', backup], { CARILLON_HOME: home });
  expect(again).toMatchObject({
    code: 1,
    err: `There are data in ${home}: a backup goes into an empty CARILLON_HOME only\n`,
  });
});

test('what cannot be restored is refused in one line', async () => {
  const home = { CARILLON_HOME: await newHome() };
  const cut = join(whole.folder, 'cut');
  await mkdir(join(cut, unfinishedName), { recursive: true });
  const newer = join(whole.folder, 'newer');
  await mkdir(newer);
  const text = await readFile(join(backup, manifestName), 'utf8');
  await writeFile(join(newer, manifestName), text.replace(/"schema": "[^"]+"/, '"schema": "9999-later"'));

  const onto = await run('restore', ['--from', backup]);
  expect(onto.err).toBe(`A database runs in ${whole.folder}: a backup goes into an empty CARILLON_HOME only\n`);
  const ofCut = await run('restore', ['--from', cut], home);
  expect(ofCut.err).toBe(`The backup in ${cut} was cut short: take another one\n`);
  const ofNewer = await run('restore', ['--from', newer, '--drill'], home);
  expect(ofNewer.err).toMatch(/^The backup has the schema 9999-later, which is newer than this release .*\n$/);
  const wrongKey = { ...home, AUDIT_KEY: 'another-key-that-has-never-sealed-anything' };
  const byWrongKey = await run('restore', ['--from', backup], wrongKey);
  expect(byWrongKey.err).toMatch(/^The audit in the backup is sealed with the key \w+, and the key here is \w+: .*\n$/);
  const without = await run('restore', ['--from', backup], home);
  expect(without.err).toMatch(/^There are no checkpoints in .*--without-checkpoints\n$/);
  const own = await run('restore', ['--from', backup], { ...home, DATABASE_URL: 'postgresql://127.0.0.1:1/x' });
  expect(own.err).toMatch(/^DATABASE_URL names a server of your own: .*\n$/);
  expect([onto, ofCut, ofNewer, byWrongKey, without, own].map(({ code }) => code)).toEqual([1, 1, 1, 1, 1, 1]);
  expect(existsSync(join(home.CARILLON_HOME, 'postgres'))).toBe(false);
});

test('without a database, and without a folder, a backup is refused in one line', async () => {
  const home = { CARILLON_HOME: await newHome() };

  expect(await run('backup', ['--to', join(whole.folder, 'none')], home)).toMatchObject({
    code: 1,
    err: `There is no database: none in ${home.CARILLON_HOME}, and DATABASE_URL is not set\n`,
  });
  expect(await run('backup', [])).toMatchObject({ code: 1, err: '--to is missing: npm run backup -- --to DIR\n' });
  const gone = { DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none' };
  expect((await run('backup', ['--to', join(whole.folder, 'none')], gone)).err).toMatch(
    /^The database cannot be reached: .*\n$/,
  );
});

test('npm start takes backups automatically, and removes the oldest beyond those that stay, but none of yours', async () => {
  const folder = join(whole.folder, 'automatic');
  await mkdir(join(folder, 'mine'), { recursive: true });
  const settings = { BACKUP_DIR: folder, BACKUP_EVERY_HOURS: 1 / 3_600, BACKUP_KEEP: 2 };
  const script = `
    const { keepBackups } = await import(${JSON.stringify(join(root, 'scripts/backups/scheduled-backups.ts'))});
    setInterval(() => {}, 1_000); // npm start runs on by itself
    await keepBackups(...${JSON.stringify([whole.server.url, whole.folder, settings])});`;
  const env = { ...process.env, CARILLON_HOME: whole.folder, CHIME_CONTROL_PORT: '1' };
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { env, cwd: root, stdio: 'inherit' });
  const ended = once(child, 'exit');
  try {
    const taken = new Set<string>();
    await until(async () => {
      const there = (await readdir(folder)).filter((name) => existsSync(join(folder, name, manifestName)));
      for (const name of there) taken.add(name);
      return taken.size >= 4 && there.length <= 3;
    });
    const [first = ''] = [...taken].sort();
    await until(async () => !existsSync(join(folder, first)));
    expect(await readdir(folder)).toContain('mine');
  } finally {
    child.kill();
    await ended;
  }
});
