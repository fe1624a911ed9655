import type { AccessRules } from '../access.ts';
import { SignInRefused } from '../sign-in-failure.ts';

/** Groups somebody may be in at most: what an identity provider puts into a token is small. */
const maxGroups = 10_000;

/** What may stand between names in one text. Names may hold it as well, so such a text is never taken apart. */
const separators = /[\s,;|]|^[[{]/;

/**
 * The groups that a provider's claim names, where that is beyond doubt: a list of texts, or one text. Anything else is refused, and the
 * answer says how it looks. An e-mail counts only where the provider has verified it. Throws `SignInRefused`.
 */
export function groupsFrom(
  claims: Readonly<Record<string, unknown>>,
  { groupsClaim, groups }: Pick<AccessRules, 'groupsClaim' | 'groups'>,
): string[] {
  const value = Object.hasOwn(claims, groupsClaim) ? claims[groupsClaim] : undefined;
  if (groupsClaim === 'email') requireVerified(claims.email_verified);
  if (value === undefined || value === null) {
    const reason = isLeftOut(claims, groupsClaim)
      ? 'The provider left the groups out of the token, as there are too many of them'
      : 'The provider sent no claim of the name that groupsClaim says';
    throw new SignInRefused('no-groups', reason);
  }
  if (typeof value === 'string') return oneGroup(value, groups);
  if (!Array.isArray(value)) {
    throw unclear(typeof value === 'object' ? 'an object, not a list' : `a ${typeof value}, not a list`);
  }
  if (value.length > maxGroups) throw unclear(`a list of more than ${maxGroups}`);
  const others = value.filter((one) => typeof one !== 'string').length;
  if (others > 0) throw unclear(`a list in which ${others} of ${value.length} are no text`);
  return [...new Set<string>(value.filter((one) => one !== ''))];
}

function oneGroup(text: string, known: AccessRules['groups']): string[] {
  if (text === '') return [];
  if (!Object.hasOwn(known, text) && separators.test(text)) throw unclear('one text that may hold several names');
  return [text];
}

/** Apple and Amazon Cognito write it as text; nothing else can be meant by that. */
function requireVerified(value: unknown): void {
  if (value === true || value === 'true') return;
  const looks = value === undefined || value === null ? 'missing' : value === false ? 'false' : `a ${typeof value}`;
  throw new SignInRefused('unverified-email', `The claim email_verified is ${looks}, where it should be true`);
}

const unclear = (looks: string) => new SignInRefused('unclear-groups', `The claim of the groups is ${looks}`);

/** Microsoft Entra ID names no groups at all for somebody who is in too many, but says where to ask for them. */
function isLeftOut({ _claim_names: elsewhere }: Readonly<Record<string, unknown>>, claim: string): boolean {
  return typeof elsewhere === 'object' && elsewhere !== null && Object.hasOwn(elsewhere, claim);
}
