import { isLicense, licenses } from '../licenses/license.ts';
import { foldForSearch, nameOf, statusOf, type User } from './user.ts';

/** What the mirror derives from a person for searching and sorting; sort keys are compared byte by byte. */
export function derivedFrom(user: User) {
  return {
    search: foldForSearch([user.name, user.email, user.id].filter(Boolean).join(' ')),
    sort_name: foldForSearch(nameOf(user)),
    sort_email: foldForSearch(user.email ?? ''),
    sort_license: sortLicense(user.license),
    sort_status: statusOf(user),
  };
}

/** Where a license stands when people are sorted by plan: cheapest first, what we do not know last. */
export function sortLicense(license: string | null): string {
  return isLicense(license) ? `${licenses.indexOf(license)}${license}` : `9${license ?? ''}`;
}
