import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { recordEntry } from '../audit/store.ts';
import { type AuthConfig, accessAt } from '../auth/auth-config.ts';
import type { Operator } from '../auth/store.ts';
import type { Database } from '../db/database.ts';
import { Refusal } from '../failures.ts';
import { endToken, formerHolderOf, holderOf, listTokens, saveToken, type TokenName } from './store.ts';
import { maxTokens } from './token.ts';

/** By what a token is known at sight, also to those who search for leaked ones. */
const prefix = 'carillon_';

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');

/** Makes a token for the command line; the answer is the token, which nobody can show again. */
export async function makeToken(db: Database, operator: Operator, name: string, requestId: string): Promise<string> {
  const token = `${prefix}${randomBytes(32).toString('base64url')}`;
  await db.transaction().execute(async (trx) => {
    if ((await listTokens(trx, operator.id)).length >= maxTokens) {
      throw new Refusal('invalid', `There are ${maxTokens} tokens already.`);
    }
    const { id: operatorId, groups } = operator;
    const id = randomUUID();
    await saveToken(trx, { id, hash: hashOf(token), operatorId, groups, name });
    await recordEntry(trx, { action: 'token-make', operator, requestId, why: name, token: { id, name } });
  });
  return token;
}

/** Ends a token of one's own at once; where there is no such one, nothing happens. */
export async function revokeToken(db: Database, operator: Operator, id: string, requestId: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const name = await endToken(trx, operator.id, id);
    if (name === undefined) return;
    await recordEntry(trx, { action: 'token-revoke', operator, requestId, why: name, token: { id, name } });
  });
}

/** Who holds a token, with what they may do at this moment, and which of their tokens it is. */
export type Holder = { operator: Operator; token: TokenName };

/** Who holds a token; undefined where it is not good. */
export async function holderWith(db: Database, authConfig: AuthConfig, token: string): Promise<Holder | undefined> {
  const held = token.startsWith(prefix) ? await holderOf(db, hashOf(token)) : undefined;
  const access = held && accessAt(authConfig, held);
  if (!access) return undefined;
  const operator = { id: held.operator.id, name: held.operator.name, groups: held.groups, ...access };
  return { operator, token: held.token };
}

/** Whose token it is that is not good, where it was one of ours. */
export async function formerHolder(db: Database, token: string) {
  return token.startsWith(prefix) ? formerHolderOf(db, hashOf(token)) : undefined;
}
