import { Kysely, PostgresDialect, type Transaction } from 'kysely';
import pg from 'pg';
import type { Schema } from './schema.ts';

export type Database = Kysely<Schema>;
/** A database or a transaction on it: what a store's function needs to run its SQL. */
export type Executor = Database | Transaction<Schema>;

/** Opens a pool of connections to PostgreSQL; `.destroy()` closes it. Nothing is asked of the server until the first query. */
export function openDatabase(url: string, connections = 10): Database {
  return new Kysely<Schema>({ dialect: new PostgresDialect({ pool: openPool(url, connections) }) });
}

function openPool(url: string, connections: number) {
  const pool = new pg.Pool({ connectionString: url, max: connections });
  // A connection that dies while idle is replaced at the next query; without a listener it would end the process.
  pool.on('error', () => {});
  return pool;
}

/** Whether PostgreSQL refused a row because of this unique index (SQLSTATE 23505, unique_violation). */
export function isUniqueViolation(error: unknown, index: string): boolean {
  return error instanceof pg.DatabaseError && error.code === '23505' && error.constraint === index;
}
