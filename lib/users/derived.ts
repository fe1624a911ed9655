import { isLicense, licenses } from '../licenses/license.ts';
import { keptEmailKey } from '../matching/email-key.ts';
import { foldForSearch } from '../matching/fold.ts';
import { otherSpellings } from '../matching/spellings.ts';
import { nameOf, statusOf, type User } from './user.ts';

/** What the mirror derives from a person for searching and sorting; sort keys are compared byte by byte. */
export function derivedFrom(user: User) {
  return {
    ...foldedFrom(user),
    email_key: keptEmailKey(user.email ?? ''),
    sort_license: sortLicense(user.license),
    sort_status: beginning(statusOf(user)),
  };
}

/** What is derived from how a person is written: `search` ends with the other spellings of the name and the address. */
export function foldedFrom(user: Pick<User, 'id' | 'name' | 'email'>) {
  const texts = [user.name, user.email, user.id].flatMap((text) => (text ? [beginning(text)] : []));
  const others = otherSpellings([user.name, user.email].map((text) => beginning(text ?? '')).join(' '));
  return {
    search: [foldForSearch(texts.join(' ')), beginning(others.join(' '))].join(' ').trimEnd(),
    sort_name: beginning(foldForSearch(nameOf(user))),
    sort_email: beginning(foldForSearch(user.email ?? '')),
  };
}

/**
 * So much of a name goes by in searching and sorting. PostgreSQL refuses index entries of more than 2,704 bytes, and needs seconds for
 * the trigrams of a very long text: one person called so would keep everybody from being listed.
 */
const longest = 400;

const beginning = (text: string) => (text.length <= longest ? text : [...text].slice(0, longest).join(''));

/** Where a license stands when people are sorted by plan: cheapest first, what we do not know last. */
export function sortLicense(license: string | null): string {
  return isLicense(license) ? `${licenses.indexOf(license)}${license}` : beginning(`9${license ?? ''}`);
}
