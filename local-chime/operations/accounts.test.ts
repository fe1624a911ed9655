import { GetAccountCommand, ListAccountsCommand, paginateListAccounts } from '@aws-sdk/client-chime';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startChime, type TestChime } from '../../testing/chime.ts';

let chime: TestChime;
beforeAll(async () => {
  chime = await startChime();
});
afterAll(() => chime.stop());

async function namesOf(input: { Name?: string; UserEmail?: string }) {
  const { Accounts } = await chime.client.send(new ListAccountsCommand(input));
  return Accounts?.map((account) => account.Name);
}

test('GetAccount tells all about an account', async () => {
  const { Account } = await chime.client.send(new GetAccountCommand({ AccountId: chime.accounts.enterprise }));

  expect(Account).toEqual({
    AwsAccountId: '111122223333',
    AccountId: chime.accounts.enterprise,
    Name: 'Nordwind Group',
    AccountType: 'EnterpriseLWA',
    CreatedTimestamp: new Date('2017-11-02T13:40:05.731Z'),
    DefaultLicense: 'Pro',
    SupportedLicenses: ['Basic', 'Pro'],
    AccountStatus: 'Active',
    SigninDelegateGroups: [],
  });
});

test('GetAccount finds no account that is not there', async () => {
  await expect(chime.client.send(new GetAccountCommand({ AccountId: 'nowhere' }))).rejects.toMatchObject({
    name: 'NotFoundException',
    Code: 'NotFound',
  });
});

test('ListAccounts lists the Team, the Enterprise and the directory account', async () => {
  expect(await namesOf({})).toEqual(['Harbour Books', 'Nordwind Group', 'Meridian Clinics']);
});

test('ListAccounts takes the beginning of a name', async () => {
  expect(await namesOf({ Name: 'Nord' })).toEqual(['Nordwind Group']);
  expect(await namesOf({ Name: 'wind' })).toEqual([]);
  expect(await namesOf({ Name: '%' })).toEqual([]);
});

test('ListAccounts finds the one account of an e-mail address', async () => {
  expect(await namesOf({ UserEmail: 'Mona.Brandt@harbourbooks.example' })).toEqual(['Harbour Books']);
  expect(await namesOf({ UserEmail: 'nobody@harbourbooks.example' })).toEqual([]);
});

test('the paginator of the SDK lists every account once, page by page', async () => {
  const names: (string | undefined)[] = [];
  for await (const { Accounts } of paginateListAccounts({ client: chime.client, pageSize: 1 }, {})) {
    names.push(...(Accounts ?? []).map((account) => account.Name));
  }

  expect(names).toEqual(['Harbour Books', 'Nordwind Group', 'Meridian Clinics']);
});

test.each([{ Name: '' }, { Name: ' ' }, { Name: 'x'.repeat(101) }, { UserEmail: 'nobody' }, { MaxResults: 0 }])(
  'ListAccounts refuses %o',
  async (input) => {
    await expect(chime.client.send(new ListAccountsCommand(input))).rejects.toMatchObject({
      name: 'BadRequestException',
    });
  },
);
