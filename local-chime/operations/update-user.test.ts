import { GetUserCommand, type License, UpdateUserCommand } from '@aws-sdk/client-chime';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startChime, type TestChime, withChime } from '../../testing/chime.ts';
import { send, signed } from '../testing/signed.ts';

let chime: TestChime;
beforeAll(async () => {
  chime = await startChime();
});
afterAll(() => chime.stop());

function update(UserId: string, LicenseType?: License, AccountId: string = chime.accounts.enterprise) {
  return chime.client.send(new UpdateUserCommand({ AccountId, UserId, LicenseType }));
}

async function licenseOf(UserId: string) {
  const { User } = await chime.client.send(new GetUserCommand({ AccountId: chime.accounts.enterprise, UserId }));
  return User?.LicenseType;
}

test('UpdateUser changes the license, and the journal keeps from what to what', async () => {
  const ana = chime.person('Ana Silva');

  const { $metadata } = await update(ana.UserId, 'Pro');

  expect(await licenseOf(ana.UserId)).toBe('Pro');
  expect((await chime.control.journal()).at(-1)).toMatchObject({
    operation: 'UpdateUser',
    requestId: $metadata.requestId,
    accountId: chime.accounts.enterprise,
    userId: ana.UserId,
    from: 'Basic',
    to: 'Pro',
  });
});

test('UpdateUser answers as the sample of the API reference does: 441 bytes, and nothing filled but the UserId', async () => {
  const UserId = '1ab2345c-67de-8901-f23g-45h678901j2k';
  await chime.control.addUser(chime.accounts.enterprise, { UserId });
  const path = `/console/accounts/${chime.accounts.enterprise}/users/${UserId}`;

  const { headers, body } = await send(
    chime.endpoint,
    await signed(chime, { method: 'POST', path, body: '{"LicenseType": "Basic"}' }),
  );

  expect(headers['content-length']).toBe('441');
  const members = Object.entries(JSON.parse(body).User);
  expect(members).toHaveLength(20);
  expect(members.filter(([, value]) => value !== null)).toEqual([['UserId', UserId]]);
});

test('UpdateUser answers in full where that was asked for at the start', () =>
  withChime(
    async ({ client, accounts, person }) => {
      const { UserId } = person('Ana Silva');
      const { enterprise: AccountId } = accounts;

      const { User } = await client.send(new UpdateUserCommand({ AccountId, UserId, LicenseType: 'Pro' }));

      expect(User).toMatchObject({ UserId, AccountId, DisplayName: 'Ana Silva', LicenseType: 'Pro' });
    },
    { fullAnswers: true },
  ));

test('UpdateUser without a license does nothing, and that is fine', async () => {
  const before = await chime.control.journal();

  await update(chime.person('Ana Silva').UserId);

  expect(await chime.control.journal()).toEqual(before);
});

test('UpdateUser to the license somebody has is a change like any other', async () => {
  const { UserId } = chime.person('Ana Silva');
  await update(UserId, 'Basic');

  await update(UserId, 'Basic');

  expect((await chime.control.journal()).at(-1)).toMatchObject({ userId: UserId, from: 'Basic', to: 'Basic' });
});

describe('UpdateUser refuses', () => {
  test.each(['Plus', 'ProTrial'] as const)('%s, which the account does not support', async (license) => {
    const { UserId } = chime.person('Ana Silva');

    await expect(update(UserId, license)).rejects.toMatchObject({
      name: 'BadRequestException',
      Code: 'BadRequest',
      message: expect.stringContaining(`${license} is not supported`),
    });
  });

  test('to change what a directory rules', async () => {
    const { directory } = chime.accounts;
    const { UserId } = chime.person('Ruth Adler', directory);

    await expect(update(UserId, 'Basic', directory)).rejects.toMatchObject({
      name: 'ForbiddenException',
      Code: 'Forbidden',
    });
  });

  test('a person who is not there', async () => {
    await expect(update('nobody', 'Pro')).rejects.toMatchObject({ name: 'NotFoundException' });
  });

  test('an account that is not there', async () => {
    await expect(update('nobody', 'Pro', 'nowhere')).rejects.toMatchObject({ name: 'NotFoundException' });
  });
});

test('updates that arrive together are made one after another, and the last one holds', async () => {
  const { UserId } = chime.person('Ana Silva');
  const before = (await chime.control.journal()).length;

  await Promise.all(Array.from({ length: 50 }, (_, index) => update(UserId, index % 2 === 0 ? 'Pro' : 'Basic')));

  const written = (await chime.control.journal()).slice(before);
  expect(written).toHaveLength(50);
  expect(written.slice(1).map((entry) => entry.from)).toEqual(written.slice(0, -1).map((entry) => entry.to));
  expect(await licenseOf(UserId)).toBe(written.at(-1)?.to);
});
