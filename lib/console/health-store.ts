import { sql } from 'kysely';
import type { Executor } from '../db/database.ts';

/** What a database says of itself at one moment, `now` by its own clock. `workers`: those seen within 30 s. */
export type Health = {
  now: Date;
  version: string;
  login: string;
  connections: number;
  mostConnections: number;
  workers: number;
};

/** Asks for it in one statement. */
export async function readHealth(db: Executor): Promise<Health> {
  const { rows } = await sql<Health>`
    select clock_timestamp() as now, current_setting('server_version') as version, session_user::text as login,
      (select count(*)::int from pg_stat_activity where backend_type = 'client backend') as connections,
      current_setting('max_connections')::int as "mostConnections",
      (select count(*)::int from workers where seen_at > clock_timestamp() - interval '30 seconds') as workers`.execute(
    db,
  );
  const [row] = rows;
  if (!row) throw new Error('The database answers nothing.');
  return row;
}
