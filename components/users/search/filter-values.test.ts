import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { UserCounts } from '@/lib/counts/counts.ts';
import { firstPage, noFacets } from '@/lib/search/filter.ts';
import { facetValues } from './filter-values.ts';

const counts = (license: { value: string; people: number }[]): UserCounts => ({
  total: 0,
  facets: { license, registration: [], invitation: [], userType: [] },
  changed: { 1: 0, 7: 0, 30: 0 },
  outside: 0,
});

const plansOf = (license: { value: string; people: number }[]) =>
  facetValues('license', firstPage, counts(license), ['Basic', 'Pro']);

test('plans stand in the same order whatever their numbers are and whichever comes first', () => {
  const people = fc.record({ none: fc.nat(), Pro: fc.nat(), Gold: fc.nat(), Basic: fc.nat(), Plus: fc.nat() });
  fc.assert(
    fc.property(people, fc.infiniteStream(fc.nat()), (numbers, order) => {
      const shuffled = Object.entries(numbers)
        .map(([value, people]) => ({ value, people, place: order.next().value }))
        .sort((one, other) => one.place - other.place);
      const shown = plansOf(shuffled);
      expect(shown.map(({ value }) => value)).toEqual(['Basic', 'Plus', 'Pro', 'Gold', 'none']);
      expect(Object.fromEntries(shown.map(({ value, people }) => [value, people]))).toEqual(numbers);
    }),
  );
});

test('plans of the account and chosen values are there with nobody', () => {
  expect(plansOf([{ value: 'Pro', people: 3 }])).toEqual([
    { value: 'Basic', people: 0 },
    { value: 'Pro', people: 3 },
  ]);
  const filter = { ...firstPage, facets: { ...noFacets, license: ['ProTrial'] } };
  expect(facetValues('license', filter, null, ['Basic'])).toEqual([
    { value: 'Basic', people: null },
    { value: 'ProTrial', people: null },
  ]);
});
