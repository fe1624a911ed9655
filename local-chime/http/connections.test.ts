import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { GetUserCommand, UpdateUserCommand } from '@aws-sdk/client-chime';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startChime, type TestChime } from '../../testing/chime.ts';
import { signed } from '../testing/signed.ts';

let chime: TestChime;
let sockets: Socket[] = [];
let stopped = false;
beforeEach(async () => {
  chime = await startChime({ users: 30, requestTimeoutMs: 200 });
});
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  sockets = [];
  if (!stopped) await chime.stop();
  stopped = false;
});

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

async function dialled(): Promise<Socket> {
  const { hostname, port } = new URL(chime.endpoint);
  const socket = connect(Number(port), hostname);
  sockets.push(socket);
  await once(socket, 'connect');
  return socket;
}

/** Everything that comes back on a connection of its own for these bytes, until it is closed. */
async function exchange(text: string): Promise<string> {
  const socket = await dialled();
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  socket.write(text);
  await once(socket, 'close');
  return Buffer.concat(chunks).toString();
}

function parsed(answer: string) {
  const [head = '', body = ''] = answer.split('\r\n\r\n');
  const [line = '', ...lines] = head.split('\r\n');
  const headers = lines.map((header) => header.split(': ', 2));
  return { status: Number(line.split(' ')[1]), headers: Object.fromEntries(headers), body };
}

async function asSent({ body, closing = true }: { body: string; closing?: boolean }): Promise<string> {
  const { AccountId, UserId } = chime.person('Ana Silva');
  const { method, target, rawHeaders } = await signed(chime, {
    method: 'POST',
    path: `/accounts/${AccountId}/users/${UserId}`,
    body,
    headers: { 'content-length': `${body.length}`, ...(closing ? { connection: 'close' } : {}) },
  });
  const lines = Array.from(
    { length: rawHeaders.length / 2 },
    (_, index) => `${rawHeaders[2 * index]}: ${rawHeaders[2 * index + 1]}\r\n`,
  );
  return `${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n${body}`;
}

describe('what is no request', () => {
  test.each([
    ['a line of nonsense', 'nonsense\r\n\r\n', 400, 'BadRequestException', 'BadRequest'],
    ['a header without a colon', 'GET /accounts HTTP/1.1\r\nHost\r\n\r\n', 400, 'BadRequestException', 'BadRequest'],
    [
      'two lengths of a body',
      'POST /accounts HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx',
      400,
      'BadRequestException',
      'BadRequest',
    ],
    [
      'a chunk that is none',
      'POST /accounts HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
      400,
      'BadRequestException',
      'BadRequest',
    ],
    [
      'a head that is too large',
      `GET /accounts HTTP/1.1\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`,
      431,
      'RequestHeaderFieldsTooLargeException',
      undefined,
    ],
    ['a head without an end', 'GET /accounts HTTP/1.1\r\nX: y', 408, 'RequestTimeoutException', undefined],
    [
      'a body without an end',
      'POST /accounts HTTP/1.1\r\nContent-Length: 9\r\n\r\nx',
      408,
      'RequestTimeoutException',
      undefined,
    ],
  ])('is refused in the envelope, with a request ID: %s', async (_, text, status, exception, code) => {
    const answer = parsed(await exchange(text));

    expect(answer).toMatchObject({
      status,
      headers: {
        'x-amzn-RequestId': expect.stringMatching(uuid),
        'x-amzn-ErrorType': exception,
        'Content-Type': 'application/json',
        'Content-Length': `${answer.body.length}`,
        Connection: 'close',
        Date: expect.stringContaining('GMT'),
      },
    });
    expect(JSON.parse(answer.body)).toEqual({ Code: code, Message: expect.stringMatching(/\w/) });
  });

  test('says no more than a proxy does where the service is retired', async () => {
    await chime.control.retire();

    const answer = parsed(await exchange('nonsense\r\n\r\n'));

    expect(answer).toMatchObject({ status: 410, headers: { 'Content-Type': 'text/html' } });
    expect(answer.headers).not.toHaveProperty('x-amzn-RequestId');
  });

  test('is not answered in the place of the request before it', async () => {
    await chime.control.delay('UpdateUser', 50);

    const answer = await exchange(`${await asSent({ body: '{"LicenseType":"Pro"}', closing: false })}nonsense\r\n\r\n`);

    expect(answer).not.toContain('BadRequest');
  });
});

test.each([
  ['no Host', 'GET /accounts HTTP/1.1\r\nConnection: close\r\n\r\n'],
  ['an expectation', 'GET /accounts HTTP/1.1\r\nHost: x\r\nExpect: the-best\r\nConnection: close\r\n\r\n'],
])('a request with %s is refused as any other that is not signed', async (_, text) => {
  const answer = parsed(await exchange(text));

  expect(answer).toMatchObject({ status: 401, headers: { 'x-amzn-ErrorType': 'UnauthorizedClientException' } });
});

test('a call that waits longer than a request may take to arrive is answered all the same', async () => {
  await chime.control.delay('UpdateUser', 1_500);

  expect(parsed(await exchange(await asSent({ body: '{"LicenseType":"Pro"}' })))).toMatchObject({ status: 200 });
});

describe('stopping', () => {
  const stop = (deadlineMs: number) => {
    stopped = true;
    return chime.stop(deadlineMs);
  };

  test('answers what is in flight, and closes its connection behind the answer', async () => {
    await chime.control.delay('UpdateUser', 200);
    const answering = exchange(await asSent({ body: '{"LicenseType":"Pro"}', closing: false }));
    await expect.poll(() => chime.control.calls()).toMatchObject([{ operation: 'UpdateUser', status: null }]);

    await stop(60_000);

    expect(parsed(await answering)).toMatchObject({ status: 200, headers: { Connection: 'close' } });
  });

  test('drops what takes longer than its patience', async () => {
    await chime.control.delay('UpdateUser', 3_600_000);
    const { AccountId, UserId } = chime.person('Ana Silva');
    const updating = chime.client.send(new UpdateUserCommand({ AccountId, UserId, LicenseType: 'Pro' }));
    const refused = expect(updating).rejects.toThrow();
    await expect.poll(() => chime.control.calls()).toMatchObject([{ operation: 'UpdateUser', status: null }]);

    await stop(10);

    await refused;
  });

  test('does not wait for connections that ask for nothing', async () => {
    const { AccountId, UserId } = chime.person('Ana Silva');
    await chime.client.send(new GetUserCommand({ AccountId, UserId })); // the SDK keeps its connection
    const silent = await dialled();
    const closed = once(silent.resume(), 'close');

    await stop(3_600_000);

    await closed;
    expect(silent.bytesRead).toBe(0);
  });
});
