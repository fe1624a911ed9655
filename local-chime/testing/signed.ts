import { request } from 'node:http';
import { ChimeClient } from '@aws-sdk/client-chime';
import type { WireRequest } from '../http/sigv4.ts';

export type Signer = {
  endpoint: string;
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
};

/** A request before it is signed; `path` goes over the wire as it is written here. */
export type Unsigned = {
  method?: string;
  path: string;
  query?: Record<string, string | string[]>;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
};

/** Signs any request, also ones that no client would send, with the signer of the real SDK; a body is JSON, unless `typed` is false. */
export async function signed(
  { endpoint, region, credentials }: Signer,
  { method = 'GET', path, query = {}, headers = {}, body = '' }: Unsigned,
  signingDate = new Date(),
  { typed = true } = {},
): Promise<WireRequest> {
  const client = new ChimeClient({ endpoint, region, credentials });
  const json: Record<string, string> = typed && body.length > 0 ? { 'content-type': 'application/json' } : {};
  const signer = await client.config.signer({
    name: 'sigv4',
    signingName: 'chime',
    signingRegion: region,
    properties: {},
  });
  const { protocol, hostname, port, host } = new URL(endpoint);
  const ready = await signer.sign(
    { method, protocol, hostname, port: Number(port), path, query, headers: { host, ...json, ...headers }, body },
    { signingDate },
  );
  const search = Object.entries(query).flatMap(([name, values]) =>
    [values].flat().map((value) => `${encode(name)}=${encode(value)}`),
  );
  return {
    method,
    target: search.length > 0 ? `${path}?${search.join('&')}` : path,
    rawHeaders: Object.entries(ready.headers).flat(),
    body: Buffer.from(body),
  };
}

export type WireAnswer = { status: number; headers: Record<string, string | string[] | undefined>; body: string };

/** Sends a request exactly as it is. */
export function send(endpoint: string, { method, target, rawHeaders, body }: WireRequest): Promise<WireAnswer> {
  const { hostname, port } = new URL(endpoint);
  const headers = [...rawHeaders, ...(body.length > 0 ? ['content-length', `${body.length}`] : [])];
  return new Promise((resolve, reject) => {
    const sending = request({ hostname, port, method, path: target, headers, agent: false }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () =>
        resolve({
          status: answer.statusCode ?? 0,
          headers: answer.headers,
          body: Buffer.concat(chunks).toString(),
        }),
      );
      answer.on('error', reject);
    });
    sending.on('error', reject);
    sending.end(body);
  });
}

/** Percent-encodes all but the unreserved characters, as the SDK does. */
export function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}
