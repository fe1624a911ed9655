import { ChimeClient, GetUserCommand, ListAccountsCommand, UpdateUserCommand } from '@aws-sdk/client-chime';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startChime, type TestChime, withChime } from '../../testing/chime.ts';
import { send, signed, type Unsigned } from '../testing/signed.ts';

let chime: TestChime;
beforeAll(async () => {
  chime = await startChime();
});
afterAll(() => chime.stop());

async function ask(unsigned: Unsigned) {
  return send(chime.endpoint, await signed(chime, unsigned));
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('an error', () => {
  test('is named in a header, and carries its code and message in the body', async () => {
    const answer = await ask({ path: '/accounts/nowhere' });

    expect(answer).toMatchObject({
      status: 404,
      headers: {
        'x-amzn-errortype': 'NotFoundException',
        'x-amzn-requestid': expect.stringMatching(uuid),
        'content-type': 'application/json',
        'content-length': '50',
        date: expect.stringContaining('GMT'),
      },
      body: '{"Code":"NotFound","Message":"No account nowhere"}',
    });
  });

  test('has a request ID that the call log knows', async () => {
    const answer = await ask({ path: '/accounts/nowhere' });

    const [call] = (await chime.control.calls()).slice(-1);

    expect(call).toMatchObject({ requestId: answer.headers['x-amzn-requestid'], operation: 'GetAccount', status: 404 });
  });
});

describe('the way to an operation', () => {
  const known = () => chime.person('Ana Silva').UserId;

  test.each(['', '/', '/console', '/console/'])('begins at the base address "%s"', async (base) => {
    const client = new ChimeClient({ ...chime, endpoint: chime.endpoint + base });

    const { User } = await client.send(new GetUserCommand({ AccountId: chime.accounts.enterprise, UserId: known() }));

    expect(User?.DisplayName).toBe('Ana Silva');
  });

  test.each(['.', '..'])('is not left by the user ID "%s", which is a bad request', async (UserId) => {
    const before = await chime.control.journal();
    const path = `/accounts/${chime.accounts.enterprise}/users`;
    const UpdateUserRequestItems = [{ UserId, LicenseType: 'Pro' }];

    const single = await ask({ method: 'POST', path: `${path}/${UserId}`, body: '{"LicenseType":"Pro"}' });
    const encoded = await ask({ path: `${path}/${UserId.replaceAll('.', '%2e')}` });
    const batch = await ask({ method: 'POST', path, body: JSON.stringify({ UpdateUserRequestItems }) });
    const account = await ask({ path: `/accounts/${UserId}` });

    expect([single, encoded, batch, account].map(({ status }) => status)).toEqual([400, 400, 400, 400]);
    expect((await chime.control.calls()).slice(-4).map(({ operation }) => operation)).toEqual([
      'UpdateUser',
      'GetUser',
      'BatchUpdateUser',
      'GetAccount',
    ]);
    expect(await chime.control.journal()).toEqual(before);
  });

  test.each(['%2e%2e', '../..'])('is not left by the user ID "%s", which nobody has', async (UserId) => {
    const before = await chime.control.journal();
    const command = new UpdateUserCommand({ AccountId: chime.accounts.enterprise, UserId, LicenseType: 'Pro' });

    await expect(chime.client.send(command)).rejects.toMatchObject({
      name: 'NotFoundException',
      message: expect.stringContaining(`No user ${UserId} in`),
    });

    expect((await chime.control.calls()).at(-1)).toMatchObject({ operation: 'UpdateUser', userId: UserId });
    expect(await chime.control.journal()).toEqual(before);
  });

  test.each(['u/1 é', 'a%2Fb', 'ключ', '猫?x=1&y#z', "!*'()~"])('takes the user ID "%s" as it is', (UserId) =>
    withChime(
      async ({ client, accounts }) => {
        const { User } = await client.send(new GetUserCommand({ AccountId: accounts.enterprise, UserId }));

        expect(User).toMatchObject({ UserId, DisplayName: 'Somebody' });
      },
      { people: [{ UserId, DisplayName: 'Somebody' }] },
    ),
  );

  test.each(['/accounts/', '/accounts//users', '/accounts/a/users/', '/accounts/%20/users/u', '/accounts/%zz'])(
    'needs IDs that say something, unlike %s',
    async (path) => {
      expect(await ask({ path })).toMatchObject({
        status: 400,
        headers: { 'x-amzn-errortype': 'BadRequestException' },
      });
    },
  );
});

describe('a body', () => {
  const update = (body: string | Uint8Array) =>
    ask({
      method: 'POST',
      path: `/accounts/${chime.accounts.enterprise}/users/${chime.person('Ana Silva').UserId}`,
      body,
    });

  test('that begins with a byte-order mark is a bad request', async () => {
    expect(await update('\ufeff{"LicenseType":"Pro"}')).toMatchObject({ status: 400 });
  });

  test.each(['{', 'null', '[]', '"Pro"', '{"LicenseType":1}', '{"LicenseType":["Pro"]}', '{"LicenseType":"pro"}'])(
    'of %s is a bad request',
    async (body) => {
      expect(await update(body)).toMatchObject({ status: 400, headers: { 'x-amzn-errortype': 'BadRequestException' } });
    },
  );

  test('that is not UTF-8 is a bad request', async () => {
    expect(await update(Buffer.from([0x22, 0xff, 0x22]))).toMatchObject({ status: 400 });
  });

  test.each(['', '{}', '{"LicenseType":null}', '{"Unknown":1}'])('of %s changes nothing and is fine', async (body) => {
    const before = await chime.control.journal();

    const answer = await update(body);

    expect(answer.status).toBe(200);
    expect(await chime.control.journal()).toEqual(before);
  });

  test('cannot name another person than the path does', async () => {
    await update(JSON.stringify({ UserId: 'other', AccountId: 'other', LicenseType: 'Pro' }));

    expect((await chime.control.journal()).at(-1)).toMatchObject({ userId: chime.person('Ana Silva').UserId });
  });

  test('that is too large is refused, whoever sends it', async () => {
    const answer = await update(Buffer.alloc(256 * 1024 + 1, ' '));

    expect(answer).toMatchObject({ status: 413, headers: { connection: 'close' } });
  });
});

describe('a caller', () => {
  test('without a signature is unauthorized', async () => {
    const answer = await fetch(`${chime.endpoint}/accounts`);

    expect(answer.status).toBe(401);
    expect(answer.headers.get('x-amzn-errortype')).toBe('UnauthorizedClientException');
  });

  test('with an unknown key is unauthorized', async () => {
    const client = new ChimeClient({ ...chime, credentials: { accessKeyId: 'AKIDOTHER', secretAccessKey: 'x' } });

    await expect(client.send(new ListAccountsCommand({}))).rejects.toMatchObject({
      name: 'UnauthorizedClientException',
      Code: 'Unauthorized',
      $metadata: { httpStatusCode: 401 },
    });
  });

  test('with a wrong secret is refused', async () => {
    const { accessKeyId } = chime.credentials;
    const client = new ChimeClient({ ...chime, credentials: { accessKeyId, secretAccessKey: 'x' } });

    await expect(client.send(new ListAccountsCommand({}))).rejects.toMatchObject({
      name: 'InvalidSignatureException',
      $metadata: { httpStatusCode: 403 },
    });
  });

  test('may sign for any region', async () => {
    const client = new ChimeClient({ ...chime, region: 'eu-west-1' });

    const { Accounts } = await client.send(new ListAccountsCommand({}));

    expect(Accounts).toHaveLength(3);
  });

  test('whose clock is wrong is set right by the Date of the answer', () =>
    withChime(
      async ({ endpoint, region, credentials }) => {
        const client = new ChimeClient({ endpoint, region, credentials });

        const { Accounts, $metadata } = await client.send(new ListAccountsCommand({}));

        expect(Accounts).toHaveLength(3);
        expect($metadata.attempts).toBe(2);
      },
      { now: () => Date.now() + 3 * 60 * 60 * 1000 },
    ));
});

test('timestamps are ISO-8601 texts on the wire', async () => {
  const { UserId } = chime.person('Ana Silva');

  const { body } = await ask({ path: `/accounts/${chime.accounts.enterprise}/users/${UserId}` });

  expect(JSON.parse(body).User.RegisteredOn).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
});
