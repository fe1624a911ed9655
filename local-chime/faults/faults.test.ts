import {
  BatchUpdateUserCommand,
  ChimeClient,
  ChimeServiceException,
  GetUserCommand,
  ListUsersCommand,
  UpdateUserCommand,
} from '@aws-sdk/client-chime';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startChime, type TestChime } from '../../testing/chime.ts';
import { send, signed } from '../testing/signed.ts';

let chime: TestChime;
let ana: { AccountId: string; UserId: string };
beforeAll(async () => {
  chime = await startChime({ users: 30 });
  ana = chime.person('Ana Silva');
});
afterEach(() => chime.control.reset());
afterAll(() => chime.stop());

const update = (LicenseType: 'Basic' | 'Pro' = 'Pro') =>
  chime.client.send(new UpdateUserCommand({ AccountId: ana.AccountId, UserId: ana.UserId, LicenseType }));
const read = async () => {
  const { User } = await chime.client.send(new GetUserCommand({ AccountId: ana.AccountId, UserId: ana.UserId }));
  return User;
};

const documented = [
  ['BadRequestException', 400, 'BadRequest'],
  ['UnauthorizedClientException', 401, 'Unauthorized'],
  ['ForbiddenException', 403, 'Forbidden'],
  ['NotFoundException', 404, 'NotFound'],
  ['ThrottledClientException', 429, 'Throttled'],
  ['ServiceFailureException', 500, 'ServiceFailure'],
  ['ServiceUnavailableException', 503, 'ServiceUnavailable'],
  ['ConflictException', 409, 'Conflict'],
  ['UnprocessableEntityException', 422, 'Unprocessable'],
  ['AccessDeniedException', 403, 'AccessDenied'],
  ['ResourceLimitExceededException', 400, 'ResourceLimitExceeded'],
] as const;

describe('a planted error', () => {
  test.each(documented)('%s reaches the caller by name, once, and nothing is changed', async (name, status, Code) => {
    await chime.control.failNext('UpdateUser', name);

    const refused = update();

    await expect(refused).rejects.toBeInstanceOf(ChimeServiceException);
    await expect(refused).rejects.toMatchObject({ name, Code, $metadata: { httpStatusCode: status, attempts: 1 } });
    expect(await chime.control.journal()).toEqual([]);
    await update();
    expect(await chime.control.journal()).toHaveLength(1);
  });

  test('outside the model is named by its header alone', async () => {
    await chime.control.failNext('UpdateUser', 'MadeUpException');

    const error = await update().catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({ name: 'MadeUpException', $metadata: { httpStatusCode: 400 } });
    expect(error).not.toHaveProperty('Code');
  });

  test('is ridden out by a client that tries again', async () => {
    await chime.control.failNext('UpdateUser', 'ServiceUnavailableException', { count: 2 });
    const { endpoint, region, credentials } = chime;
    const client = new ChimeClient({ endpoint, region, credentials });

    const { $metadata } = await client.send(new UpdateUserCommand({ ...ana, LicenseType: 'Pro' }));

    expect($metadata.attempts).toBe(3);
    const calls = (await chime.control.calls()).filter((call) => call.operation === 'UpdateUser');
    expect(calls.map((call) => call.status)).toEqual([503, 503, 200]);
    expect(new Set(calls.map((call) => call.invocationId)).size).toBe(1);
  });

  test('may come with another status and a Retry-After', async () => {
    await chime.control.failNext('UpdateUser', 'ThrottledClientException', { status: 400, retryAfterSeconds: 7 });

    const answer = await send(
      chime.endpoint,
      await signed(chime, { method: 'POST', path: `/accounts/${ana.AccountId}/users/${ana.UserId}`, body: '{}' }),
    );

    expect(answer).toMatchObject({ status: 400, headers: { 'retry-after': '7' } });
  });

  test('may come although the change was made', async () => {
    await chime.control.failNext('UpdateUser', 'ServiceFailureException', { afterApplying: true });

    await expect(update()).rejects.toMatchObject({ name: 'ServiceFailureException' });

    expect((await read())?.LicenseType).toBe('Pro');
  });

  test('comes until it is cleared when the count is 0', async () => {
    await chime.control.failNext(undefined, 'ForbiddenException', { count: 0 });

    for (let time = 0; time < 3; time += 1) await expect(read()).rejects.toMatchObject({ name: 'ForbiddenException' });

    await chime.control.clear();
    await read();
  });

  test('for one person of a batch fails that person alone', async () => {
    const [other] = chime.everyone();
    await chime.control.failNext('BatchUpdateUser', 'ThrottledClientException', { userId: ana.UserId });

    const { UserErrors } = await chime.client.send(
      new BatchUpdateUserCommand({
        AccountId: ana.AccountId,
        UpdateUserRequestItems: [
          { UserId: ana.UserId, LicenseType: 'Pro' },
          { UserId: other?.UserId, LicenseType: 'Pro' },
        ],
      }),
    );

    expect(UserErrors).toMatchObject([{ UserId: ana.UserId, ErrorCode: 'Throttled' }]);
    expect((await chime.control.journal()).map((entry) => entry.userId)).toEqual([other?.UserId]);
  });

  test('meant for somebody else is none', async () => {
    await chime.control.failNext('UpdateUser', 'ForbiddenException', { userId: 'somebody else' });
    await chime.control.failNext('UpdateUser', 'ForbiddenException', { accountId: chime.accounts.team });
    await chime.control.failNext('ListUsers', 'ForbiddenException');

    await update();

    expect(await chime.control.faults()).toHaveLength(3);
  });

  test('posted first comes first', async () => {
    await chime.control.failNext('UpdateUser', 'ForbiddenException');
    await chime.control.failNext('UpdateUser', 'ThrottledClientException');

    await expect(update()).rejects.toMatchObject({ name: 'ForbiddenException' });
    await expect(update()).rejects.toMatchObject({ name: 'ThrottledClientException' });
  });
});

describe('a dropped connection', () => {
  test('before the change leaves everything as it was', async () => {
    await chime.control.drop('UpdateUser', 'before');

    await expect(update()).rejects.toMatchObject({ code: 'ECONNRESET' });

    expect(await chime.control.journal()).toEqual([]);
    expect((await chime.control.calls()).at(-1)).toMatchObject({ operation: 'UpdateUser', status: null });
  });

  test('after the change looks the same, and the change is made', async () => {
    await chime.control.drop('UpdateUser', 'after');

    await expect(update()).rejects.toMatchObject({ code: 'ECONNRESET' });

    expect((await read())?.LicenseType).toBe('Pro');
  });
});

describe('a delay', () => {
  test('comes before the change, which is made although the caller has gone away', async () => {
    await chime.control.delay('UpdateUser', 300);
    const leaving = new AbortController();
    const command = new UpdateUserCommand({ AccountId: ana.AccountId, UserId: ana.UserId, LicenseType: 'Pro' });
    const left = chime.client.send(command, { abortSignal: leaving.signal });
    await expect.poll(() => chime.control.calls()).toHaveLength(1);

    leaving.abort();

    await expect(left).rejects.toMatchObject({ name: 'AbortError' });
    await expect.poll(() => chime.control.journal()).toMatchObject([{ userId: ana.UserId, to: 'Pro' }]);
  });

  test('goes together with the next fault that is none', async () => {
    await chime.control.delay('UpdateUser', 1);
    await chime.control.failNext('UpdateUser', 'ServiceFailureException');

    await expect(update()).rejects.toMatchObject({ name: 'ServiceFailureException' });

    expect(await chime.control.faults()).toEqual([]);
  });

  test('does not hold up a stop, and what it held up is not done', async () => {
    const other = await startChime({ users: 10 });
    const { UserId, AccountId } = other.person('Ana Silva');
    await other.control.delay('UpdateUser', 600_000);
    const sending = other.client.send(new UpdateUserCommand({ AccountId, UserId, LicenseType: 'Pro' }));
    const lost = expect(sending).rejects.toThrow();
    await expect.poll(() => other.control.calls()).toHaveLength(1);

    await other.stop();

    await lost;
  });
});

describe('an unusable answer', () => {
  test('may be empty, with the change made', async () => {
    await chime.control.answerNext('UpdateUser', { kind: 'empty', apply: true });

    const { User } = await update();

    expect(User).toBeUndefined();
    expect((await read())?.LicenseType).toBe('Pro');
  });

  test('may be empty, with nothing done', async () => {
    await chime.control.answerNext('UpdateUser', { kind: 'empty', apply: false });

    await update();

    expect(await chime.control.journal()).toEqual([]);
  });

  test('may be the page of a proxy', async () => {
    await chime.control.answerNext('UpdateUser', { kind: 'html', status: 502, apply: false });

    await expect(update()).rejects.toMatchObject({ name: 'SyntaxError', $metadata: { httpStatusCode: 502 } });

    expect(await chime.control.journal()).toEqual([]);
  });

  test('may be the page of a proxy in front of a change that was made', async () => {
    await chime.control.answerNext('UpdateUser', { kind: 'html', status: 504, apply: true });

    await expect(update()).rejects.toMatchObject({ name: 'SyntaxError' });

    expect(await chime.control.journal()).toHaveLength(1);
  });

  test('may have nothing but nulls', async () => {
    await chime.control.answerNext(undefined, { kind: 'nulls' }, { count: 2 });

    const updated = await update();
    const list = new ListUsersCommand({ AccountId: ana.AccountId });
    const listed = await chime.client.send(list);

    expect(updated.User).toEqual({});
    expect(listed.Users).toBeUndefined();
    expect(await chime.control.journal()).toHaveLength(1);
  });

  test('may have numbers for timestamps, on which the SDK breaks after the fact', async () => {
    await chime.control.answerNext('GetUser', { kind: 'numeric-timestamps' });

    await expect(read()).rejects.toBeInstanceOf(TypeError);
  });
});

describe('a stale read', () => {
  const listed = async () => {
    const { Users } = await chime.client.send(new ListUsersCommand({ AccountId: ana.AccountId }));
    return Users?.find((user) => user.UserId === ana.UserId);
  };

  test('shows the old license although the change was accepted and journalled', async () => {
    await chime.control.answerNext('UpdateUser', { kind: 'stale', ms: 3_600_000 });

    await update();

    expect(await chime.control.journal()).toMatchObject([{ from: 'Basic', to: 'Pro' }]);
    expect((await read())?.LicenseType).toBe('Basic');
    expect((await listed())?.LicenseType).toBe('Basic');
  });

  test('shows the new license when its time is over', async () => {
    await chime.control.answerNext('UpdateUser', { kind: 'stale', ms: 0 });

    await update();

    expect((await read())?.LicenseType).toBe('Pro');
    expect((await listed())?.LicenseType).toBe('Pro');
  });

  test('does not come of a change that was refused', async () => {
    await chime.control.answerNext('UpdateUser', { kind: 'stale', ms: 3_600_000 });
    const refused = new UpdateUserCommand({ AccountId: ana.AccountId, UserId: ana.UserId, LicenseType: 'Plus' });
    await expect(chime.client.send(refused)).rejects.toMatchObject({ name: 'BadRequestException' });

    await update();

    expect((await read())?.LicenseType).toBe('Pro');
  });
});
