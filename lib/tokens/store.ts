import { sql } from 'kysely';
import type { LiveSession } from '../auth/store.ts';
import type { Executor } from '../db/database.ts';
import { lifeDays, type TokenView } from './token.ts';

const isLive = sql<boolean>`revoked_at is null and expires_at > clock_timestamp()`;

/** Keeps a new token by its hash. */
export async function saveToken(
  step: Executor,
  token: { id: string; hash: string; operatorId: string; groups: readonly string[] | null; name: string },
): Promise<void> {
  await sql`
    insert into operator_tokens (id, hash, operator_id, groups, name, expires_at)
    values (${token.id}::uuid, ${token.hash}, ${token.operatorId}, ${token.groups}, ${token.name},
            clock_timestamp() + ${lifeDays} * interval '1 day')`.execute(step);
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
export async function endToken(step: Executor, operatorId: string, id: string): Promise<string | undefined> {
  const { rows } = await sql<{ name: string }>`
    update operator_tokens set revoked_at = clock_timestamp()
    where id = ${id}::uuid and operator_id = ${operatorId} and ${isLive} returning name`.execute(step);
  return rows[0]?.name;
}

/** Ends an operator's tokens that were made with other groups than these: all of them where there are none any more. */
export async function endTokensOfOtherGroups(
  step: Executor,
  operatorId: string,
  groups: readonly string[] | null,
): Promise<void> {
  await sql`
    update operator_tokens set revoked_at = clock_timestamp()
    where operator_id = ${operatorId} and revoked_at is null
      and (groups @> ${groups}::text[] and groups <@ ${groups}::text[]) is not true`.execute(step);
}

/** Whose token has this hash, if it is good and its operator is not disabled; notes that it was used. */
export async function holderOf(db: Executor, hash: string): Promise<Omit<LiveSession, 'idle'> | undefined> {
  const { rows } = await sql<LiveSession['operator'] & { groups: string[] | null }>`
    update operator_tokens set last_used_at = clock_timestamp() from operators
    where operators.id = operator_tokens.operator_id and operators.disabled_at is null and hash = ${hash} and ${isLive}
    returning operators.id, operators.name, operators.issuer, operators.role, operator_tokens.groups`.execute(db);
  const [row] = rows;
  if (!row) return undefined;
  const { groups, ...operator } = row;
  return { operator, groups };
}
