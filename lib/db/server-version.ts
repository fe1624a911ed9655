import { sql } from 'kysely';
import type { Database } from './database.ts';

/** The statements rely on it: `returning old`, and indexes whose first columns a search leaves open. */
const oldestServer = 18;

/** Throws for a server that is too old, naming both versions. */
export async function refuseOldServer(db: Database): Promise<void> {
  const { rows } = await sql<{ version: string }>`select current_setting('server_version') as version`.execute(db);
  const version = rows[0]?.version ?? '';
  if (Number.parseInt(version, 10) < oldestServer) {
    throw new Error(`Carillon needs PostgreSQL ${oldestServer} or newer; this one is ${version}`);
  }
}
