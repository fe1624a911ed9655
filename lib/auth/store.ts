import { sql } from 'kysely';
import type { Executor } from '../db/database.ts';
import type { Role } from './permissions.ts';

/** A person who uses this dashboard. */
export type Operator = { id: string; username: string; name: string; role: Role };

/** An operator by user name, with the hash of the password; undefined when unknown or disabled. */
export async function findOperator(
  db: Executor,
  username: string,
): Promise<(Operator & { passwordHash: string }) | undefined> {
  const row = await db
    .selectFrom('operators')
    .select(['id', 'username', 'name', 'role', 'password_hash as passwordHash'])
    .where('username', '=', username)
    .where('disabled_at', 'is', null)
    .executeTakeFirst();
  return row;
}

/** Adds an operator, or gives a known one this name, role and password; a new password ends their sessions. */
export async function saveOperator(db: Executor, operator: Operator & { passwordHash: string }): Promise<void> {
  const facts = { name: operator.name, role: operator.role, password_hash: operator.passwordHash };
  await db
    .insertInto('operators')
    .values({ id: operator.id, username: operator.username, ...facts })
    .onConflict((conflict) => conflict.column('username').doUpdateSet(facts))
    .execute();
  await sql`
    update sessions set revoked_at = clock_timestamp()
    where operator_id = ${operator.id} and revoked_at is null`.execute(db);
}

/** Opens a session of at most 12 hours under the hash of its ID. */
export async function openSession(db: Executor, idHash: string, operatorId: string): Promise<void> {
  await sql`
    insert into sessions (id_hash, operator_id, expires_at)
    values (${idHash}, ${operatorId}, clock_timestamp() + interval '12 hours')`.execute(db);
}

/**
 * The operator behind a live session, with today's role: not revoked, not disabled, not over 12 hours old, used within the
 * last 30 minutes. Each use keeps it alive.
 */
export async function touchSession(db: Executor, idHash: string): Promise<Operator | undefined> {
  const session = await findSession(db, idHash);
  if (!session) return undefined;
  if (session.idle) await sql`update sessions set seen_at = clock_timestamp() where id_hash = ${idHash}`.execute(db);
  return session.operator;
}

/** The same without keeping it alive; `idle`: nobody has used it for a minute. */
export async function findSession(
  db: Executor,
  idHash: string,
): Promise<{ operator: Operator; idle: boolean } | undefined> {
  const { rows } = await sql<Operator & { idle: boolean }>`
    select operators.id, username, name, role, sessions.seen_at < clock_timestamp() - interval '1 minute' as idle
    from sessions join operators on operators.id = sessions.operator_id
    where id_hash = ${idHash} and revoked_at is null and disabled_at is null and expires_at > clock_timestamp()
      and seen_at > clock_timestamp() - interval '30 minutes'`.execute(db);
  const [row] = rows;
  if (!row) return undefined;
  const { idle, ...operator } = row;
  return { operator, idle };
}

/** Ends a session at once, everywhere. */
export async function revokeSession(db: Executor, idHash: string): Promise<void> {
  await sql`
    update sessions set revoked_at = clock_timestamp()
    where id_hash = ${idHash} and revoked_at is null`.execute(db);
}
