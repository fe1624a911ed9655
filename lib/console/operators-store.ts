import { sql } from 'kysely';
import type { Executor } from '../db/database.ts';
import type { Role } from '../operators/roles.ts';

/** An operator with what is known of their last session. Moments are ISO-8601; `groups`: those the provider named then. */
export type KnownOperator = {
  id: string;
  name: string;
  login: string | null;
  issuer: string | null;
  role: Role | null;
  groupsClaim: string | null;
  groups: string[] | null;
  disabledAt: Date | null;
  seenAt: Date | null;
  sessions: number;
};

/** Every operator there ever was, by name. `sessions`: those that are alive. */
export async function listOperators(db: Executor): Promise<KnownOperator[]> {
  const { rows } = await sql<KnownOperator>`
    select operators.id, name, coalesce(username, email) as login, issuer, role, groups_claim as "groupsClaim",
      latest.groups, disabled_at as "disabledAt", latest.seen_at as "seenAt",
      (select count(*)::int from sessions where operator_id = operators.id and revoked_at is null
        and expires_at > clock_timestamp() and seen_at > clock_timestamp() - interval '30 minutes') as sessions
    from operators left join lateral (
      select groups, seen_at from sessions where operator_id = operators.id order by seen_at desc limit 1
    ) latest on true
    order by name, operators.id`.execute(db);
  return rows;
}

/** Holds all operators for the rest of the transaction, so that two acts at once do not disable the last two admins. */
export async function holdOperators(trx: Executor): Promise<void> {
  await sql`lock table operators in share row exclusive mode`.execute(trx);
}

/** Lets an operator in again, or no more. */
export async function setDisabled(trx: Executor, id: string, isDisabled: boolean): Promise<void> {
  await sql`
    update operators set disabled_at = case when ${isDisabled} then coalesce(disabled_at, clock_timestamp()) end
    where id = ${id}`.execute(trx);
}

/** A token with its holder; moments are those of the database. */
export type KnownToken = {
  id: string;
  name: string;
  operator: string;
  createdAt: Date;
  lastUsedAt: Date | null;
  expiresAt: Date;
};

/** The tokens of all operators that are good, newest first. */
export async function listEveryToken(db: Executor): Promise<KnownToken[]> {
  const { rows } = await sql<KnownToken>`
    select operator_tokens.id, operator_tokens.name, operators.name as operator, created_at as "createdAt",
      last_used_at as "lastUsedAt", expires_at as "expiresAt"
    from operator_tokens join operators on operators.id = operator_tokens.operator_id
    where revoked_at is null and expires_at > clock_timestamp() order by created_at desc`.execute(db);
  return rows;
}

/** Ends a token of any operator; answers its name, or undefined where no good one has this ID. */
export async function endAnyToken(trx: Executor, id: string): Promise<string | undefined> {
  const { rows } = await sql<{ name: string }>`
    update operator_tokens set revoked_at = clock_timestamp()
    where id = ${id}::uuid and revoked_at is null and expires_at > clock_timestamp() returning name`.execute(trx);
  return rows[0]?.name;
}
