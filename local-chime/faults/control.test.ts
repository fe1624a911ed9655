import { ChimeClient, GetUserCommand, ListAccountsCommand, UpdateUserCommand } from '@aws-sdk/client-chime';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { startChime, type TestChime } from '../../testing/chime.ts';
import { send } from '../testing/signed.ts';
import { ChimeControl, type JournalEntry } from './control-client.ts';

let chime: TestChime;
beforeAll(async () => {
  chime = await startChime({ users: 30 });
});
afterEach(() => chime.control.reset());
afterAll(() => chime.stop());

const list = () => chime.client.send(new ListAccountsCommand({}));

/** Asks the control port with exactly these headers. */
function knock(headers: Record<string, string>, target = '/health', method = 'GET') {
  return send(chime.controlEndpoint, {
    method,
    target,
    rawHeaders: Object.entries(headers).flat(),
    body: Buffer.alloc(0),
  });
}

const host = () => new URL(chime.controlEndpoint).host;
const authorization = () => `Bearer ${chime.controlToken}`;

test('its health tells what it is and how much it holds', async () => {
  expect(await chime.control.health()).toEqual({
    service: 'local-chime',
    endpoint: chime.endpoint,
    accounts: 3,
    users: 120,
    retired: false,
  });
});

test('an organisation that lives brings joins, leaves and other plans by itself, until it is still again', async () => {
  await chime.control.live({ joins: 6_000, leaves: 3_000, changes: 6_000 });
  const seen = await vi.waitUntil(
    async () => {
      const journal = await chime.control.journal();
      const joined = journal.filter(({ from }) => from === null);
      const left = journal.filter(({ to }) => to === null);
      const changed = journal.filter(({ from, to }) => from && to && from !== to);
      return joined.length > 3 && left.length > 3 && changed.length > 3 && { journal };
    },
    { timeout: 30_000 },
  );
  await chime.control.live({});
  const still = await chime.control.journal();

  expect(seen.journal.every(({ operation }) => operation === 'Outside')).toBe(true);
  const people = chime.everyone();
  const here = still.filter(({ accountId }) => accountId === chime.accounts.enterprise);
  expect(here.length).toBeGreaterThan(0);
  for (const { userId, to } of lastOf(here)) {
    expect(people.find(({ UserId }) => UserId === userId)?.LicenseType ?? null).toBe(to);
  }
});

/** The last entry about each person. */
const lastOf = (journal: JournalEntry[]) => [...new Map(journal.map((entry) => [entry.userId, entry])).values()];

describe('the control port is shut', () => {
  test.each(['', 'Bearer', 'Bearer wrong', 'Basic YTpi'])('to the authorization "%s"', async (authorization) => {
    expect((await knock({ host: host(), authorization })).status).toBe(401);
  });

  test('to web pages, even with the token', async () => {
    const answer = await knock({ host: host(), authorization: authorization(), origin: 'http://localhost:3000' });

    expect(answer.status).toBe(403);
  });

  test.each(['evil.example', '127.0.0.1.evil.example', 'localhost.evil.example:4621', '10.0.0.1'])(
    'under the name %s',
    async (name) => {
      expect((await knock({ host: name, authorization: authorization() })).status).toBe(403);
    },
  );

  test.each(['.', '..', '%2e', '%2E%2e', '%20'])('to the ID "%s" in a path', async (id) => {
    const target = `/accounts/${chime.accounts.enterprise}/users/${id}`;

    expect((await knock({ host: host(), authorization: authorization() }, target, 'DELETE')).status).toBe(400);
    expect(
      (await knock({ host: host(), authorization: authorization() }, `/accounts/${id}/users`, 'POST')).status,
    ).toBe(400);
  });

  test.each(['.', '..', ' '])('to somebody new whose ID would be "%s"', async (UserId) => {
    await expect(chime.control.addUser(chime.accounts.enterprise, { UserId })).rejects.toThrow('answers 400');
  });

  test('to what it does not know', async () => {
    expect((await knock({ host: host(), authorization: authorization() }, '/nothing')).status).toBe(404);
    expect((await knock({ host: host(), authorization: authorization() }, '/health', 'POST')).status).toBe(405);
    expect((await knock({ host: host(), authorization: authorization() }, '/journal?after=x')).status).toBe(400);
  });

  test('under other names of the loopback it is open', async () => {
    for (const name of ['localhost', 'localhost:1', '[::1]:4621', '127.0.0.1']) {
      expect((await knock({ host: name, authorization: authorization() })).status).toBe(200);
    }
  });
});

test('a client with a wrong token is told so', async () => {
  const stranger = new ChimeControl(chime.controlEndpoint, 'wrong');

  await expect(stranger.health()).rejects.toThrow('401: The control token is missing or wrong');
});

test('a fault that cannot be planted is refused with the reason', async () => {
  await expect(chime.control.failNext('UpdateUser', 'not a name')).rejects.toThrow(/400: .*error/s);
  await expect(chime.control.delay('UpdateUser', -1)).rejects.toThrow('400');
});

test('a planted fault can be listed and taken away again', async () => {
  const id = await chime.control.failNext('UpdateUser', 'ForbiddenException', { count: 3 });
  expect(await chime.control.faults()).toMatchObject([{ id, operation: 'UpdateUser', count: 3 }]);

  await chime.control.removeFault(id);

  expect(await chime.control.faults()).toEqual([]);
  await expect(chime.control.removeFault(id)).rejects.toThrow('404');
});

describe('the throttle', () => {
  test('lets a bucketful through and refuses the rest', async () => {
    await chime.control.throttle(0.001);

    await list();

    await expect(list()).rejects.toMatchObject({ name: 'ThrottledClientException', Code: 'Throttled' });
  });

  test('says when to come back, if it was told to', async () => {
    await chime.control.throttle(0.001, 3);
    await list();

    await expect(list()).rejects.toMatchObject({ $response: { headers: { 'retry-after': '3' } } });
  });

  test('is taken off again', async () => {
    await chime.control.throttle(0.001);
    await list();

    await chime.control.throttle(null);

    await list();
  });
});

describe('retirement', () => {
  test('answers every request with a page and no envelope', async () => {
    await chime.control.retire();

    const answer = await fetch(`${chime.endpoint}/accounts`);

    expect(answer.status).toBe(410);
    expect(answer.headers.get('content-type')).toBe('text/html');
    expect(answer.headers.get('x-amzn-requestid')).toBeNull();
    expect(answer.headers.get('x-amzn-errortype')).toBeNull();
    await expect(list()).rejects.toMatchObject({ name: 'SyntaxError', $metadata: { httpStatusCode: 410 } });
    expect((await chime.control.health()).retired).toBe(true);
  });

  test('ends', async () => {
    await chime.control.retire();

    await chime.control.retire(false);

    await list();
  });
});

describe('a change outside the API', () => {
  const ana = () => chime.person('Ana Silva');

  test('changes what it names, leaves the rest, and is journalled', async () => {
    const { AccountId, UserId } = ana();

    const changed = await chime.control.changeOutside(AccountId, UserId, {
      LicenseType: 'ProTrial',
      DisplayName: null,
      UserRegistrationStatus: 'Released',
    });

    const { User } = await chime.client.send(new GetUserCommand({ AccountId, UserId }));
    expect(User).toMatchObject({
      LicenseType: 'ProTrial',
      UserRegistrationStatus: 'Released',
      PersonalPIN: changed.PersonalPIN,
    });
    expect(User?.DisplayName).toBeUndefined();
    expect(await chime.control.journal()).toMatchObject([
      { operation: 'Outside', userId: UserId, from: 'Basic', to: 'ProTrial' },
    ]);
  });

  test('adds a person, with an ID of their own or a given one', async () => {
    const { enterprise } = chime.accounts;

    const somebody = await chime.control.addUser(enterprise, { DisplayName: 'Somebody', LicenseType: 'Pro' });
    const named = await chime.control.addUser(enterprise, { UserId: 'u/1 é' });

    expect(somebody).toMatchObject({ AccountId: enterprise, DisplayName: 'Somebody' });
    expect(named.UserId).toBe('u/1 é');
    expect((await chime.control.health()).users).toBe(122);
    await expect(chime.control.addUser(enterprise, { UserId: 'u/1 é' })).rejects.toThrow('409');
    await expect(chime.control.addUser('nowhere', {})).rejects.toThrow('404');
  });

  test('removes a person', async () => {
    const { AccountId, UserId } = ana();

    await chime.control.removeUser(AccountId, UserId);

    await expect(chime.client.send(new GetUserCommand({ AccountId, UserId }))).rejects.toMatchObject({
      name: 'NotFoundException',
    });
    expect(await chime.control.journal()).toMatchObject([
      { operation: 'Outside', userId: UserId, from: 'Basic', to: null },
    ]);
    await expect(chime.control.removeUser(AccountId, UserId)).rejects.toThrow('404');
  });

  test('cannot plant what Chime has no member for', async () => {
    const { AccountId, UserId } = ana();
    const answer = await fetch(`${chime.controlEndpoint}/accounts/${AccountId}/users/${UserId}`, {
      method: 'PUT',
      headers: { authorization: authorization() },
      body: '{"Licence":"Pro"}',
    });

    expect(answer.status).toBe(400);
  });
});

test('the journal and the calls go on after any entry', async () => {
  const { AccountId, UserId } = chime.person('Ana Silva');
  for (const LicenseType of ['Pro', 'Basic', 'Pro'] as const) {
    await chime.client.send(new UpdateUserCommand({ AccountId, UserId, LicenseType }));
  }

  const [first] = await chime.control.journal();
  const [firstCall] = await chime.control.calls();

  expect((await chime.control.journal(first?.seq)).map((entry) => entry.to)).toEqual(['Basic', 'Pro']);
  expect(await chime.control.calls(firstCall?.seq)).toHaveLength(2);
});

test('a call is logged with whom it was about, and with the ID that its retries share', async () => {
  const { AccountId, UserId } = chime.person('Ana Silva');

  await chime.client.send(new GetUserCommand({ AccountId, UserId }));
  await fetch(`${chime.endpoint}/nowhere`);

  expect(await chime.control.calls()).toMatchObject([
    { operation: 'GetUser', accountId: AccountId, userId: UserId, status: 200, invocationId: expect.any(String) },
    { operation: null, accountId: null, userId: null, status: 401, invocationId: null },
  ]);
});

test('reset brings the example organisation back, and a working service', async () => {
  const before = chime.everyone();
  const { AccountId, UserId } = chime.person('Ana Silva');
  await chime.control.changeOutside(AccountId, UserId, { LicenseType: 'Pro', DisplayName: 'Other' });
  await chime.control.addUser(AccountId, {});
  await chime.control.failNext(undefined, 'ForbiddenException', { count: 0 });
  await chime.control.throttle(0.001);
  await chime.control.retire();

  await chime.control.reset();

  expect(chime.everyone()).toEqual(before);
  expect(await chime.control.journal()).toEqual([]);
  expect(await chime.control.calls()).toEqual([]);
  await list();
  await new ChimeClient({ ...chime }).send(new ListAccountsCommand({}));
});

test('reset drops the calls that are still delayed', async () => {
  const before = chime.everyone();
  const { AccountId, UserId } = chime.person('Ana Silva');
  await chime.control.delay('UpdateUser', 500);
  const client = new ChimeClient({ ...chime, maxAttempts: 1 });
  const late = client.send(new UpdateUserCommand({ AccountId, UserId, LicenseType: 'Pro' })).catch((error) => error);
  await expect.poll(() => chime.control.faults()).toEqual([]);

  await chime.control.reset();

  expect(await late).toBeInstanceOf(Error);
  expect(chime.everyone()).toEqual(before);
});
