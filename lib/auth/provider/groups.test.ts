import { describe, expect, test } from 'vitest';
import type { AccessRules } from '../access.ts';
import { type SignInProblem, SignInRefused } from '../sign-in-failure.ts';
import { groupsFrom } from './groups.ts';

const listed: AccessRules['groups'] = {
  licenses: { role: 'helpdesk', accounts: 'all' },
  'CN=Licenses,OU=Groups,DC=nordwind,DC=example': { role: 'viewer', accounts: 'all' },
};
const rules = { groupsClaim: 'groups', groups: listed };

/** How the claims are refused. */
function refusal(claims: Record<string, unknown>, groupsClaim = 'groups') {
  try {
    return { groups: groupsFrom(claims, { groupsClaim, groups: listed }) };
  } catch (error) {
    if (error instanceof SignInRefused) return error.failure;
    throw error;
  }
}

describe('groups are named', () => {
  test('by a list of texts, each once', () => {
    expect(groupsFrom({ groups: ['a', 'b', 'a', ''] }, rules)).toEqual(['a', 'b']);
    expect(groupsFrom({ groups: [] }, rules)).toEqual([]);
  });

  test.each(['licenses', 'bowling', 'CN=Licenses,OU=Groups,DC=nordwind,DC=example'])('by one text: %s', (name) => {
    expect(groupsFrom({ groups: name }, rules)).toEqual([name]);
  });

  test.each([[true], ['true']])('by an e-mail that the provider has verified, told by %j', (email_verified) => {
    const email = 'dana@nordwind.example';
    expect(groupsFrom({ email, email_verified }, { ...rules, groupsClaim: 'email' })).toEqual([email]);
  });
});

describe('refused, with the way it looks and none of what it says', () => {
  const shapes: [claims: Record<string, unknown>, problem: SignInProblem, looks: RegExp][] = [
    [{ groups: 'licenses,bowling' }, 'unclear-groups', /one text that may hold several names/],
    [{ groups: 'licenses bowling' }, 'unclear-groups', /one text that may hold several names/],
    [{ groups: 'licenses;bowling' }, 'unclear-groups', /one text that may hold several names/],
    [{ groups: '["licenses"]' }, 'unclear-groups', /one text that may hold several names/],
    [{ groups: [{ name: 'licenses' }, 'x'] }, 'unclear-groups', /a list in which 1 of 2 are no text/],
    [{ groups: ['licenses', 7, null] }, 'unclear-groups', /a list in which 2 of 3 are no text/],
    [{ groups: [['licenses']] }, 'unclear-groups', /a list in which 1 of 1 are no text/],
    [{ groups: { licenses: true } }, 'unclear-groups', /an object, not a list/],
    [{ groups: true }, 'unclear-groups', /a boolean, not a list/],
    [{ groups: 7 }, 'unclear-groups', /a number, not a list/],
    [{ groups: Array(10_001).fill('x') }, 'unclear-groups', /a list of more than 10000/],
    [{}, 'no-groups', /no claim of the name/],
    [{ groups: null }, 'no-groups', /no claim of the name/],
    [{ _claim_names: { groups: 'src1' } }, 'no-groups', /too many of them/],
  ];
  test.each(shapes)('%j', (claims, problem, looks) => {
    expect(refusal(claims)).toMatchObject({ problem, reason: expect.stringMatching(looks) });
    expect(JSON.stringify(refusal(claims))).not.toMatch(/licenses|bowling/);
  });

  test('a claim that only every object has by nature', () => {
    expect(refusal({}, 'constructor')).toMatchObject({ problem: 'no-groups' });
  });

  test.each([
    [undefined, 'missing'],
    [false, 'false'],
    ['True', 'a string'],
    ['yes', 'a string'],
    [1, 'a number'],
    [null, 'missing'],
  ])('an e-mail of which the provider says %j', (email_verified, looks) => {
    expect(refusal({ email: 'dana@nordwind.example', email_verified }, 'email')).toMatchObject({
      problem: 'unverified-email',
      reason: `The claim email_verified is ${looks}, where it should be true`,
    });
  });
});
