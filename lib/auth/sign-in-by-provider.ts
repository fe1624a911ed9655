import { createHash, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { recordEntry } from '../audit/store.ts';
import type { Database } from '../db/database.ts';
import { log } from '../log.ts';
import { endTokensOfOtherGroups } from '../tokens/store.ts';
import { accessOf, groupsFrom } from './access.ts';
import type { Provider } from './entrance.ts';
import { beginSession } from './session.ts';
import { revokeSessionsOf, revokeSessionsOfOtherGroups, saveProviderOperator } from './store.ts';

/** What a provider says of somebody: whatever it likes, but always who it is. */
export const claimsShape = z.looseObject({ sub: z.string().min(1).max(255) });
export type Claims = z.output<typeof claimsShape>;

/**
 * Lets somebody in whom the provider knows: the answer is the new session's ID, or undefined for whoever has no access here. Other
 * sessions and tokens of theirs end when their groups are not the same any more.
 */
export async function signInByProvider(
  db: Database,
  { issuer, rules }: Provider,
  claims: Claims,
): Promise<string | undefined> {
  const current = rules();
  const groups = groupsFrom(claims, current.groupsClaim).sort();
  const access = accessOf(current, groups);
  const operator = { id: operatorIdOf(issuer, claims.sub), name: nameFrom(claims) };
  const requestId = randomUUID();
  if (isOverfull(claims, current.groupsClaim)) {
    log.warn({ requestId }, 'The provider left the groups out of a token, as there are too many of them');
  }

  return db.transaction().execute(async (step) => {
    const { isDisabled } = await saveProviderOperator(step, { ...operator, issuer, subject: claims.sub });
    if (!access || isDisabled) {
      await revokeSessionsOf(step, operator.id);
      await endTokensOfOtherGroups(step, operator.id, null);
      const who = { ...operator, role: access?.role ?? 'none' };
      await recordEntry(step, { action: 'sign-in', operator: who, requestId, failure: 'not-allowed' });
      return undefined;
    }
    await revokeSessionsOfOtherGroups(step, operator.id, groups);
    await endTokensOfOtherGroups(step, operator.id, groups);
    const id = await beginSession(step, operator.id, groups);
    await recordEntry(step, { action: 'sign-in', operator: { ...operator, ...access }, requestId });
    return id;
  });
}

/** An issuer never gives the same subject to two people (OpenID Connect Core 1.0, section 2). */
const operatorIdOf = (issuer: string, subject: string) =>
  `oidc-${createHash('sha256')
    .update(JSON.stringify([issuer, subject]))
    .digest('base64url')
    .slice(0, 22)}`;

const longestName = 200;

/** What to call somebody: the first that there is of name, user name, e-mail and subject, on one line. */
function nameFrom(claims: Claims): string {
  const names = [claims.name, claims.preferred_username, claims.email, claims.sub];
  const texts = names.map((name) =>
    typeof name === 'string'
      ? name
          .toWellFormed()
          .replace(/[\p{C}\s]+/gu, ' ')
          .trim()
      : '',
  );
  return [...(texts.find((text) => text !== '') ?? 'Unnamed')].slice(0, longestName).join('');
}

/** Microsoft Entra ID names no groups at all for somebody who is in too many, but says where to ask for them. */
function isOverfull({ _claim_names: elsewhere }: Claims, claim: string): boolean {
  return typeof elsewhere === 'object' && elsewhere !== null && Object.hasOwn(elsewhere, claim);
}
