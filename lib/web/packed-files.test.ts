import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packedFilesOf, packFiles } from './packed-files.ts';

const script = 'console.log("a script of the build");\n'.repeat(50);
const address = '/_next/static/chunks/a.js';
const build = mkdtempSync(join(tmpdir(), 'carillon-packed-'));
const server = createServer((request, response) => {
  if (!answer(request, response)) response.end('by Next');
});
let answer: ReturnType<typeof packedFilesOf>;

beforeAll(async () => {
  mkdirSync(join(build, 'static', 'chunks'), { recursive: true });
  writeFileSync(join(build, 'static', 'chunks', 'a.js'), script);
  writeFileSync(join(build, 'static', 'chunks', 'a.js.map'), '{}');
  packFiles(build);
  answer = packedFilesOf(build);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => {
  server.close();
  rmSync(build, { recursive: true });
});

const portOf = (address: AddressInfo | string | null) => (typeof address === 'object' && address ? address.port : 0);

/** The answer as it comes, with nothing unpacked. */
async function ask(path: string, headers: Record<string, string>, method = 'GET') {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  request({ port: portOf(server.address()), path, headers, method }, resolve)
    .on('error', reject)
    .end();
  const answered = await promise;
  return { headers: answered.headers, body: await buffer(answered) };
}

test('a script of the build is sent packed, to be kept for a year, and is the same when it is unpacked', async () => {
  const { headers, body } = await ask(address, { 'accept-encoding': 'gzip, deflate, br, zstd' });

  expect(headers).toMatchObject({
    'content-encoding': 'br',
    'content-type': 'application/javascript; charset=UTF-8',
    'content-length': String(body.length),
    'cache-control': 'public, max-age=31536000, immutable',
    vary: 'Accept-Encoding',
  });
  expect(String(brotliDecompressSync(body))).toBe(script);
});

test('a HEAD is answered with the headers alone', async () => {
  const { headers, body } = await ask(address, { 'accept-encoding': 'br' }, 'HEAD');

  expect(headers['content-encoding']).toBe('br');
  expect(body.length).toBe(0);
});

test.each([
  ['a reader who does not take brotli', address, { 'accept-encoding': 'gzip, deflate' }],
  ['a reader who rules brotli out', address, { 'accept-encoding': 'gzip, br;q=0' }],
  ['a reader who says nothing', address, {}],
  ['a part of a file', address, { 'accept-encoding': 'br', range: 'bytes=0-9' }],
  ['a map of the sources', `${address}.map`, { 'accept-encoding': 'br' }],
  ['a way out of the folder', '/_next/static/chunks/../chunks/a.js', { 'accept-encoding': 'br' }],
])('%s is left to Next', async (_, path, headers) => {
  const { body } = await ask(path, headers);

  expect(String(body)).toBe('by Next');
});

test('where nothing was packed, everything is left to Next', () => {
  const nothing = packedFilesOf(join(build, 'nowhere'));

  expect(nothing({ method: 'GET', url: address, headers: { 'accept-encoding': 'br' } }, expect.anything())).toBe(false);
});
