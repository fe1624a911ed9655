import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encode, type Signer, signed } from '../testing/signed.ts';
import { decodeQuery } from './route.ts';
import { type Keyring, verifySignature, type WireRequest } from './sigv4.ts';

const signer: Signer = {
  endpoint: 'http://127.0.0.1:4620',
  region: 'us-east-1',
  credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' },
};
const signedAt = new Date('2018-12-20T18:45:25Z');
const updateUser = { method: 'POST', path: '/accounts/a/users/u', body: '{"LicenseType":"Pro"}' };

function verify(request: WireRequest, changes: Partial<Keyring> = {}) {
  return verifySignature(request, {
    service: 'chime',
    now: signedAt.getTime(),
    secretOf: (id) => (id === signer.credentials.accessKeyId ? signer.credentials.secretAccessKey : undefined),
    ...changes,
  });
}

function header(request: WireRequest, name: string): string {
  return request.rawHeaders[request.rawHeaders.indexOf(name) + 1] ?? '';
}

function withHeader(request: WireRequest, name: string, value: string): WireRequest {
  const rawHeaders = [...request.rawHeaders];
  const at = rawHeaders.indexOf(name);
  if (at < 0) rawHeaders.push(name, value);
  else rawHeaders[at + 1] = value;
  return { ...request, rawHeaders };
}

const invalidSignature = { ok: false, exception: 'InvalidSignatureException' };

describe('the vectors AWS publishes', () => {
  const vectors = [
    ['GET', '/', '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31'],
    ['GET', '/example/..', '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31'],
    ['GET', '//', '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31'],
    ['GET', '/?Param2=value2&Param1=value1', 'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500'],
    ['POST', '/', '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b'],
  ] as const;

  test.each(vectors)('%s %s', (method, target, signature) => {
    const authorization = `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, Signature=${signature}`;
    const rawHeaders = [
      'Host',
      'example.amazonaws.com',
      'X-Amz-Date',
      '20150830T123600Z',
      'Authorization',
      authorization,
    ];

    const verdict = verify(
      { method, target, rawHeaders, body: Buffer.alloc(0) },
      { service: 'service', now: Date.parse('2015-08-30T12:36:00Z') },
    );

    expect(verdict).toEqual({ ok: true, accessKeyId: 'AKIDEXAMPLE', region: 'us-east-1' });
  });
});

// Without the IDs `.` and `..`, whose segments the canonical path does not keep apart from their neighbours.
const idOfAnyText = fc.string({ minLength: 1, unit: 'binary' }).filter((id) => !/^\.+$/.test(id) && id.isWellFormed());
const anyRequest = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE'),
  path: fc.tuple(idOfAnyText, idOfAnyText).map(([a, u]) => `/accounts/${encode(a)}/users/${encode(u)}`),
  query: fc.dictionary(
    fc.stringMatching(/^[a-z-]{1,8}$/),
    fc.string({ unit: 'binary' }).filter((text) => text.isWellFormed()),
    { maxKeys: 4 },
  ),
  headers: fc.constant({ 'content-type': 'application/json', 'amz-sdk-request': 'attempt=1; max=3' }),
  body: fc.oneof(fc.uint8Array({ maxLength: 40 }), fc.constant('{"LicenseType":"Pro"}')),
});

test.each([
  [' u ', 'u', true],
  ['\tu\t ', 'u', true],
  ['\u00a0u', 'u', false],
  ['u\u00a0', 'u', false],
  ['\u000bu\f', 'u', false],
])('a header value of %j is signed as %j: %s', async (sent, signedAs, same) => {
  const request = await signed(signer, { ...updateUser, headers: { 'x-amz-user-agent': signedAs } }, signedAt);

  expect(verify(withHeader(request, 'x-amz-user-agent', sent)).ok).toBe(same);
});

test('a header that is signed twice is refused', async () => {
  const request = await signed(signer, updateUser, signedAt);
  const authorization = header(request, 'authorization').replace('SignedHeaders=', 'SignedHeaders=host;');

  expect(verify(withHeader(request, 'authorization', authorization))).toMatchObject({
    ok: false,
    exception: 'IncompleteSignature',
  });
});

test('whatever the SDK signs is accepted, in any region', async () => {
  await fc.assert(
    fc.asyncProperty(anyRequest, fc.constantFrom('us-east-1', 'eu-west-1', 'local'), async (unsigned, region) => {
      const request = await signed({ ...signer, region }, unsigned, signedAt);

      expect(verify(request)).toEqual({ ok: true, accessKeyId: 'AKIDEXAMPLE', region });
    }),
  );
});

test('a request with any one bit flipped is refused', async () => {
  const parts = ['method', 'target', 'body', 'header'] as const;
  await fc.assert(
    fc.asyncProperty(anyRequest, fc.constantFrom(...parts), fc.nat(), fc.nat(7), async (unsigned, part, place, bit) => {
      const request = await signed(signer, unsigned, signedAt);

      const tampered = flipped(request, part, place, bit);

      fc.pre(tampered !== undefined && !meansTheSame(request, tampered));
      expect(tampered && verify(tampered).ok).toBe(false);
    }),
    { numRuns: 1000 },
  );
});

/** The request with one bit of one part turned over; undefined where the part is empty. */
function flipped(request: WireRequest, part: 'method' | 'target' | 'body' | 'header', place: number, bit: number) {
  if (part === 'method') return { ...request, method: flip(request.method, place, bit) };
  if (part === 'target') return { ...request, target: flip(request.target, place, bit) };
  if (part === 'body') {
    if (request.body.length === 0) return undefined;
    return { ...request, body: Buffer.from(flip(Buffer.from(request.body).toString('latin1'), place, bit), 'latin1') };
  }
  const rawHeaders = [...request.rawHeaders];
  const at = 2 * (place % (rawHeaders.length / 2)) + 1;
  rawHeaders[at] = flip(rawHeaders[at] ?? '', Math.floor(place / rawHeaders.length), bit);
  return { ...request, rawHeaders };
}

function flip(text: string, place: number, bit: number): string {
  const at = place % text.length;
  return text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ (1 << bit)) + text.slice(at + 1);
}

/** `%2f` says what `%2F` says, and a query is signed as what it says. */
function meansTheSame(request: WireRequest, tampered: WireRequest): boolean {
  const [path, query] = request.target.split('?');
  const [tamperedPath, tamperedQuery] = tampered.target.split('?');
  if (path !== tamperedPath || query === tamperedQuery || !query || !tamperedQuery) return false;
  try {
    expect(decodeQuery(tamperedQuery)).toEqual(decodeQuery(query));
    return true;
  } catch {
    return false;
  }
}

test('a plus sign in a query is a plus sign, not a blank', async () => {
  const request = await signed(signer, { path: '/accounts', query: { name: 'a b' } }, signedAt);

  expect(verify({ ...request, target: '/accounts?name=a+b' })).toMatchObject(invalidSignature);
});

test('dot segments and doubled slashes are signed as if they were not there', async () => {
  const request = await signed(signer, { path: '/accounts/a' }, signedAt);

  expect(verify({ ...request, target: '//accounts/./b/../a' })).toMatchObject({ ok: true });
});

test('an access key nobody knows is unauthorized', async () => {
  const request = await signed(signer, updateUser, signedAt);

  expect(verify(request, { secretOf: () => undefined })).toMatchObject({ exception: 'UnauthorizedClientException' });
});

test('a request without a signature is unauthorized', () => {
  const request = { method: 'GET', target: '/accounts', rawHeaders: ['host', 'a'], body: Buffer.alloc(0) };

  expect(verify(request)).toMatchObject({ ok: false, exception: 'UnauthorizedClientException' });
});

test('the signature of another secret is refused', async () => {
  const request = await signed(signer, updateUser, signedAt);

  expect(verify(request, { secretOf: () => 'another' })).toMatchObject(invalidSignature);
});

test('the signature for another service is refused', async () => {
  const request = await signed(signer, updateUser, signedAt);

  expect(verify(request, { service: 's3' })).toMatchObject(invalidSignature);
});

describe('the date of a signature', () => {
  const quarter = 15 * 60 * 1000;

  test.each([-quarter, 0, quarter])('is good %i ms away', async (skew) => {
    const request = await signed(signer, updateUser, signedAt);

    expect(verify(request, { now: signedAt.getTime() + skew })).toMatchObject({ ok: true });
  });

  test('more than 15 minutes ago is called expired, in the words the SDK retries on', async () => {
    const request = await signed(signer, updateUser, signedAt);

    const verdict = verify(request, { now: signedAt.getTime() + quarter + 1 });

    expect(verdict).toMatchObject({ ...invalidSignature, message: expect.stringContaining('Signature expired') });
  });

  test('more than 15 minutes ahead is not yet current', async () => {
    const request = await signed(signer, updateUser, signedAt);

    const verdict = verify(request, { now: signedAt.getTime() - quarter - 1 });

    expect(verdict).toMatchObject({ ...invalidSignature, message: expect.stringContaining('not yet current') });
  });

  test('has to be the day of the credential', async () => {
    const request = await signed(signer, updateUser, signedAt);
    const authorization = header(request, 'authorization').replace('/20181220/', '/20181221/');

    expect(verify(withHeader(request, 'authorization', authorization))).toMatchObject(invalidSignature);
  });

  test.each(['', '2018-12-20T18:45:25Z', '20181320T184525Z', 'Thu, 20 Dec 2018 18:45:25 GMT'])(
    'cannot be written as "%s"',
    async (date) => {
      const request = await signed(signer, updateUser, signedAt);

      expect(verify(withHeader(request, 'x-amz-date', date))).toMatchObject({ exception: 'IncompleteSignature' });
    },
  );
});

describe('headers', () => {
  test('an x-amz header that is not signed makes the signature incomplete', async () => {
    const request = await signed(signer, updateUser, signedAt);

    const verdict = verify(withHeader(request, 'x-amz-security-token', 'smuggled'));

    expect(verdict).toMatchObject({ exception: 'IncompleteSignature' });
    expect(verdict).toMatchObject({ message: expect.stringContaining('x-amz-security-token') });
  });

  test('other headers may go unsigned, as those of the older CLI do', async () => {
    const request = await signed(signer, updateUser, signedAt);

    expect(verify(withHeader(request, 'amz-sdk-request', 'attempt=1'))).toMatchObject({ ok: true });
  });

  test('a header that is signed and missing makes the signature incomplete', async () => {
    const request = await signed(signer, { ...updateUser, headers: { 'x-amz-extra': '1' } }, signedAt);
    const at = request.rawHeaders.indexOf('x-amz-extra');
    const rawHeaders = request.rawHeaders.toSpliced(at, 2);

    expect(verify({ ...request, rawHeaders })).toMatchObject({ exception: 'IncompleteSignature' });
  });

  test.each(['host', 'x-amz-date', 'authorization'])('two of %s are refused', async (name) => {
    const request = await signed(signer, updateUser, signedAt);
    const rawHeaders = [...request.rawHeaders, name, header(request, name)];

    expect(verify({ ...request, rawHeaders })).toMatchObject({ exception: 'IncompleteSignature' });
  });

  test('a stated body hash has to be that of the body, even where it is signed', async () => {
    const unsigned = { ...updateUser, headers: { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } };
    const request = await signed(signer, unsigned, signedAt);

    expect(verify(request)).toMatchObject(invalidSignature);
  });
});

test.each([
  'Basic QTpi',
  'AWS4-HMAC-SHA256',
  'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE, SignedHeaders=host, Signature=00',
  'AWS4-HMAC-SHA512 Credential=A/20181220/us-east-1/chime/aws4_request, SignedHeaders=host, Signature=00',
])('the Authorization "%s" is incomplete', async (authorization) => {
  const request = await signed(signer, updateUser, signedAt);

  expect(verify(withHeader(request, 'authorization', authorization))).toMatchObject({
    exception: 'IncompleteSignature',
  });
});
