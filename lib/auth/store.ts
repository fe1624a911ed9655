import { sql } from 'kysely';
import { type Executor, fewRows } from '../db/database.ts';
import type { Role } from '../operators/roles.ts';
import type { Access } from './access.ts';

/**
 * A person who uses this dashboard, with what they may do at the moment, and where; `groups`: those the identity provider named
 * when the session began.
 */
export type Operator = Access & { id: string; name: string; groups: readonly string[] | null };

/** An operator with a password here. */
export type LocalOperator = { id: string; username: string; name: string; role: Role };

/**
 * What is known of an operator by themselves: of one that a provider knows, neither role nor accounts. `groupsClaim`: the claim
 * that named their groups when they last signed in; null where that was not written down yet.
 */
type KnownOperator = {
  id: string;
  name: string;
  issuer: string | null;
  role: Role | null;
  groupsClaim: string | null;
};

/** An operator by user name, with the hash of the password; undefined when unknown or disabled. */
export async function findOperator(
  db: Executor,
  username: string,
): Promise<(LocalOperator & { passwordHash: string }) | undefined> {
  const { rows } = await sql<LocalOperator & { passwordHash: string }>`
    select id, username, name, role, password_hash as "passwordHash" from operators
    where username = ${username} and issuer is null and disabled_at is null`.execute(db);
  return rows[0];
}

/** Whether there is an operator of that user name, disabled or not. */
export async function isThere(db: Executor, username: string): Promise<boolean> {
  const row = await db.selectFrom('operators').select('id').where('username', '=', username).executeTakeFirst();
  return row !== undefined;
}

/** Holds an operator as they were just now until the transaction ends; false when they have another password by now, or may not come in. */
export async function holdOperator(
  trx: Executor,
  { id, passwordHash }: Pick<LocalOperator, 'id'> & { passwordHash: string },
): Promise<boolean> {
  const { rows } = await sql`
    select from operators where id = ${id} and password_hash = ${passwordHash} and disabled_at is null for share`.execute(
    trx,
  );
  return rows.length > 0;
}

/** Adds an operator, or gives a known one this name, role and password; a new password ends their sessions. */
export async function saveOperator(db: Executor, operator: LocalOperator & { passwordHash: string }): Promise<void> {
  const facts = { name: operator.name, role: operator.role, password_hash: operator.passwordHash };
  await db
    .insertInto('operators')
    .values({ id: operator.id, username: operator.username, ...facts })
    .onConflict((conflict) => conflict.column('username').doUpdateSet(facts))
    .execute();
  await revokeSessionsOf(db, operator.id);
}

/** Writes down an operator that a provider has let in, under the name and e-mail it gives today; the answer says whether we have disabled them. */
export async function saveProviderOperator(
  db: Executor,
  operator: { id: string; name: string; email: string | null; issuer: string; subject: string; groupsClaim: string },
): Promise<{ isDisabled: boolean }> {
  const { id, name, email, issuer, subject, groupsClaim } = operator;
  const { rows } = await sql<{ isDisabled: boolean }>`
    insert into operators (id, name, email, issuer, subject, groups_claim)
    values (${id}, ${name}, ${email}, ${issuer}, ${subject}, ${groupsClaim})
    on conflict (id) do update set name = excluded.name, email = excluded.email, groups_claim = excluded.groups_claim
    returning disabled_at is not null as "isDisabled"`.execute(db);
  return { isDisabled: rows[0]?.isDisabled ?? true };
}

/** Opens a session of at most 12 hours under the hash of its ID, with the groups it began with. */
export async function openSession(
  db: Executor,
  idHash: string,
  operatorId: string,
  groups: readonly string[] | null,
): Promise<void> {
  await sql`
    insert into sessions (id_hash, operator_id, groups, expires_at)
    values (${idHash}, ${operatorId}, ${groups}, clock_timestamp() + interval '12 hours')`.execute(db);
}

const isLive = sql`revoked_at is null and expires_at > clock_timestamp()
  and seen_at > clock_timestamp() - interval '30 minutes'`;

export type LiveSession = { operator: KnownOperator; groups: string[] | null; idle: boolean };

/**
 * A session that is alive: not revoked, its operator not disabled, not over 12 hours old, used within the last 30 minutes.
 * `idle`: nobody has used it for a minute.
 */
export async function findSession(db: Executor, idHash: string): Promise<LiveSession | undefined> {
  const { rows } = await sql<KnownOperator & { groups: string[] | null; idle: boolean }>`
    select operators.id, name, issuer, role, groups_claim as "groupsClaim", groups, seen_at < clock_timestamp() - interval '1 minute' as idle
    from sessions join operators on operators.id = sessions.operator_id
    where id_hash = ${idHash} and disabled_at is null and ${isLive}`.execute(db);
  const [row] = rows;
  if (!row) return undefined;
  const { groups, idle, ...operator } = row;
  return { operator, groups, idle };
}

/** Keeps a session alive for another half an hour. */
export async function touchSession(db: Executor, idHash: string): Promise<void> {
  await sql`update sessions set seen_at = clock_timestamp() where id_hash = ${idHash}`.execute(db);
}

/** Ends a session at once, everywhere. */
export async function revokeSession(db: Executor, idHash: string): Promise<void> {
  await sql`
    update sessions set revoked_at = clock_timestamp()
    where id_hash = ${idHash} and revoked_at is null`.execute(db);
}

/** The same for every session of an operator but one; the answer is how many were alive. */
export async function revokeSessionsOf(db: Executor, operatorId: string, except = ''): Promise<number> {
  const { rows } = await sql<{ wasLive: boolean }>`
    update sessions set revoked_at = clock_timestamp()
    where operator_id = ${operatorId} and revoked_at is null and id_hash <> ${except}
    returning old.expires_at > clock_timestamp()
      and old.seen_at > clock_timestamp() - interval '30 minutes' as "wasLive"`.execute(db);
  return rows.filter(({ wasLive }) => wasLive).length;
}

/** Ends what an operator began with other groups than these. */
export async function revokeSessionsOfOtherGroups(
  db: Executor,
  operatorId: string,
  groups: readonly string[],
): Promise<void> {
  await sql`
    update sessions set revoked_at = clock_timestamp()
    where operator_id = ${operatorId} and revoked_at is null
      and not (groups @> ${groups}::text[] and groups <@ ${groups}::text[])`.execute(db);
}

/** Ends an operator's tokens that were made with other groups than these: all of them where there are none any more. */
export async function endTokensOfOtherGroups(
  trx: Executor,
  operatorId: string,
  groups: readonly string[] | null,
): Promise<void> {
  await sql`
    update operator_tokens set revoked_at = clock_timestamp()
    where operator_id = ${operatorId} and revoked_at is null
      and (groups @> ${groups}::text[] and groups <@ ${groups}::text[]) is not true`.execute(trx);
}

/** How many sessions of an operator are alive beside this one. */
export async function countOtherSessions(db: Executor, operatorId: string, idHash: string): Promise<number> {
  const { rows } = await sql<{ others: number }>`
    select count(*)::int as others from sessions
    where operator_id = ${operatorId} and id_hash <> ${idHash} and ${isLive}`.execute(db);
  return rows[0]?.others ?? 0;
}

/** Forgets sessions that ended a month ago. Answers how many. */
export async function forgetOldSessions(db: Executor): Promise<bigint> {
  const { numAffectedRows = 0n } = await sql`
    delete from sessions where id_hash = any(array(
      select id_hash from sessions
      where least(revoked_at, expires_at) < clock_timestamp() - interval '1 month' limit ${fewRows}))`.execute(db);
  return numAffectedRows;
}
