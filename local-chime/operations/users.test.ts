import { GetUserCommand, ListUsersCommand, type ListUsersCommandInput, paginateListUsers } from '@aws-sdk/client-chime';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startChime, type TestChime, withChime } from '../../testing/chime.ts';
import { send, signed } from '../testing/signed.ts';

let chime: TestChime;
beforeAll(async () => {
  chime = await startChime();
});
afterAll(() => chime.stop());

function list(input: Partial<ListUsersCommandInput> = {}) {
  return chime.client.send(new ListUsersCommand({ AccountId: chime.accounts.enterprise, ...input }));
}

test('GetUser tells what is known about a person, and leaves out what is not', async () => {
  const { UserId } = chime.person('Ana Silva');

  const { User } = await chime.client.send(new GetUserCommand({ AccountId: chime.accounts.enterprise, UserId }));

  expect(User).toEqual({
    UserId,
    AccountId: chime.accounts.enterprise,
    PrimaryEmail: 'ana.silva@nordwind.example',
    DisplayName: 'Ana Silva',
    LicenseType: 'Basic',
    UserType: 'PrivateUser',
    UserRegistrationStatus: 'Registered',
    RegisteredOn: expect.any(Date),
    AlexaForBusinessMetadata: { IsAlexaForBusinessEnabled: false },
    PersonalPIN: expect.stringMatching(/^\d{10}$/),
  });
});

test('GetUser finds nobody outside their own account', async () => {
  const { UserId } = chime.person('Ana Silva');

  await expect(chime.client.send(new GetUserCommand({ AccountId: chime.accounts.team, UserId }))).rejects.toMatchObject(
    { name: 'NotFoundException' },
  );
});

test('ListUsers gives 100 people a page unless told', async () => {
  const first = await list();
  const second = await list({ NextToken: first.NextToken });

  expect(first.Users).toHaveLength(100);
  expect(second.Users).toHaveLength(20);
});

test('the last page has no NextToken, also when it is full', async () => {
  const { body } = await send(
    chime.endpoint,
    await signed(chime, { path: `/accounts/${chime.accounts.enterprise}/users`, query: { 'max-results': '120' } }),
  );

  expect(Object.keys(JSON.parse(body))).toEqual(['Users']);
});

test('ListUsers finds the one person of an e-mail address', async () => {
  const { Users } = await list({ UserEmail: 'ANA.SILVA@nordwind.example' });

  expect(Users?.map((user) => user.DisplayName)).toEqual(['Ana Silva']);
});

test('ListUsers tells people and devices apart', async () => {
  const { Users: people = [] } = await list({ UserType: 'PrivateUser', MaxResults: 200 });
  const { Users: devices = [] } = await list({ UserType: 'SharedDevice' });

  expect(new Set(people.map((user) => user.UserType))).toEqual(new Set(['PrivateUser']));
  expect(new Set(devices.map((user) => user.UserType))).toEqual(new Set(['SharedDevice']));
});

test('ListUsers finds no account that is not there', async () => {
  await expect(list({ AccountId: 'nowhere' })).rejects.toMatchObject({ name: 'NotFoundException' });
});

test.each([1, 200])('MaxResults may be %i', async (MaxResults) => {
  expect((await list({ MaxResults })).Users).toHaveLength(Math.min(MaxResults, 120));
});

test.each([{ MaxResults: 0 }, { MaxResults: 201 }, { MaxResults: 1.5 }, { UserEmail: 'nobody' }])(
  'ListUsers refuses %o',
  async (input) => {
    await expect(list(input)).rejects.toMatchObject({ name: 'BadRequestException' });
  },
);

test('ListUsers refuses a type of user there is not', async () => {
  const answer = await send(
    chime.endpoint,
    await signed(chime, { path: `/accounts/${chime.accounts.enterprise}/users`, query: { 'user-type': 'Robot' } }),
  );

  expect(answer.status).toBe(400);
});

describe('a page token', () => {
  const tokenOf = async () => (await list({ MaxResults: 7 })).NextToken ?? '';

  test('goes on with another page size', async () => {
    const { Users } = await list({ NextToken: await tokenOf(), MaxResults: 1 });

    expect(Users?.[0]?.UserId).toBe(chime.everyone()[7]?.UserId);
  });

  test.each([
    { UserType: 'PrivateUser' as const },
    { UserEmail: 'ana.silva@nordwind.example' },
    { AccountId: 'b0f3a8a2-1c5e-4d0b-9a57-2f6f1d3e7c10' },
  ])('is refused in a listing with %o', async (other) => {
    await expect(list({ NextToken: await tokenOf(), ...other })).rejects.toMatchObject({ name: 'BadRequestException' });
  });

  test('is refused with any one character changed', async () => {
    const token = await tokenOf();

    for (let at = 0; at < token.length; at += 1) {
      const changed = token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1);
      await expect(list({ NextToken: changed })).rejects.toMatchObject({ name: 'BadRequestException' });
    }
  });

  test.each(['', 'x', 'tok/+ =é|Mg=='])('is refused when it is "%s"', async (NextToken) => {
    const answer = await send(
      chime.endpoint,
      await signed(chime, { path: `/accounts/${chime.accounts.enterprise}/users`, query: { 'next-token': NextToken } }),
    );

    expect(answer.status).toBe(400);
  });
});

test.each([1, 7, 200])(
  'the paginator of the SDK lists every untouched person once, %i a page, while people change',
  (pageSize) =>
    withChime(
      async ({ client, accounts, control, everyone }) => {
        const { enterprise: AccountId } = accounts;
        const before = everyone().map((user) => user.UserId);
        const leaving = before.filter((_, index) => index % 4 === 1);
        const changing = before.filter((_, index) => index % 4 === 2);
        const staying = before.filter((_, index) => index % 4 !== 1);
        const joined: string[] = [];

        const listed: string[] = [];
        for await (const { Users = [] } of paginateListUsers({ client, pageSize }, { AccountId })) {
          listed.push(...Users.map((user) => user.UserId ?? ''));
          const [leaver, changer] = [leaving.pop(), changing.pop()];
          if (leaver) await control.removeUser(AccountId, leaver);
          if (changer)
            await control.changeOutside(AccountId, changer, { PrimaryEmail: 'a@b.example', DisplayName: 'A' });
          if (joined.length < 20) joined.push((await control.addUser(AccountId, { LicenseType: 'Pro' })).UserId);
        }

        expect(new Set(listed).size).toBe(listed.length);
        expect(listed.filter((id) => staying.includes(id))).toEqual(staying);
      },
      { users: 60 },
    ),
);
