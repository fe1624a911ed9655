import type { UserCounts } from '@/lib/counts/counts.ts';
import { type License, licenses } from '@/lib/licenses/license.ts';
import { type FacetKey, noValue, type UserFilter } from '@/lib/search/filter.ts';
import * as texts from '@/lib/texts/filters.ts';

/** A value that can be chosen, with its people where they have been counted. */
export type FacetValue = { value: string; people: number | null };

const known: Record<FacetKey, readonly string[]> = {
  license: licenses,
  registration: ['Registered', 'Unregistered', 'Suspended'],
  invitation: ['Accepted', 'Pending', 'Failed'],
  userType: ['PrivateUser', 'SharedDevice'],
};

/**
 * The values of a fact, always in the same order, so that none moves while numbers change: those that Chime documents,
 * others by name, no value last. Those that people have; before they are counted, those that there can be. The plans that an
 * account supports and what is chosen are always there.
 */
export function facetValues(
  key: FacetKey,
  { facets }: UserFilter,
  counts: UserCounts | null,
  supported: License[],
): FacetValue[] {
  const counted = new Map(counts?.facets[key].map(({ value, people }) => [value, people]));
  const could = key === 'license' ? supported : counts ? [] : known[key];
  return [...new Set([...could, ...counted.keys(), ...facets[key]])]
    .sort((one, other) => rank(key, one) - rank(key, other) || one.localeCompare(other, 'en'))
    .map((value) => ({ value, people: counts ? (counted.get(value) ?? 0) : null }));
}

function rank(key: FacetKey, value: string): number {
  const place = known[key].indexOf(value);
  if (place >= 0) return place;
  return value === noValue ? Number.MAX_SAFE_INTEGER : known[key].length;
}

export const nameOfValue = (key: FacetKey, value: string) => texts.filters.value(key, value === noValue ? null : value);
