import { sql } from 'kysely';
import pg from 'pg';
import type { Database, Executor } from './database.ts';
import { type Migrations, migrations } from './migrations/list.ts';

/** The number of a schema is that of its last migration. A program has the schema that it was made for. */
const numberOf = (name: string): number => Number.parseInt(name, 10);

const newestOf = (list: Migrations): string => Object.keys(list).at(-1) ?? '0';

/** The schema that this program is made for. */
export const ownSchema = numberOf(newestOf(migrations));

/** The first program that looks whether it fits. */
const firstThatLooks = 45;

/** The program and the database do not go together; the message is one line that says what to do. */
export class SchemaUnfit extends Error {
  override name = 'SchemaUnfit';
}

type Fit = { schema: number; oldestProgram: number };

/** Undefined for a database from before this was kept, or without any tables of ours. */
async function readFit(db: Executor): Promise<Fit | undefined> {
  try {
    const { rows } = await sql<Fit>`select schema, oldest_program as "oldestProgram" from schema_fit`.execute(db);
    return rows[0];
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === '42P01') return undefined; // undefined_table
    throw error;
  }
}

/** As SQL: whether a program made for `ownSchema` works with the database. */
export const isFitting = sql<boolean>`coalesce((
  select schema >= ${sql.lit(ownSchema)} and oldest_program <= ${sql.lit(ownSchema)} from schema_fit), false)`;

/** Throws `SchemaUnfit` where a program made for the schema `program` does not work with the database as it is. */
export async function refuseUnfit(db: Database, program = ownSchema): Promise<void> {
  const fit = await readFit(db);
  refuseOlderProgram(fit, program);
  if (fit === undefined || fit.schema < program) {
    throw new SchemaUnfit(
      `The database has the schema ${fit?.schema ?? 'of an earlier version'}, and this program needs ${program}: run node lib/migrate.ts`,
    );
  }
}

/**
 * Whether there is something to migrate to. False for a database that is newer and works with this program; throws `SchemaUnfit` for
 * one that does not.
 */
export async function isBehind(db: Database, program = ownSchema): Promise<boolean> {
  const fit = await readFit(db);
  refuseOlderProgram(fit, program);
  return fit === undefined || fit.schema <= program;
}

function refuseOlderProgram(fit: Fit | undefined, program: number): void {
  if (fit === undefined || fit.oldestProgram <= program) return;
  throw new SchemaUnfit(
    `The database needs a program of schema ${fit.oldestProgram} or newer, and this one is of ${program}: install the newer version`,
  );
}

/** Notes what the migrations have made of the database. */
export async function recordFit(db: Database, list: Migrations): Promise<void> {
  const oldest = Object.values(list).map(({ oldestProgram = firstThatLooks }) => oldestProgram);
  await sql`
    insert into schema_fit (schema, oldest_program) values (${numberOf(newestOf(list))}, ${Math.max(...oldest)})
    on conflict (is_only) do update set schema = excluded.schema, oldest_program = excluded.oldest_program`.execute(db);
}
