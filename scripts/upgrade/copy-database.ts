import { type RawBuilder, sql } from 'kysely';
import type { Database, Executor } from '../../lib/db/database.ts';
import { migrations } from '../../lib/db/migrations/list.ts';
import { runMigrations } from '../../lib/db/run-migrations.ts';

/** Where the other server's tables are seen while they are copied. */
const foreign = 'carillon_upgrade';

/** A table by its schema and name. */
type Table = { schema: string; name: string };

/** What a table holds, whatever the order of its rows. */
export type TableSum = { table: string; rows: string; sum: string };

/** Where each sequence is; null for one that has never been used. */
export type SequenceAt = { sequence: string; last: string | null };

/** The schema of a database, by the migrations it has had. */
export async function schemaOf(db: Executor): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  return rows.map(({ name }) => name);
}

/**
 * Copies a database of ours into one that is empty, by way of PostgreSQL itself (postgres_fdw), which only reads the old one: the same
 * migrations, all rows, and where the sequences are. In the new one all of it happens or nothing. Roles and settings of the old server stay there.
 */
export async function copyDatabase(from: Database, fromUrl: string, to: Database, toUrl: string): Promise<void> {
  const had = await schemaOf(from);
  const list = Object.fromEntries(Object.entries(migrations).filter(([name]) => had.includes(name)));
  await runMigrations(to, toUrl, list, () => {});
  const tables = await tablesOf(from);
  await to.transaction().execute(async (trx) => {
    await addPartitions(trx, from);
    await seeOther(trx, fromUrl, tables);
    await withoutTriggers(trx, async () => {
      await sql`truncate ${sql.join(tables.map(called))}`.execute(trx);
      for (const table of tables) await copyRows(trx, table);
    });
    for (const { sequence, last } of await sequencesOf(from)) {
      if (last !== null) await sql`select setval(${sequence}::regclass, ${last}::bigint)`.execute(trx);
    }
    await sql`drop schema ${sql.id(foreign)} cascade`.execute(trx);
  });
  await sql`analyze`.execute(to);
}

const called = ({ schema, name }: Table): RawBuilder<unknown> => sql.table(`${schema}.${name}`);

/** All tables but partitions, whose rows come with their table. */
async function tablesOf(db: Executor): Promise<Table[]> {
  const { rows } = await sql<Table>`
    select nspname as schema, relname as name from pg_class
    join pg_namespace on pg_namespace.oid = relnamespace
    where relkind in ('r', 'p') and not relispartition and nspname !~ '^pg_' and nspname <> 'information_schema'
    order by 1, 2`.execute(db);
  return rows;
}

/** Partitions are made as time passes, not by migrations alone. */
async function addPartitions(trx: Executor, from: Executor): Promise<void> {
  const { rows } = await sql<Table & { of: string; bound: string }>`
    select nspname as schema, part.relname as name, inhparent::regclass::text as of, pg_get_expr(part.relpartbound, part.oid) as bound
    from pg_inherits join pg_class part on part.oid = inhrelid join pg_namespace on pg_namespace.oid = part.relnamespace
    where part.relispartition and part.relkind = 'r'`.execute(from);
  for (const { of, bound, ...part } of rows) {
    await sql`create table if not exists ${called(part)} partition of ${sql.raw(of)} ${sql.raw(bound)}`.execute(trx);
  }
}

async function seeOther(trx: Executor, url: string, tables: Table[]): Promise<void> {
  const { hostname, port, pathname, username, password } = new URL(url);
  const schemas = new Set(tables.map(({ schema }) => schema));
  await sql`create schema ${sql.id(foreign)}`.execute(trx);
  await sql`create extension postgres_fdw with schema ${sql.id(foreign)}`.execute(trx);
  await sql`create server ${sql.id(foreign)} foreign data wrapper postgres_fdw
    options (host ${sql.lit(hostname)}, port ${sql.lit(port)}, dbname ${sql.lit(pathname.slice(1))}, fetch_size '5000')`.execute(
    trx,
  );
  await sql`create user mapping for current_user server ${sql.id(foreign)}
    options (user ${sql.lit(decodeURIComponent(username))}, password ${sql.lit(decodeURIComponent(password))})`.execute(
    trx,
  );
  for (const schema of schemas) {
    const names = tables.filter((one) => one.schema === schema).map(({ name }) => sql.id(name));
    await sql`import foreign schema ${sql.id(schema)} limit to (${sql.join(names)})
      from server ${sql.id(foreign)} into ${sql.id(foreign)} options (import_generated 'false', import_not_null 'false')`.execute(
      trx,
    );
  }
}

/** Rows are copied as they are: what our triggers and references made of them is among them. Some triggers always fire, and are put back so. */
async function withoutTriggers(trx: Executor, run: () => Promise<void>): Promise<void> {
  const { rows } = await sql<Table & { trigger: string }>`
    select nspname as schema, relname as name, tgname as trigger from pg_trigger
    join pg_class on pg_class.oid = tgrelid join pg_namespace on pg_namespace.oid = relnamespace
    where tgenabled = 'A' and not tgisinternal and not relispartition`.execute(trx);
  await sql`set local session_replication_role = replica`.execute(trx);
  for (const one of rows) await sql`alter table ${called(one)} disable trigger ${sql.id(one.trigger)}`.execute(trx);
  await run();
  for (const one of rows)
    await sql`alter table ${called(one)} enable always trigger ${sql.id(one.trigger)}`.execute(trx);
  await sql`set local session_replication_role = origin`.execute(trx);
}

async function copyRows(trx: Executor, table: Table): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select attname as name from pg_attribute
    where attrelid = ${`"${table.schema}"."${table.name}"`}::regclass and attnum > 0 and not attisdropped and attgenerated = ''
    order by attnum`.execute(trx);
  const columns = sql.join(rows.map(({ name }) => sql.id(name)));
  await sql`insert into ${called(table)} (${columns}) overriding system value
    select ${columns} from ${called({ schema: foreign, name: table.name })}`.execute(trx);
}

/** What each table holds: how many rows, and the sum of a hash of each, generated columns among it. */
export async function tableSums(db: Database): Promise<TableSum[]> {
  return db.transaction().execute(async (trx) => {
    await sql`set local timezone = 'UTC'`.execute(trx); // a row as text is the same on both servers
    const sums: TableSum[] = [];
    for (const table of await tablesOf(trx)) {
      const { rows } = await sql<{ rows: string; sum: string }>`
        select count(*) as rows, coalesce(sum(('x' || left(md5(one::text), 15))::bit(60)::bigint::numeric), 0)::text as sum
        from ${called(table)} one`.execute(trx);
      sums.push({ table: `${table.schema}.${table.name}`, rows: rows[0]?.rows ?? '', sum: rows[0]?.sum ?? '' });
    }
    return sums;
  });
}

export async function sequencesOf(db: Executor): Promise<SequenceAt[]> {
  const { rows } = await sql<SequenceAt>`
    select format('%I.%I', schemaname, sequencename) as sequence, last_value as last from pg_sequences order by 1`.execute(
    db,
  );
  return rows;
}
