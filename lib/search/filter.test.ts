import fc from 'fast-check';
import { expect, test } from 'vitest';
import { endsKinds } from '../licenses/ending.ts';
import {
  changedDays,
  facetKeys,
  filterFromParams,
  isNarrow,
  olderDays,
  paramsFromFilter,
  sortKeys,
  type UserFilter,
} from './filter.ts';

const values = fc.uniqueArray(fc.stringMatching(/^[A-Za-z][A-Za-z0-9_-]{0,39}$/), { maxLength: 12 });
const filters: fc.Arbitrary<UserFilter> = fc.record({
  search: fc.string({ unit: 'grapheme', maxLength: 50 }),
  facets: fc.record({ license: values, registration: values, invitation: values, userType: values }),
  changedWithin: fc.constantFrom(null, ...changedDays),
  outside: fc.boolean(),
  ends: fc.constantFrom(null, ...endsKinds),
  unchanged: fc.constantFrom(null, ...olderDays),
  invited: fc.constantFrom(null, ...olderDays),
  list: fc.option(fc.stringMatching(/^[A-Za-z0-9_-]{16,64}$/)),
  sort: fc.constantFrom(...sortKeys),
  descending: fc.boolean(),
});

test('a filter comes back from its address as it was', () => {
  fc.assert(
    fc.property(filters, (filter) => {
      expect(filterFromParams(new URLSearchParams(paramsFromFilter(filter)))).toEqual(filter);
    }),
  );
});

test('whatever stands in an address, it is read as some filter whose address is read as the same', () => {
  const names = [
    'q',
    'plan',
    'registration',
    'invitation',
    'type',
    'changed',
    'outside',
    'ends',
    'unchanged',
    'invited',
    'list',
    'sort',
    'dir',
    'at',
    'x',
  ];
  const params = fc.array(fc.tuple(fc.constantFrom(...names), fc.string({ unit: 'binary', maxLength: 300 })));
  fc.assert(
    fc.property(params, (pairs) => {
      const filter = filterFromParams(new URLSearchParams(pairs));
      expect(filterFromParams(new URLSearchParams(paramsFromFilter(filter)))).toEqual(filter);
      expect([...filter.search].length).toBeLessThanOrEqual(200);
      expect(filter.search.isWellFormed()).toBe(true);
      for (const key of facetKeys) expect(filter.facets[key].length).toBeLessThanOrEqual(12);
    }),
  );
});

test('a parameter that stands in the address twice counts once', () => {
  expect(filterFromParams(new URLSearchParams('sort=email&sort=license&plan=Pro&plan=Basic'))).toMatchObject({
    sort: 'email',
    facets: { license: ['Pro'] },
  });
});

test('a filter that leaves nobody out is not narrow, whatever its order', () => {
  expect(isNarrow(filterFromParams(new URLSearchParams('q=%20%20&sort=email&dir=desc')))).toBe(false);
  for (const params of ['q=x', 'plan=Pro', 'changed=7', 'outside=yes', `list=${'a'.repeat(20)}`]) {
    expect(isNarrow(filterFromParams(new URLSearchParams(params)))).toBe(true);
  }
});
