import { endsKinds } from '../licenses/ending.ts';
import { wordsOf } from '../matching/search-terms.ts';
import {
  changedDays,
  type FacetKey,
  facetKeys,
  facetParams,
  filterFromParams,
  isFacetValue,
  isNarrow,
  noValue,
  olderDays,
  sortKeys,
  type UserFilter,
} from './filter.ts';

/** What is wrong with a filter that somebody wrote. */
export type FilterProblem =
  | { code: 'unknown-key' | 'unknown-value' | 'twice' | 'no-value'; key: string; value: string; known: string[] }
  | { code: 'bad-search'; value: string }
  | { code: 'a-page' }
  | { code: 'everybody' };

/** The values of each fact that Chime documents (API Reference, `User`); an account's people may have others. */
const documented: Record<FacetKey, string[]> = {
  license: ['Basic', 'Plus', 'Pro', 'ProTrial'],
  registration: ['Registered', 'Unregistered', 'Suspended'],
  invitation: ['Pending', 'Accepted', 'Failed'],
  userType: ['PrivateUser', 'SharedDevice'],
};

const facetOf = new Map<string, FacetKey>(facetKeys.map((key) => [facetParams[key], key]));

/** Values of the parameters that have one alone; a search and a list can be anything. */
const plainValues: Record<string, string[]> = {
  changed: changedDays.map(String),
  outside: ['yes'],
  ends: [...endsKinds],
  unchanged: olderDays.map(String),
  invited: olderDays.map(String),
  sort: [...sortKeys],
  dir: ['asc', 'desc'],
};

/** The parameters that leave people out. */
const narrowing = ['q', ...facetOf.keys(), 'changed', 'outside', 'ends', 'unchanged', 'invited', 'list'];

export type StrictFilter = { filter: UserFilter; problem?: undefined } | { filter?: undefined; problem: FilterProblem };

/**
 * Reads a filter by which people are to be chosen. Unlike an address that only shows people, every part has to be
 * understood: leaving one out would choose more people than were asked for. Takes the parameters of an address; values in
 * any letter case. `found`: the values that people of the account have, beside those that Chime documents.
 */
export function strictFilter(text: string, found: Partial<Record<FacetKey, (string | null)[]>> = {}): StrictFilter {
  const given = new URLSearchParams(text);
  const meant = new URLSearchParams();
  for (const [key, value] of given) {
    if (key === 'at') return { problem: { code: 'a-page' } };
    const facet = facetOf.get(key);
    const values = facet ? valuesOf(facet, found[facet] ?? []) : plainValues[key];
    if (!values && key !== 'q' && key !== 'list') {
      return { problem: { code: 'unknown-key', key, value, known: narrowing } };
    }
    const known = values ?? [];
    if (meant.has(key)) return { problem: { code: 'twice', key, value, known } };
    if (value.trim() === '') return { problem: { code: 'no-value', key, value, known } };
    const parts = facet ? value.split('.') : [value];
    const words = values ? parts.map((part) => knownAs(part, values)) : parts;
    const unknown = words.indexOf(undefined);
    if (unknown >= 0) return { problem: { code: 'unknown-value', key, value: parts[unknown] ?? '', known } };
    meant.set(key, words.join('.'));
  }
  return checked(filterFromParams(meant), meant);
}

function checked(filter: UserFilter, meant: URLSearchParams): StrictFilter {
  const search = meant.get('q');
  if (search !== null && (filter.search !== search || wordsOf(search).length === 0)) {
    return { problem: { code: 'bad-search', value: search } };
  }
  const list = meant.get('list');
  if (list !== filter.list) {
    return { problem: { code: 'unknown-value', key: 'list', value: list ?? '', known: [] } };
  }
  return isNarrow(filter) ? { filter } : { problem: { code: 'everybody' } };
}

const valuesOf = (facet: FacetKey, found: (string | null)[]) =>
  [...new Set([...documented[facet], ...found.map((value) => value ?? noValue), noValue])].filter(isFacetValue);

const knownAs = (value: string, known: string[]) =>
  known.find((one) => one === value) ?? known.find((one) => one.toLowerCase() === value.trim().toLowerCase());
