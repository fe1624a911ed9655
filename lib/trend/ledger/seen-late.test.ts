import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { accountId, withPeople } from '../../../testing/people.ts';
import { findSeenLate } from './seen-late-store.ts';

const hourMs = 3_600_000;

test('what was seen after a gap is found without reading the steps of all months', () =>
  withPeople([], async (db) => {
    const now = Date.now();
    const ago = (hours: number) => new Date(now - hours * hourMs);
    await sql`
      insert into movements (account_id, at, user_id, kind, from_license, to_license)
      select ${accountId}, ${ago(0)}::timestamptz - place * interval '6 minutes', 'ana', 'moved', 'Basic', 'Pro'
      from generate_series(1, 20000) as place`.execute(db);
    await sql`analyze movements`.execute(db);
    const gaps = [
      { accountId, from: ago(1_500), until: ago(1_498), because: null },
      { accountId, from: ago(20), until: null, because: null },
    ];
    await db.transaction().execute(async (trx) => {
      const late = await findSeenLate(trx, gaps, [ago(2_000), ago(1_499), ago(30)]);
      const pro = late.filter(({ license }) => license === 'Pro').map(({ bucket, up, down }) => [bucket, up, down]);
      expect(pro.toSorted()).toEqual([
        [0, 10, 0],
        [1, 10, 0],
        [2, 200, 0],
      ]);

      const { rows } = await sql<{ read: string }>`
        select sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0)) as read from pg_stat_xact_user_tables
        where schemaname = 'movement_months'`.execute(trx);
      expect(Number(rows[0]?.read)).toBeLessThan(1_000);
    });
  }));
