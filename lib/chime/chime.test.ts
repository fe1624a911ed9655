import { createServer, type Server } from 'node:http';
import { describe, expect, test } from 'vitest';
import { withChime } from '../../testing/chime.ts';
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

describe('what leaves for Chime', () => {
  type Connected = ReturnType<typeof connectChime>;
  const good = '5e7d2c94-88b1-4f6a-a3d8-6c0b9e41f225';
  const aboutAccount: [string, (chime: Connected, accountId: string) => Promise<unknown>][] = [
    ['getAccount', (chime, accountId) => chime.getAccount(accountId)],
    ['listUsers', (chime, accountId) => chime.listUsers(accountId, null)],
    ['getUser', (chime, accountId) => chime.getUser(accountId, good)],
    ['updateLicense', (chime, accountId) => chime.updateLicense(accountId, good, 'Pro')],
    ['updateLicenses', (chime, accountId) => chime.updateLicenses(accountId, [{ userId: good, to: 'Pro' }])],
  ];
  const aboutUser: [string, (chime: Connected, userId: string) => Promise<unknown>][] = [
    ['getUser', (chime, userId) => chime.getUser(good, userId)],
    ['updateLicense', (chime, userId) => chime.updateLicense(good, userId, 'Pro')],
    [
      'updateLicenses',
      (chime, userId) =>
        chime.updateLicenses(good, [
          { userId: good, to: 'Pro' },
          { userId, to: 'Pro' },
        ]),
    ],
  ];
  const unfit = [
    '',
    '.',
    '..',
    '../users',
    'a/b',
    'a\\b',
    '%2e%2e',
    'a%2Fb',
    'a b',
    'a\0',
    'a?operation=logout',
    '#',
    'ä',
    'a'.repeat(65),
  ];

  /** A service that keeps the requests it gets, and refuses every one. */
  async function listening(onlyAccounts: string[] | undefined, run: (chime: Connected) => Promise<void>) {
    const requests: string[] = [];
    const server = createServer(({ method, url }, response) => {
      requests.push(`${method} ${url}`);
      response.writeHead(404).end('{"Code":"NotFound"}');
    });
    const chime = connectChime({ endpoint: await listen(server), region: 'us-east-1', credentials, onlyAccounts });
    try {
      await run(chime);
    } finally {
      chime.disconnect();
      server.close();
    }
    return requests;
  }

  test.each(aboutAccount)('is no account ID by %s that could lead elsewhere', async (_, call) => {
    const requests = await listening(undefined, async (chime) => {
      for (const id of unfit) {
        const refusal = await call(chime, id).catch((error: unknown) => error);
        expect(refusal, id).toMatchObject({ name: 'Refusal', code: 'invalid' });
      }
    });
    expect(requests).toEqual([]);
  });

  test.each(aboutUser)('is no user ID by %s that could lead elsewhere', async (_, call) => {
    const requests = await listening(undefined, async (chime) => {
      for (const id of unfit) {
        const refusal = await call(chime, id).catch((error: unknown) => error);
        expect(refusal, id).toMatchObject({ name: 'Refusal', code: 'invalid' });
      }
    });
    expect(requests).toEqual([]);
  });

  test.each(aboutAccount)('is nothing by %s about an account that CHIME_ACCOUNTS does not name', async (_, call) => {
    const requests = await listening(['another'], async (chime) => {
      const refusal = await call(chime, good).catch((error: unknown) => error);
      expect(refusal).toMatchObject({ name: 'Refusal', code: 'unknown-account' });
      expect(refusal).not.toHaveProperty('facts.chime');
    });
    expect(requests).toEqual([]);

    const allowed = await listening([good], (chime) => expect(call(chime, good)).rejects.toHaveProperty('facts.chime'));
    expect(allowed).toHaveLength(1);
  });
});

test('a person about whom Chime answers with somebody else is not taken for that one', () =>
  answering({ status: 200, body: '{"User":{"UserId":"ben"}}' }, async (chime) => {
    await expect(chime.getUser('account', 'ana')).rejects.toMatchObject({ code: 'unreadable' });
  }));

test('of the accounts that Chime names, those are learnt that CHIME_ACCOUNTS names', () =>
  withChime(async (service) => {
    const { team, enterprise } = service.accounts;
    const chime = connectChime({ ...service, onlyAccounts: [team] });
    const all = connectChime(service);
    expect((await chime.listAccounts(null)).items.map(({ id }) => id)).toEqual([team]);
    expect((await all.listAccounts(null)).items.map(({ id }) => id)).toContain(enterprise);
  }));

test('people and accounts whose IDs may not be sent are left out of a listing, and counted', () =>
  answering(
    {
      status: 200,
      body: JSON.stringify({
        Users: [{ UserId: 'ana' }, { UserId: '..' }, { UserId: 'a/b' }],
        Accounts: [
          { AccountId: '%2e', Name: 'a' },
          { AccountId: 'b', Name: 'b' },
        ],
      }),
    },
    async (chime) => {
      const users = await chime.listUsers('account', null);
      expect(users).toMatchObject({ items: [{ id: 'ana' }], leftOut: 2 });
      expect(await chime.listAccounts(null)).toMatchObject({ items: [{ id: 'b' }], leftOut: 1 });
    },
  ));
