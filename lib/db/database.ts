import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import pg from 'pg';
import { Refusal } from '../failures.ts';
import { beginAsApp } from './app-settings.ts';
import { openPool, type PoolOptions } from './pool.ts';
import type { Schema } from './schema.ts';

export type Database = Kysely<Schema>;
/** A database or a transaction on it: what a store's function needs to run its SQL. */
export type Executor = Database | Transaction<Schema>;

/** Opens a pool of connections to PostgreSQL; `.destroy()` closes it. Nothing is asked of the server until the first query. */
export function openDatabase(url: string, connections = 10): Database {
  return new Kysely<Schema>({ dialect: new PostgresDialect({ pool: openPool(url, { connections }) }) });
}

/**
 * The same with the rights of web and worker alone, whatever those of the login are: no table of ours can be altered, and
 * the audit only added to. A transaction that its process leaves open ends by itself, for it may hold the end of the audit, and
 * so does a statement after a minute (`atLength` allows more).
 */
export function openAppDatabase(
  url: string,
  connections = 10,
  events: Pick<PoolOptions, 'onLost' | 'onFound'> = {},
): Database {
  const pool = openPool(url, { connections, begin: beginAsApp, ...events });
  return new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
}

/** Runs what may take long where there are very many people, in a transaction whose statements have 15 minutes each. */
export function atLength<T>(db: Executor, run: (trx: Executor) => Promise<T>): Promise<T> {
  return inTransaction(db, async (trx) => {
    await sql`select set_config('statement_timeout', '15min', true)`.execute(trx);
    return run(trx);
  });
}

/**
 * Lets the transaction at hand end without waiting for the disk, or for a standby. For what may be lost where the server crashes right
 * afterwards, because it is learnt again.
 */
export async function commitUnwaited(trx: Executor): Promise<void> {
  await sql`select set_config('synchronous_commit', 'off', true)`.execute(trx);
}

/** Whether PostgreSQL refused a row for what is in it (SQLSTATE classes 22 and 23): trying again would not help. */
export function isRefusedRow(error: unknown): boolean {
  return error instanceof pg.DatabaseError && /^2[23]/.test(error.code ?? '');
}

/**
 * For how long what is over is kept: longer than the steps of the counts, whose causes it explains. Deletions take so few rows at a
 * time that nobody waits for them.
 */
export const keptMonths = sql`interval '15 months'`;
export const fewRows = 1_000;

/** Runs in the transaction at hand, or in one of its own. */
export function inTransaction<T>(db: Executor, run: (trx: Executor) => Promise<T>): Promise<T> {
  return db.isTransaction ? run(db) : db.transaction().execute(run);
}

/** SQLSTATE: connection exceptions (08), takes no writes, too many connections, shutting down, crashed, starting. */
const awayStates = /^(?:08\w{3}|25006|53300|57P0[123])$/;
/** What the system says of a connection that fails, and pg of one that breaks. */
const awayCodes = [
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
  'EPIPE',
];
const awayWords =
  /^Connection terminated|^timeout (?:expired|exceeded when trying to connect)|^Client has encountered a connection error/;

/** Whether an error of a query means that the database is not there, and may be again later. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (error instanceof pg.DatabaseError) return awayStates.test(code);
  // Of another bundle of Next's it is another class, and a build shortens what a class itself is called.
  if (error.name === 'NoPrimary') return true;
  return awayCodes.includes(code) || awayWords.test(error.message);
}

/** The refusal that says so, where an error means that the database is not there; else the error as it is. */
export function asAway(error: unknown): unknown {
  return isDatabaseAway(error) ? new Refusal('no-database', 'The database cannot be reached.') : error;
}

/** Whether PostgreSQL refused a row because of this unique index (SQLSTATE 23505, unique_violation). */
export function isUniqueViolation(error: unknown, index: string): boolean {
  return error instanceof pg.DatabaseError && error.code === '23505' && error.constraint === index;
}
