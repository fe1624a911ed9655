import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import pg from 'pg';
import { addressesOf } from './addresses.ts';
import { appSettings, appRole as role } from './app-settings.ts';
import { type Database, type Executor, openDatabase } from './database.ts';

/** Any number: it keeps two processes from granting at once, which PostgreSQL answers with an error. */
const lock = 4_620_113;

/**
 * Gives web and worker the rights they need and no more: to read and write rows, of the audit to add entries only, and to
 * alter nothing. Part of every migration, as each may have added tables. Throws, saying what to do, when the login may not
 * make the role.
 */
export async function grantApp(db: Database): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(${lock})`.execute(trx);
    if (!(await isMember(trx))) await makeRole(trx);
    for (const grant of grants) await sql.raw(grant).execute(trx);
    await settleLogins(trx);
  });
}

const grants = [
  `grant usage on schema public to ${role}`,
  `grant select, insert, update, delete on all tables in schema public to ${role}`,
  `grant usage on all sequences in schema public to ${role}`,
  `grant maintain on users to ${role}`,
  `revoke all on kysely_migration, kysely_migration_lock from ${role}`,
  `revoke all on schema_fit from ${role}`,
  `grant select on schema_fit to ${role}`,
  `revoke all on audit_entries, audit_head, audit_cuts from ${role}`,
  `grant select, insert on audit_entries to ${role}`,
  `grant select, update on audit_head to ${role}`,
  `revoke all on movements from ${role}`,
  `grant select, insert on movements to ${role}`,
];

/**
 * Lets each connection of web and worker begin as what they are, by a setting of their login: behind a pooler, a statement at the
 * beginning of a connection would reach some servers' connections and others not. Only for logins that own nothing here, and
 * where the login that migrates may; elsewhere each connection says so itself (`beginAsApp`).
 */
export async function settleLogins(trx: Executor): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select login.rolname as name from pg_auth_members
    join pg_roles role on role.oid = roleid
    join pg_roles login on login.oid = member
    where role.rolname = ${role} and login.rolcanlogin and not login.rolsuper and login.rolname <> current_user
      and not exists (select from pg_class where relowner = login.oid and relnamespace = 'public'::regnamespace)
    order by 1`.execute(trx);
  for (const { name } of rows) await sql.raw(settled(name)).execute(trx);
}

const settled = (login: string) => `
  do $$ begin
    ${appSettings.map(([name, value]) => `execute format('alter role %I in database %I set ${name} = %L', ${pg.escapeLiteral(login)}, current_database(), '${value}');`).join('\n    ')}
  exception when insufficient_privilege or undefined_object then null;
  end $$`;

async function isMember(trx: Database): Promise<boolean> {
  const { rows } = await sql<{ is_member: boolean }>`
    select pg_has_role(current_user, oid, 'SET') as is_member from pg_roles where rolname = ${role}`.execute(trx);
  return rows[0]?.is_member ?? false;
}

async function makeRole(trx: Database): Promise<void> {
  try {
    await sql
      .raw(`
      do $$ begin
        create role ${role} nologin;
      exception when duplicate_object or unique_violation then null;
      end $$`)
      .execute(trx);
    await sql.raw(`grant ${role} to current_user`).execute(trx);
  } catch (cause) {
    throw new Error(
      `This login may not make the role that web and worker work as. Let someone who may run: create role ${role} nologin; grant ${role} to "the login that migrates"`,
      { cause },
    );
  }
}

/**
 * A login for web and worker that is nothing but theirs, with a password made now: the address to connect to. For a server of
 * our own; of another server, an administrator chooses both (DATABASE_LOGIN_URL).
 */
export async function provideAppLogin(url: string): Promise<string> {
  const address = new URL(url);
  address.username = 'carillon_desk';
  address.password = randomBytes(24).toString('base64url');
  await makeAppLogin(url, address.href);
  return address.href;
}

/**
 * Makes the login that `appUrl` names, or gives it the password that stands there; `url` is of one who may. Throws where the
 * address has no name or no password, and where the name is the owner's own.
 */
export async function makeAppLogin(url: string, appUrl: string): Promise<void> {
  const [owner, login] = [url, appUrl].map((one) => new URL(addressesOf(one)[0] ?? ''));
  const [name, password] = [login?.username, login?.password].map((part) => decodeURIComponent(part ?? ''));
  if (!name || !password) throw new Error('The address of the login for web and worker has no name or no password.');
  if (login?.username === owner?.username) {
    throw new Error('Web and worker need a login of their own: its address names the owner of the tables.');
  }
  const db = openDatabase(url, 1);
  try {
    await sql
      .raw(`
      do $$ begin
        create role ${pg.escapeIdentifier(name)} login in role ${role};
      exception when duplicate_object or unique_violation then null;
      end $$`)
      .execute(db);
    await sql.raw(`grant ${role} to ${pg.escapeIdentifier(name)}`).execute(db);
    await sql.raw(`alter role ${pg.escapeIdentifier(name)} password ${pg.escapeLiteral(password)}`).execute(db);
    await sql.raw(settled(name)).execute(db);
  } finally {
    await db.destroy();
  }
}
