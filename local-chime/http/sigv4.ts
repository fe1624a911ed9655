import { createHmac, createSecretKey, hash, type KeyObject, timingSafeEqual } from 'node:crypto';

/** A request as it came over the wire: the target not normalised, the headers as name, value, name, value. */
export type WireRequest = { method: string; target: string; rawHeaders: readonly string[]; body: Uint8Array };

export type Verdict =
  | { ok: true; accessKeyId: string; region: string }
  | { ok: false; exception: string; message: string };

/** What a signature is checked against. `secretOf` answers undefined for an access key nobody knows. */
export type Keyring = { service: string; now: number; secretOf: (accessKeyId: string) => string | undefined };

const windowMilliseconds = 15 * 60 * 1000; // AWS documents 15 minutes either way for the date of a request

/** Checks an AWS Signature Version 4 in its header form. Any region is accepted: it is the caller's own. */
export function verifySignature(request: WireRequest, { service, now, secretOf }: Keyring): Verdict {
  const headers = headerValues(request.rawHeaders);
  const authorization = headers.get('authorization');
  if (!authorization) return refused('UnauthorizedClientException', 'The request is not signed');
  const stated = parseAuthorization(authorization);
  if (!stated) return refused('IncompleteSignature', 'Authorization must have Credential, SignedHeaders and Signature');

  const { accessKeyId, date, region, scope, signedHeaders, signature } = stated;
  const timestamp = headers.get('x-amz-date')?.join();
  const signedAt = timestamp === undefined ? Number.NaN : parseTimestamp(timestamp);
  if (timestamp === undefined || Number.isNaN(signedAt)) {
    return refused('IncompleteSignature', 'The request must carry one X-Amz-Date such as 20181220T184525Z');
  }
  // Each time costs as much as the header is long, and no client does it.
  if (new Set(signedHeaders).size < signedHeaders.length) {
    return refused('IncompleteSignature', 'SignedHeaders must name each header once');
  }
  const unsigned = unsignedHeader(headers, signedHeaders);
  if (unsigned) return refused('IncompleteSignature', `The header ${unsigned} must be there once and be signed`);

  const secret = secretOf(accessKeyId);
  if (secret === undefined) return refused('UnauthorizedClientException', 'The access key is not known');
  if (stated.service !== service) {
    return refused('InvalidSignatureException', `The credential must be scoped to the service '${service}'`);
  }
  if (timestamp.slice(0, 8) !== date) {
    return refused('InvalidSignatureException', 'The credential must be scoped to the day of X-Amz-Date');
  }
  const skew = now - signedAt;
  if (skew > windowMilliseconds) {
    return refused('InvalidSignatureException', `Signature expired: ${timestamp} is more than 15 minutes ago`);
  }
  if (skew < -windowMilliseconds) {
    return refused(
      'InvalidSignatureException',
      `Signature not yet current: ${timestamp} is more than 15 minutes ahead`,
    );
  }

  const payloadHash = hash('sha256', request.body, 'hex');
  const statedHash = headers.get('x-amz-content-sha256')?.join();
  if (statedHash !== undefined && statedHash !== payloadHash) {
    return refused('InvalidSignatureException', 'X-Amz-Content-Sha256 is not the hash of the body');
  }
  const canonical = canonicalRequest(request, headers, signedHeaders, payloadHash);
  const expected = createHmac('sha256', signingKey(secret, date, region, service))
    .update(stringToSign(timestamp, scope, canonical))
    .digest();
  if (!timingSafeEqual(expected, Buffer.from(signature, 'hex'))) {
    return refused('InvalidSignatureException', 'The signature is not the one this request and this key give');
  }
  return { ok: true, accessKeyId, region };
}

function refused(exception: string, message: string): Verdict {
  return { ok: false, exception, message };
}

/** Every value by lower-case header name, in the order they came. */
function headerValues(rawHeaders: readonly string[]): Map<string, string[]> {
  const values = new Map<string, string[]>();
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]?.toLowerCase() ?? '';
    const value = rawHeaders[index + 1] ?? '';
    const known = values.get(name);
    if (known) known.push(value);
    else values.set(name, [value]);
  }
  return values;
}

const authorizationShape =
  /^AWS4-HMAC-SHA256 Credential=([^\s/,]+)\/(\d{8})\/([^\s/,]+)\/([^\s/,]+)\/aws4_request, ?SignedHeaders=([a-z0-9!#$%&'*+.^_`|~;-]+), ?Signature=([0-9a-f]{64})$/;

function parseAuthorization(values: string[]) {
  const [, accessKeyId, date, region, service, names, signature] = authorizationShape.exec(values.join()) ?? [];
  if (!accessKeyId || !date || !region || !service || !names || !signature) return undefined;
  const scope = `${date}/${region}/${service}/aws4_request`;
  return { accessKeyId, date, region, service, scope, signedHeaders: names.split(';'), signature };
}

const timestampShape = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;

/** Milliseconds since 1970 of a basic ISO-8601 moment, NaN if there is no such moment. */
function parseTimestamp(timestamp: string): number {
  if (!timestampShape.test(timestamp)) return Number.NaN;
  return Date.parse(timestamp.replace(timestampShape, '$1-$2-$3T$4:$5:$6Z'));
}

/** The first header that has to be signed and is not: the host, every `x-amz-*` sent, every name in SignedHeaders. */
function unsignedHeader(headers: Map<string, string[]>, signedHeaders: readonly string[]): string | undefined {
  const signed = new Set(signedHeaders);
  if (!signed.has('host') || headers.get('host')?.length !== 1) return 'host';
  for (const name of headers.keys()) if (name.startsWith('x-amz-') && !signed.has(name)) return name;
  return signedHeaders.find((name) => !headers.has(name));
}

function canonicalRequest(
  { method, target }: WireRequest,
  headers: Map<string, string[]>,
  signedHeaders: readonly string[],
  payloadHash: string,
): string {
  const queryAt = target.indexOf('?');
  const path = queryAt < 0 ? target : target.slice(0, queryAt);
  const query = queryAt < 0 ? '' : target.slice(queryAt + 1);
  const canonicalHeaders = signedHeaders.map((name) => `${name}:${canonicalValue(headers.get(name) ?? [])}\n`).join('');
  return `${method}\n${canonicalPath(path)}\n${canonicalQuery(query)}\n${canonicalHeaders}\n${signedHeaders.join(';')}\n${payloadHash}`;
}

/** The path as sent, without dot segments and repeated slashes, each segment percent-encoded once more. */
function canonicalPath(path: string): string {
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(percentEncode(segment));
  }
  return `/${segments.join('/')}${segments.length > 0 && path.endsWith('/') ? '/' : ''}`;
}

/** The query as sent, each name and value decoded and encoded again, sorted; a plus sign is a plus sign. */
function canonicalQuery(query: string): string {
  if (query === '') return '';
  const pairs = query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const at = pair.indexOf('=');
      const [name, value] = at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
      return { name: percentEncode(percentDecode(name)), value: percentEncode(percentDecode(value)) };
    });
  pairs.sort((a, b) => compare(a.name, b.name) || compare(a.value, b.value));
  return pairs.map(({ name, value }) => `${name}=${value}`).join('&');
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

const unreserved = /^[A-Za-z0-9\-_.~]*$/;
/** What JavaScript encodes as AWS does: all of ASCII but five marks that it leaves as they are. */
const encodedAlike = /^[^!'()*\u0080-\u00ff]*$/;
const isUnreserved = Array.from({ length: 256 }, (_, byte) => unreserved.test(String.fromCharCode(byte)));
const percent = 0x25;
const upperHex = Buffer.from('0123456789ABCDEF');

/** Bytes are characters here: Node hands the target over in latin1. Written byte by byte, since it is done for every call. */
function percentEncode(bytes: string): string {
  if (unreserved.test(bytes)) return bytes;
  if (encodedAlike.test(bytes)) return encodeURIComponent(bytes);
  const source = Buffer.from(bytes, 'latin1');
  const encoded = Buffer.allocUnsafe(3 * source.length);
  let end = 0;
  for (let index = 0; index < source.length; index += 1) {
    const byte = source[index] ?? 0;
    if (isUnreserved[byte]) {
      encoded[end++] = byte;
      continue;
    }
    encoded[end++] = percent;
    encoded[end++] = upperHex[byte >> 4] ?? 0;
    encoded[end++] = upperHex[byte & 15] ?? 0;
  }
  return encoded.toString('latin1', 0, end);
}

function percentDecode(bytes: string): string {
  return bytes.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

function canonicalValue(values: readonly string[]): string {
  return values.map((value) => trimmed(value).replace(/ +/g, ' ')).join(',');
}

/** A header value without the spaces and tabs around it, which are all the white space that HTTP knows (RFC 9110, 5.6.3). */
function trimmed(value: string): string {
  let from = 0;
  let to = value.length;
  while (from < to && isBlank(value[from])) from += 1;
  while (to > from && isBlank(value[to - 1])) to -= 1;
  return value.slice(from, to);
}

function isBlank(letter: string | undefined): boolean {
  return letter === ' ' || letter === '\t';
}

function stringToSign(timestamp: string, scope: string, canonical: string): string {
  return `AWS4-HMAC-SHA256\n${timestamp}\n${scope}\n${hash('sha256', canonical, 'hex')}`;
}

// Derived once a day and region: four HMACs saved on each request. Key objects: Node 24 takes ten times as long over a raw key.
const signingKeys = new Map<string, KeyObject>();

function signingKey(secret: string, date: string, region: string, service: string): KeyObject {
  const name = JSON.stringify([secret, date, region, service]);
  const known = signingKeys.get(name);
  if (known) return known;
  if (signingKeys.size >= 1000) signingKeys.clear(); // a caller may invent regions without end
  const steps = [date, region, service, 'aws4_request'];
  const bytes = steps.reduce(
    (key, step) => createHmac('sha256', key).update(step).digest(),
    Buffer.from(`AWS4${secret}`),
  );
  const key = createSecretKey(bytes);
  signingKeys.set(name, key);
  return key;
}
