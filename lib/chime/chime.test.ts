import { createServer, type Server } from 'node:http';
import { describe, expect, test } from 'vitest';
import { withChime } from '../testing/chime.ts';
import { connectChime } from './chime.ts';
import { type Effect, refusalFrom } from './refusals.ts';

const credentials = { accessKeyId: 'AKID', secretAccessKey: 'secret' };

/** A service that answers every request in one way, so that what no Chime should ever send can be sent. */
async function answering(
  answer: { status: number; headers?: Record<string, string>; body?: string },
  run: (chime: ReturnType<typeof connectChime>) => Promise<void>,
): Promise<void> {
  const server = createServer((_, response) => {
    response.writeHead(answer.status, { 'x-amzn-RequestId': 'the-request', ...answer.headers }).end(answer.body);
  });
  const chime = connectChime({ endpoint: await listen(server), region: 'us-east-1', credentials });
  try {
    await run(chime);
  } finally {
    chime.disconnect();
    server.close();
  }
}

function listen(server: Server): Promise<string> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`);
    });
  });
}

describe('a refusal has its class, by status first and then by name', () => {
  const html = '<html><body>gateway</body></html>';
  const answers: [string, Parameters<typeof answering>[0], string, Effect][] = [
    [
      'the header names it',
      { status: 404, headers: { 'x-amzn-ErrorType': 'NotFoundException' }, body: '{"Code":"NotFound"}' },
      'not-found',
      'none',
    ],
    [
      'only the body names it, without Exception',
      { status: 404, body: '{"Code":"NotFound","Message":"no"}' },
      'not-found',
      'none',
    ],
    [
      'the name carries a namespace',
      { status: 403, headers: { 'x-amzn-ErrorType': 'com.amazonaws.chime#AccessDeniedException' }, body: '{}' },
      'access-denied',
      'none',
    ],
    [
      'our key is refused with 403',
      { status: 403, headers: { 'x-amzn-ErrorType': 'InvalidSignatureException' }, body: '{"message":"no"}' },
      'unauthorized',
      'none',
    ],
    [
      'a plain 403',
      { status: 403, body: '{"Code":"Forbidden","Message":"AWS authorization failed"}' },
      'forbidden',
      'none',
    ],
    [
      'a limit is hit with 400',
      { status: 400, headers: { 'x-amzn-ErrorType': 'ResourceLimitExceededException' }, body: '{}' },
      'resource-limit',
      'none',
    ],
    [
      'throttled with 400',
      { status: 400, headers: { 'x-amzn-ErrorType': 'ThrottlingException' }, body: '{}' },
      'throttled',
      'none',
    ],
    ['throttled', { status: 429, body: '{"Code":"Throttled"}' }, 'throttled', 'none'],
    ['a fault', { status: 500, body: '{"Code":"ServiceFailure"}' }, 'service-failure', 'unclear'],
    ['HTML of a gateway', { status: 502, body: html }, 'unavailable', 'unclear'],
    ['HTML with 404: not Chime at all', { status: 404, body: html }, 'unknown-answer', 'unclear'],
    ['gone for good', { status: 410, body: html }, 'retired', 'none'],
    ['a status nobody knows', { status: 418, body: '{"Code":"Teapot"}' }, 'unknown-answer', 'unclear'],
    ['a redirect', { status: 308, headers: { location: '/elsewhere' }, body: 'moved' }, 'unknown-answer', 'unclear'],
    ['Code is null', { status: 400, body: '{"Code":null}' }, 'bad-request', 'none'],
    ['nothing at all', { status: 503 }, 'unavailable', 'unclear'],
    ['200 with nothing', { status: 200 }, 'unreadable', 'unclear'],
    ['200 with HTML', { status: 200, body: html }, 'unreadable', 'unclear'],
    ['200 with null everywhere', { status: 200, body: '{"User":{"UserId":null}}' }, 'unreadable', 'unclear'],
    ['200 about somebody else', { status: 200, body: '{"User":{"UserId":"bob"}}' }, 'unreadable', 'unclear'],
    [
      '200 with a number for a moment',
      { status: 200, body: '{"User":{"UserId":"ana","RegisteredOn":1545331525.231}}' },
      'unreadable',
      'unclear',
    ],
  ];
  for (const [what, answer, code, effect] of answers) {
    test(`${what}: ${code}`, () =>
      answering(answer, async (chime) => {
        await expect(chime.updateLicense('account', 'ana', 'Pro')).rejects.toMatchObject({ code, effect });
      }));
  }

  test('the request ID travels with it, and Retry-After as milliseconds', () =>
    answering({ status: 429, headers: { 'retry-after': '7' }, body: '{"Code":"Throttled"}' }, async (chime) => {
      await expect(chime.updateLicense('account', 'ana', 'Pro')).rejects.toMatchObject({
        retryAfterMs: 7_000,
        facts: { chime: { requestId: 'the-request', httpStatus: 429 } },
      });
    }));

  test('nobody there: certainly not sent', async () => {
    const chime = connectChime({ endpoint: 'http://127.0.0.1:9', region: 'us-east-1', credentials });
    await expect(chime.getUser('account', 'ana')).rejects.toMatchObject({ code: 'unavailable', effect: 'none' });
  });

  test('the name of the service gone from the DNS: retired', () => {
    const gone = Object.assign(new Error('getaddrinfo ENOTFOUND chime.us-east-1.amazonaws.com'), { code: 'ENOTFOUND' });
    expect(refusalFrom(gone)).toMatchObject({ code: 'retired', effect: 'none' });
  });

  test('waited long enough: it may still arrive', () =>
    withChime(async (service) => {
      const chime = connectChime(service);
      const [user] = service.everyone();
      await service.control.delay('UpdateUser', 3_000);
      const call = chime.updateLicense(
        service.accounts.enterprise,
        user?.UserId ?? '',
        'Pro',
        AbortSignal.timeout(100),
      );
      await expect(call).rejects.toMatchObject({ code: 'no-answer', effect: 'late' });
    }));
});

describe('answers', () => {
  test('the sample answer of the API reference, null in every field but UserId, counts as done', () =>
    withChime(async (service) => {
      const chime = connectChime(service);
      const [user] = service.everyone();
      const userId = user?.UserId ?? '';

      const requestId = await chime.updateLicense(service.accounts.enterprise, userId, 'Pro');

      expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
      expect(await chime.getUser(service.accounts.enterprise, userId)).toMatchObject({ id: userId, license: 'Pro' });
    }));

  test('a personal PIN goes no further than the gateway', () =>
    withChime(async (service) => {
      const chime = connectChime(service);
      const person = service.everyone().find((user) => user.PersonalPIN);
      const users = await chime.listUsers(service.accounts.enterprise, null);
      expect(person).toBeDefined();
      expect(JSON.stringify(users)).not.toContain(person?.PersonalPIN ?? 'no PIN');
    }));
});
