import type { License } from '@/lib/licenses/license.ts';
import * as texts from '@/lib/texts/filters.ts';
import type { UserCounts } from '@/lib/users/counts.ts';
import { type FacetKey, noValue, type UserFilter } from '@/lib/users/filter.ts';

/** A value that can be chosen, with its people where they have been counted. */
export type FacetValue = { value: string; people: number | null };

const known = {
  registration: ['Registered', 'Unregistered', 'Suspended'],
  invitation: ['Accepted', 'Pending', 'Failed'],
  userType: ['PrivateUser', 'SharedDevice'],
};

/** The values of a fact: those that people have; before they are counted, those that there can be. What is chosen is always there. */
export function facetValues(
  key: FacetKey,
  { facets }: UserFilter,
  counts: UserCounts | null,
  supported: License[],
): FacetValue[] {
  const could = key === 'license' ? supported : known[key];
  const values: FacetValue[] = counts ? counts.facets[key] : could.map((value) => ({ value, people: null }));
  const chosen = facets[key].filter((value) => values.every((one) => one.value !== value));
  return [...values, ...chosen.map((value) => ({ value, people: counts ? 0 : null }))];
}

export const nameOfValue = (key: FacetKey, value: string) => texts.filters.value(key, value === noValue ? null : value);
