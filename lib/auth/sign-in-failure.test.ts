import { describe, expect, test } from 'vitest';
import { failureByCode, failureOf, type SignInProblem } from './sign-in-failure.ts';

const secret = 'eyJhbGciOiJIUzI1NiJ9';

describe('an error of the sign-in libraries', () => {
  const errors: [message: string, problem: SignInProblem, reason: string][] = [
    ['State cookie was missing.', 'stale', 'State cookie was missing.'],
    ['PKCE code_verifier cookie was missing.', 'stale', 'PKCE code_verifier cookie was missing.'],
    ['Nonce value could not be parsed.', 'stale', 'Nonce value could not be parsed.'],
    [`state mismatch, expected ${secret}, got: Dana Reyes`, 'stale', 'state mismatch'],
    [`nonce mismatch, expected ${secret}, got: ${secret}`, 'stale', 'nonce mismatch'],
    [`aud mismatch, expected carillon, got: ${secret}`, 'bad-answer', 'aud mismatch'],
    [
      `aud is missing the client_id, expected carillon to be included in ["x"]`,
      'bad-answer',
      'aud is missing the client_id',
    ],
    ['azp mismatch, got: Dana', 'bad-answer', 'azp mismatch'],
    ['JWT expired, now 1764297600, exp 1764290000', 'bad-answer', 'JWT expired'],
    [
      `no valid key found in issuer's jwks_uri for key parameters {"kid":"${secret}"}`,
      'bad-answer',
      "no valid key found in issuer's jwks_uri",
    ],
    ['failed to validate JWT signature', 'bad-answer', 'failed to validate JWT signature'],
    [`failed to decode JWT (SyntaxError: ${secret})`, 'bad-answer', 'failed to decode JWT'],
    ['missing required JWT property sub', 'bad-answer', 'missing required JWT property sub'],
    ['userinfo sub mismatch, expected dana, got: ada', 'bad-answer', 'userinfo sub mismatch'],
    ['expected 200 OK, got: 503 Service Unavailable', 'no-provider', 'The provider answers with 503'],
    ['outgoing request timed out after 5000ms', 'no-provider', 'outgoing request timed out after 5000ms'],
    ['connect ECONNREFUSED 127.0.0.1:9', 'no-provider', 'connect ECONNREFUSED 127.0.0.1'],
    ['Dana Reyes has no place here', 'failed', 'The reason is not known'],
    [`JWT ${secret}/${secret}`, 'bad-answer', 'The reason is not known'],
  ];
  test.each(errors)('%s', (message, problem, reason) => {
    expect(failureOf(new Error(message))).toMatchObject({ problem, reason });
  });

  test('that is about the issuer names both, for they differ by a slash at times', () => {
    const error = new Error('unexpected iss value, expected https://id.example, got: https://id.example/');
    expect(failureOf(error)).toMatchObject({
      problem: 'bad-answer',
      reason: 'unexpected iss value',
      expectedIssuer: 'https://id.example',
      namedIssuer: 'https://id.example/',
    });
  });

  test('that has only a code is known by that', () => {
    expect(failureOf(Object.assign(new Error(''), { code: 'ECONNREFUSED' }))).toMatchObject({ problem: 'no-provider' });
  });
});

test('a refusal by the provider is told by its code, and never by its words', () => {
  const error = Object.assign(new Error('invalid_grant (Dana Reyes)'), { error: 'invalid_grant' });
  expect(failureOf(error)).toEqual({ problem: 'stale', reason: 'The provider refuses: invalid_grant' });
  expect(failureByCode('access_denied').problem).toBe('turned-back');
  expect(failureByCode('Dana Reyes')).toEqual({
    problem: 'turned-back',
    reason: 'The provider refuses with a code that is not known',
  });
});
