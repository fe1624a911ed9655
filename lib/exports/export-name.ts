import { streamSafe } from '../plain-text.ts';
import { facetKeys, type UserFilter } from '../search/filter.ts';

/** How much of a search or an account's name goes into a file's name. */
const longestPart = 40;

/**
 * The name of an exported file: the account, what narrows the list, and the day, as in
 * `people-nordwind-group-plan-Pro-matching-silva-2026-11-25.csv`. Nothing in it means anything to a shell or a file system.
 */
export function exportName(accountName: string, filter: UserFilter, day: string): string {
  const { facets, search, changedWithin, outside, ends, unchanged, invited, list } = filter;
  const parts = [
    'people',
    filePart(accountName.toLowerCase()),
    ...facetKeys.flatMap((key) => (facets[key].length > 0 ? [words[key], ...facets[key].map(filePart)] : [])),
    ...(changedWithin === null ? [] : [`changed-in-${changedWithin}-days`]),
    ...(outside ? ['changed-outside'] : []),
    ...(ends === null ? [] : [ends === 'soon' ? 'ends-soon' : 'end-failed']),
    ...(unchanged === null ? [] : [`unchanged-for-${unchanged}-days`]),
    ...(invited === null ? [] : [`invited-${invited}-days-ago`]),
    ...(list === null ? [] : ['from-list']),
    ...(filePart(search) === '' ? [] : ['matching', filePart(search)]),
    day,
  ];
  return `${parts.filter((part) => part !== '').join('-')}.csv`;
}

const words = { license: 'plan', registration: 'registration', invitation: 'invitation', userType: 'type' } as const;

/** Letters and digits of any script, everything else a hyphen. */
export function filePart(text: string): string {
  const letters = [
    ...streamSafe(text)
      .normalize('NFC')
      .replace(/[^\p{L}\p{N}\p{M}]+/gu, '-'),
  ]
    .slice(0, longestPart)
    .join('');
  return letters.replace(/^-|-$/g, ''); // there are no two in a row
}

/** The header that gives a downloaded file its name (RFC 6266), with one in ASCII for who cannot read the other. */
export function attachment(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[^A-Za-z0-9.]+/g, '-');
  return `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`;
}
