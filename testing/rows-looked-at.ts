import { sql } from 'kysely';
import type { Database } from '../lib/db/database.ts';

/** How many rows of each table PostgreSQL has looked at so far, by table; a connection tells of its own when it ends. */
export async function rowsLookedAt(db: Database): Promise<Map<string, number>> {
  await sql`select pg_stat_force_next_flush()`.execute(db);
  const { rows } = await sql<{ table: string; rows: number }>`
    select relname as table, (coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))::float8 as rows
    from pg_stat_user_tables`.execute(db);
  return new Map(rows.map(({ table, rows: count }) => [table, count]));
}
