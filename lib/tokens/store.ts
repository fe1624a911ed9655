import { sql } from 'kysely';
import type { LiveSession } from '../auth/store.ts';
import { type Executor, fewRows, keptMonths } from '../db/database.ts';
import { lifeDays, type TokenView } from './token.ts';

const isLive = sql<boolean>`revoked_at is null and expires_at > clock_timestamp()`;

/** Keeps a new token by its hash. */
export async function saveToken(
  trx: Executor,
  token: { id: string; hash: string; operatorId: string; groups: readonly string[] | null; name: string },
): Promise<void> {
  await sql`
    insert into operator_tokens (id, hash, operator_id, groups, name, expires_at)
    values (${token.id}::uuid, ${token.hash}, ${token.operatorId}, ${token.groups}, ${token.name},
            clock_timestamp() + ${lifeDays} * interval '1 day')`.execute(trx);
}

/** The tokens of an operator that are good, newest first. */
export async function listTokens(db: Executor, operatorId: string): Promise<TokenView[]> {
  const rows = await db
    .selectFrom('operator_tokens')
    .select(['id', 'name', 'created_at', 'last_used_at', 'expires_at'])
    .where('operator_id', '=', operatorId)
    .where(isLive)
    .orderBy('created_at', 'desc')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    createdAt: row.created_at.toISOString(),
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    expiresAt: row.expires_at.toISOString(),
  }));
}

/** Ends a token of an operator's own at once; answers its name, or undefined where there is no such one. */
export async function endToken(trx: Executor, operatorId: string, id: string): Promise<string | undefined> {
  const { rows } = await sql<{ name: string }>`
    update operator_tokens set revoked_at = clock_timestamp()
    where id = ${id}::uuid and operator_id = ${operatorId} and ${isLive} returning name`.execute(trx);
  return rows[0]?.name;
}

/** A token by what its holder called it. */
export type TokenName = { id: string; name: string };

/** Whose token has this hash, if it is good and its operator is not disabled; notes that it was used. */
export async function holderOf(
  db: Executor,
  hash: string,
): Promise<(Omit<LiveSession, 'idle'> & { token: TokenName }) | undefined> {
  const { rows } = await sql<Found & { issuer: string | null; groups: string[] | null }>`
    update operator_tokens set last_used_at = clock_timestamp() from operators
    where operators.id = operator_tokens.operator_id and operators.disabled_at is null and hash = ${hash} and ${isLive}
    returning operators.id, operators.name, operators.issuer, operators.role, operators.groups_claim as "groupsClaim",
      operator_tokens.groups, operator_tokens.id as "tokenId", operator_tokens.name as "tokenName"`.execute(db);
  const [row] = rows;
  if (!row) return undefined;
  const { groups, tokenId, tokenName, ...operator } = row;
  return { operator, groups, token: { id: tokenId, name: tokenName } };
}

type Found = Omit<LiveSession['operator'], 'issuer'> & { tokenId: string; tokenName: string };

/** Whose token has this hash although it is not good any more, and why it is not. */
export async function formerHolderOf(db: Executor, hash: string) {
  const { rows } = await sql<Found & { why: 'revoked' | 'expired' | 'disabled' | 'no access' }>`
    select operators.id, operators.name, operators.role, operator_tokens.id as "tokenId", operator_tokens.name as "tokenName",
      case when revoked_at is not null then 'revoked' when expires_at <= clock_timestamp() then 'expired'
        when disabled_at is not null then 'disabled' else 'no access' end as why
    from operator_tokens join operators on operators.id = operator_tokens.operator_id where hash = ${hash}`.execute(db);
  const [row] = rows;
  if (!row) return undefined;
  const { tokenId, tokenName, why, ...operator } = row;
  return { operator, why, token: { id: tokenId, name: tokenName } };
}

/** Forgets tokens 15 months after their end: until then an attempt with one says whose it was. Answers how many. */
export async function forgetOldTokens(db: Executor): Promise<bigint> {
  const { numAffectedRows = 0n } = await sql`
    delete from operator_tokens where id = any(array(
      select id from operator_tokens
      where least(revoked_at, expires_at) < clock_timestamp() - ${keptMonths} limit ${fewRows}))`.execute(db);
  return numAffectedRows;
}
