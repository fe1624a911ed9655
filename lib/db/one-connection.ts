import { Kysely, PostgresDialect, type PostgresPoolClient } from 'kysely';
import type pg from 'pg';
import { connectToPrimary } from './connections.ts';
import type { Database } from './database.ts';
import type { Schema } from './schema.ts';

/**
 * One connection of its own to the primary, made at the first query, beside every pool. `.destroy()` cuts it at once, so that what waits
 * for a server that says nothing fails; nothing can be asked afterwards.
 */
export function openOneConnection(url: string, name: string): Database {
  let connecting: Promise<pg.Client> | undefined;

  async function connect(): Promise<PostgresPoolClient> {
    connecting ??= connectToPrimary(url, name).then(({ client }) => client);
    const client = await connecting;
    return Object.assign(client, { release() {} });
  }

  const cut = async () => {
    // One that stands only later is not left behind either.
    void connecting?.then((client) => client.connection.stream.destroy()).catch(() => undefined);
  };
  return new Kysely<Schema>({ dialect: new PostgresDialect({ pool: { options: {}, connect, end: cut } }) });
}
