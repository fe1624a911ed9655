import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { recordEntry } from '../audit/store.ts';
import { accessAt, type Entrance } from '../auth/entrance.ts';
import type { Operator } from '../auth/store.ts';
import type { Database } from '../db/database.ts';
import { Refusal } from '../failures.ts';
import { endToken, holderOf, listTokens, saveToken } from './store.ts';
import { mostTokens } from './token.ts';

/** By what a token is known at sight, also to those who search for leaked ones. */
const prefix = 'carillon_';

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');

/** Makes a token for the command line; the answer is the token, which nobody can show again. */
export async function makeToken(db: Database, operator: Operator, name: string, requestId: string): Promise<string> {
  const token = `${prefix}${randomBytes(32).toString('base64url')}`;
  await db.transaction().execute(async (step) => {
    if ((await listTokens(step, operator.id)).length >= mostTokens) {
      throw new Refusal('invalid', `There are ${mostTokens} tokens already.`);
    }
    const { id: operatorId, groups } = operator;
    await saveToken(step, { id: randomUUID(), hash: hashOf(token), operatorId, groups, name });
    await recordEntry(step, { action: 'token-make', operator, requestId, why: name });
  });
  return token;
}

/** Ends a token of one's own at once; where there is no such one, nothing happens. */
export async function revokeToken(db: Database, operator: Operator, id: string, requestId: string): Promise<void> {
  await db.transaction().execute(async (step) => {
    const name = await endToken(step, operator.id, id);
    if (name !== undefined) await recordEntry(step, { action: 'token-revoke', operator, requestId, why: name });
  });
}

/** Who holds a token, with what they may do at this moment; undefined where it is not good. */
export async function operatorWithToken(
  db: Database,
  entrance: Entrance,
  token: string,
): Promise<Operator | undefined> {
  const held = token.startsWith(prefix) ? await holderOf(db, hashOf(token)) : undefined;
  const access = held && accessAt(entrance, held);
  return access && { id: held.operator.id, name: held.operator.name, groups: held.groups, ...access };
}
