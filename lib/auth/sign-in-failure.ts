/** The ways in which a sign-in by the provider fails, as the address of the sign-in page names them. */
export const signInProblems = [
  'no-access',
  'no-groups',
  'unclear-groups',
  'unverified-email',
  'stale',
  'turned-back',
  'bad-answer',
  'no-provider',
  'unfit-provider',
  'failed',
] as const;
export type SignInProblem = (typeof signInProblems)[number];

/**
 * Why somebody was not let in. `reason` goes into the log: it holds no claim, no token and nothing that somebody typed. The
 * issuers are there where what was named is not what was expected.
 */
export type SignInFailure = { problem: SignInProblem; reason: string; namedIssuer?: string; expectedIssuer?: string };

/** Thrown where a sign-in ends for a reason that we know. */
export class SignInRefused extends Error {
  override name = 'SignInRefused';
  readonly failure: SignInFailure;
  /** What the log may say. */
  readonly forLog: string;

  constructor(
    problem: SignInProblem,
    reason: string,
    { namedIssuer, expectedIssuer, cause }: Omit<SignInFailure, 'problem' | 'reason'> & ErrorOptions = {},
  ) {
    super(reason, { cause });
    this.failure = { problem, reason, namedIssuer, expectedIssuer };
    this.forLog = reason;
  }
}

/** How a provider says no (RFC 6749, sections 4.1.2.1 and 5.2; OpenID Connect Core 1.0, section 3.1.2.6). */
const providerCodes = new Map<string, SignInProblem>([
  ['access_denied', 'turned-back'],
  ['login_required', 'turned-back'],
  ['interaction_required', 'turned-back'],
  ['consent_required', 'turned-back'],
  ['account_selection_required', 'turned-back'],
  ['invalid_grant', 'stale'],
  ['invalid_client', 'unfit-provider'],
  ['invalid_request', 'unfit-provider'],
  ['invalid_scope', 'unfit-provider'],
  ['unauthorized_client', 'unfit-provider'],
  ['unsupported_grant_type', 'unfit-provider'],
  ['unsupported_response_type', 'unfit-provider'],
  ['server_error', 'no-provider'],
  ['temporarily_unavailable', 'no-provider'],
]);

/** What a refusal by the provider comes to, by its code. A code that is not known is not repeated: anybody can put one into an address. */
export function failureByCode(code: string): SignInFailure {
  const problem = providerCodes.get(code);
  return problem
    ? { problem, reason: `The provider refuses: ${code}` }
    : { problem: 'turned-back', reason: 'The provider refuses with a code that is not known' };
}

/**
 * What openid-client, next-auth and the system say when a sign-in fails (openid-client 5, lib/client.js and lib/helpers; next-auth 4,
 * core/lib/oauth/checks.js).
 */
const libraryWords: [SignInProblem, RegExp][] = [
  ['stale', /cookie was missing|value could not be parsed|cookie was created for a different|checks\.state argument/],
  ['stale', /^(?:state mismatch|state missing|nonce mismatch)/],
  ['no-provider', /timed out|^expected 200 OK|ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|socket hang up/],
  [
    'bad-answer',
    /^(?:unexpected|failed to|missing required|no valid key|multiple matching keys|id_token|access_token) /,
  ],
  ['bad-answer', /^(?:JWT|iss|aud|azp|sub|at_hash|c_hash|s_hash|userinfo sub) /],
];

/** What follows a library's own words: the values that it expected or found. */
const valueMarks = / (?:expected|got|now)\b|[(:,]| for key parameters/;
const ownWords = /^[\w'. -]{1,120}$/;
const issuers = /^unexpected iss value, expected (\S+), got: (\S+)$/;
const unknown = 'The reason is not known';

/** What an error of a sign-in comes to, in the library's own words without the values that it puts among them. */
export function failureOf(error: unknown): SignInFailure {
  if (error instanceof SignInRefused) return error.failure;
  if (!(error instanceof Error)) return { problem: 'failed', reason: unknown };
  if ('error' in error && typeof error.error === 'string') return failureByCode(error.error);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const said = error.message || code;
  const problem = libraryWords.find(([, words]) => words.test(said) || words.test(code))?.[0];
  if (!problem) return { problem: 'failed', reason: unknown };
  const status = /got: (\d{3})\b/.exec(said)?.[1];
  const own = status ? `The provider answers with ${status}` : (said.split(valueMarks, 1)[0] ?? '').trim();
  const [, expectedIssuer, namedIssuer] = issuers.exec(said) ?? [];
  return { problem, reason: ownWords.test(own) ? own : unknown, expectedIssuer, namedIssuer };
}
