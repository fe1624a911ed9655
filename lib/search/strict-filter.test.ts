import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { filterProblem } from '../texts/english/filters.ts';
import { filterFromParams, paramsFromFilter } from './filter.ts';
import { strictFilter } from './strict-filter.ts';

describe('a filter that chooses people', () => {
  test.each([
    ['plan=Basic', 'plan=Basic'],
    ['plan=basic.PROTRIAL&q=berlin', 'q=berlin&plan=Basic.ProTrial'],
    ['?registration=suspended', 'registration=Suspended'],
    ['type=shareddevice&invitation=PENDING', 'invitation=Pending&type=SharedDevice'],
    ['changed=7&outside=YES', 'changed=7&outside=yes'],
    ['ends=SOON&unchanged=30&invited=90', 'ends=soon&unchanged=30&invited=90'],
    ['plan=none&sort=email&dir=desc', 'plan=none&sort=email&dir=desc'],
    [`list=${'a'.repeat(20)}`, `list=${'a'.repeat(20)}`],
  ])('%s is read as %s', (text, params) => {
    const { filter, problem } = strictFilter(text);
    expect(problem).toBeUndefined();
    expect(filter && paramsFromFilter(filter)).toBe(params);
  });

  test.each([
    [
      'plna=Basic',
      '“plna” is not a filter. Filters: q, plan, registration, invitation, type, changed, outside, ends, unchanged, invited, list.',
    ],
    ['plan=Basic&registered=Suspended', '“registered” is not a filter.'],
    ['Plan=Basic', '“Plan” is not a filter.'],
    ['plan=Basic;registration=Suspended', '“Basic;registration=Suspended” is not a value of the filter “plan”.'],
    ['plan=Gold', '“Gold” is not a value of the filter “plan”. Values: Basic, Plus, Pro, ProTrial, none.'],
    ['plan=Basic.Gold', '“Gold” is not a value'],
    ['plan=Basic.', '“” is not a value'],
    ['plan=', 'The filter “plan” has no value. Values: Basic,'],
    ['plan', 'The filter “plan” has no value.'],
    ['plan=Basic&plan=Pro', 'The filter “plan” is given twice.'],
    ['q=', 'The filter “q” has no value.'],
    ['q=R&D', '“D” is not a filter.'],
    ['q=%CC%81', 'The filter “q” takes'],
    [`q=${'a'.repeat(201)}`, 'The filter “q” takes'],
    ['q=a%00b', 'The filter “q” takes'],
    ['changed=8', '“8” is not a value of the filter “changed”. Values: 1, 7, 30.'],
    ['outside=no', '“no” is not a value of the filter “outside”. Values: yes.'],
    ['ends=later', '“later” is not a value of the filter “ends”. Values: soon, failed.'],
    ['unchanged=7', '“7” is not a value of the filter “unchanged”. Values: 30, 90.'],
    ['list=mine', '“mine” is not the ID of a pasted list.'],
    ['plan=Basic&sort=size', '“size” is not a value of the filter “sort”.'],
    ['plan=Basic&at=x', 'The filter “at” only says which page of the list is shown.'],
    ['', 'This filter matches everyone in the account.'],
    ['sort=email', 'This filter matches everyone in the account.'],
  ])('%j is refused, with what to write instead', (text, said) => {
    const { problem } = strictFilter(text);
    expect(problem && filterProblem(problem)).toContain(said);
  });

  test('knows the values that people of the account have, where an address can hold them', () => {
    const found = { license: ['Basic', 'Gold', 'Not.One', null] };
    expect(strictFilter('plan=gold', found).filter?.facets.license).toEqual(['Gold']);
    expect(strictFilter('plan=Not.One', found).problem).toMatchObject({ code: 'unknown-value', value: 'Not' });
  });

  test('that the page shows is understood too, whatever it is', () => {
    const pairs = fc.tuple(
      fc.constantFrom('q', 'plan', 'registration', 'changed', 'outside', 'sort', 'dir', 'x'),
      fc.constantFrom('Basic', 'Pro.Basic', 'Registered', '7', 'yes', 'desc', 'ana', 'email'),
    );
    fc.assert(
      fc.property(fc.array(pairs, { maxLength: 5 }), (given) => {
        const shown = filterFromParams(new URLSearchParams(given));
        const found = { license: shown.facets.license, registration: shown.facets.registration };
        const { filter, problem } = strictFilter(paramsFromFilter(shown), found);
        expect(filter ?? problem).toEqual(filter ? shown : { code: 'everybody' });
      }),
    );
  });
});
