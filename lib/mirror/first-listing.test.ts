import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { withChime } from '../../testing/chime.ts';
import { withDatabase } from '../../testing/database.ts';
import { connectChime } from '../chime/chime.ts';
import { type Database, openDatabase } from '../db/database.ts';
import { syncAccounts, syncDueAccount } from './sync-mirror.ts';

const people = 5_000;

test('a first listing looks each person up alone, also where a small account was listed before', () =>
  withChime(
    (chime) =>
      withDatabase(async (db, url) => {
        const { enterprise } = chime.accounts;
        const deps = { db: openDatabase(url), chime: connectChime(chime) };
        await syncAccounts(deps);
        await sql`update accounts set sync_wanted = id <> ${enterprise}`.execute(db);
        const small = [await syncDueAccount(deps), await syncDueAccount(deps)];
        expect(small.map((synced) => synced?.accountId)).not.toContain(enterprise);

        const before = await lookedAt(db);
        expect(await syncDueAccount(deps)).toEqual({ accountId: enterprise });
        await deps.db.destroy(); // a connection that ends tells what it has looked at
        deps.chime.disconnect();

        expect(Number((await lookedAt(db)) - before) / people).toBeLessThan(50);
      }),
    { users: people },
  ));

/** How many rows of people were looked at so far. */
async function lookedAt(db: Database): Promise<bigint> {
  await sql`select pg_stat_force_next_flush()`.execute(db);
  const { rows } = await sql<{ rows: string }>`
    select coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0) as rows from pg_stat_user_tables where relname = 'users'`.execute(
    db,
  );
  return BigInt(rows[0]?.rows ?? 0);
}
