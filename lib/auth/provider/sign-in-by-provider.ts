import { createHash } from 'node:crypto';
import { z } from 'zod';
import { recordEntry } from '../../audit/store.ts';
import type { Database } from '../../db/database.ts';
import { plainText } from '../../plain-text.ts';
import { type AccessRules, accessOf } from '../access.ts';
import type { AuthConfig, Provider } from '../auth-config.ts';
import { beginSession, endSessionBefore } from '../session.ts';
import { SignInRefused } from '../sign-in-failure.ts';
import {
  endTokensOfOtherGroups,
  revokeSessionsOf,
  revokeSessionsOfOtherGroups,
  saveProviderOperator,
} from '../store.ts';
import { groupsFrom } from './groups.ts';

/** What a provider says of somebody: whatever it likes, but always who it is. */
export const claimsShape = z.looseObject({ sub: z.string().min(1).max(255) });
export type Claims = z.output<typeof claimsShape>;

/**
 * Lets somebody in that the provider knows; the answer is the new session's ID. Other sessions and tokens of theirs end when their groups
 * are not the same any more, and so does the session that this browser had before. Throws `SignInRefused` for who has no access here.
 */
export async function signInByProvider(
  db: Database,
  authConfig: AuthConfig,
  provider: Provider,
  claims: Claims,
  { requestId, session }: { requestId: string; session: string | undefined },
): Promise<string> {
  const rules = provider.rules();
  const { groups, refusal } = groupsOf(claims, rules);
  const access = accessOf(rules, groups);
  const { issuer } = provider;
  const operator = { id: operatorIdOf(issuer, claims.sub), name: nameFrom(claims) };

  const outcome = await db.transaction().execute(async (trx) => {
    const { groupsClaim } = rules;
    const known = { ...operator, email: emailFrom(claims), issuer, subject: claims.sub, groupsClaim };
    const { isDisabled } = await saveProviderOperator(trx, known);
    if (!access || isDisabled) {
      await revokeSessionsOf(trx, operator.id);
      await endTokensOfOtherGroups(trx, operator.id, null);
      const who = { ...operator, role: access?.role ?? 'none' };
      await recordEntry(trx, { action: 'sign-in', operator: who, requestId, failure: 'not-allowed' });
      return refusal ?? new SignInRefused('no-access', isDisabled ? disabled : unlisted);
    }
    await revokeSessionsOfOtherGroups(trx, operator.id, groups);
    await endTokensOfOtherGroups(trx, operator.id, groups);
    await endSessionBefore(trx, authConfig, session);
    const id = await beginSession(trx, operator.id, groups);
    await recordEntry(trx, { action: 'sign-in', operator: { ...operator, ...access }, requestId });
    return id;
  });
  if (outcome instanceof SignInRefused) throw outcome;
  return outcome;
}

const disabled = 'The operator is disabled';
const unlisted = 'None of the groups stands in the access file';

/** The groups by a claim of the provider, or why there are none. */
function groupsOf(claims: Claims, rules: AccessRules): { groups: string[]; refusal?: SignInRefused } {
  try {
    return { groups: groupsFrom(claims, rules).sort() };
  } catch (error) {
    if (error instanceof SignInRefused) return { groups: [], refusal: error };
    throw error;
  }
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
  return cut(names.map(onOneLine).find((text) => text !== '') ?? 'Unnamed');
}

/** What tells people of one name apart; null where the provider says that it is not proven to be theirs, or says nothing. */
function emailFrom({ email, email_verified: isVerified }: Claims): string | null {
  return String(isVerified) === 'false' ? null : cut(onOneLine(email)) || null;
}

const onOneLine = (text: unknown) =>
  typeof text === 'string'
    ? plainText(text)
        .replace(/[\p{C}\s]+/gu, ' ')
        .trim()
    : '';

const cut = (text: string) => [...text].slice(0, longestName).join('');
