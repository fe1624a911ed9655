import fc from 'fast-check';
import { expect, test } from 'vitest';
import { firstPage, noFacets, type UserFilter } from '@/lib/search/filter.ts';
import { countsParams, filtersOn, hrefOf, withFacet, withoutFilters, withValueTurned } from './narrowing.ts';

const narrow: UserFilter = {
  ...firstPage,
  search: 'silva',
  facets: { ...noFacets, license: ['Pro'], registration: ['Registered', 'none'] },
  changedWithin: 7,
  outside: true,
  ends: 'soon',
  unchanged: 30,
  invited: 90,
  sort: 'email',
  descending: true,
  cursor: 'c',
};

test('turning a value twice leaves everything as it was, at the first page', () => {
  fc.assert(
    fc.property(fc.constantFrom('Pro', 'Basic', 'none', 'Gold'), (value) => {
      const twice = withValueTurned(withValueTurned(narrow, 'license', value), 'license', value);

      expect(new Set(twice.facets.license)).toEqual(new Set(narrow.facets.license));
      expect({ ...twice, facets: narrow.facets }).toEqual({ ...narrow, cursor: undefined });
    }),
  );
});

test('without filters, the search and the order stay', () => {
  expect(filtersOn(narrow)).toBe(8);
  expect(withoutFilters(narrow)).toEqual({
    ...firstPage,
    search: 'silva',
    sort: 'email',
    descending: true,
    cursor: undefined,
  });
  expect(filtersOn(withoutFilters(narrow))).toBe(0);
});

test('a filter has its address, and numbers depend on neither order nor page', () => {
  expect(hrefOf(withFacet(firstPage, 'license', ['Pro', 'Basic']))).toBe('?plan=Pro.Basic');
  expect(hrefOf(firstPage)).toBe('?');
  expect(countsParams(narrow)).toBe(countsParams({ ...narrow, sort: 'name', descending: false, cursor: 'd' }));
});
