import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { accountId, insertPeople, person, withPeople } from '../../testing/people.ts';
import { holdUsers } from './store.ts';

test('holding people looks at nobody else, also where PostgreSQL does not know yet how many there are', () =>
  withPeople([], async (db) => {
    const ids = (from: number, to: number) => Array.from({ length: to - from }, (_, place) => `p${from + place}`);
    await sql`analyze users`.execute(db);
    await insertPeople(
      db,
      ids(0, 4_000).map((id) => person(id, id)),
    );
    const looked = await db.transaction().execute(async (trx) => {
      await holdUsers(trx, accountId, ids(100, 300));
      const { rows } = await sql<{ people: string }>`
        select seq_tup_read + idx_tup_fetch as people from pg_stat_xact_user_tables where relname = 'users'`.execute(
        trx,
      );
      return Number(rows[0]?.people);
    });
    expect(looked).toBe(200);
  }));
