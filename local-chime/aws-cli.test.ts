import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { findAwsCli } from '../scripts/tools.ts';
import { startChime, type TestChime } from '../testing/chime.ts';

const run = promisify(execFile);

let aws: string;
let home: string;
let chime: TestChime;
beforeAll(async () => {
  aws = needAws();
  home = await mkdtemp(join(tmpdir(), 'aws-home-'));
  chime = await startChime({ users: 30 });
});
afterEach(() => chime.control.reset());
afterAll(async () => {
  await chime?.stop();
  if (home) await rm(home, { recursive: true });
});

/** Without one these tests fail: they prove nothing then. */
function needAws(): string {
  const found = findAwsCli();
  if (!found) throw new Error('These tests need the AWS CLI: apt-get install awscli');
  return found;
}

async function cli(...args: string[]) {
  const { stdout } = await run(aws, ['chime', '--endpoint-url', chime.endpoint, '--output', 'json', ...args], {
    env: {
      NODE_ENV: 'test',
      PATH: process.env.PATH,
      HOME: home,
      AWS_ACCESS_KEY_ID: chime.credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: chime.credentials.secretAccessKey,
      AWS_DEFAULT_REGION: chime.region,
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_PAGER: '',
      AWS_MAX_ATTEMPTS: '1',
    },
  });
  return JSON.parse(stdout);
}

const serviceError = expect.toBeOneOf([254, 255]); // version 2, version 1

const ana = () => chime.person('Ana Silva');

describe('the AWS CLI', { timeout: 120_000 }, () => {
  test('lists accounts', async () => {
    const { Accounts } = await cli('list-accounts', '--name', 'Nord');

    expect(Accounts).toMatchObject([{ AccountId: chime.accounts.enterprise, Name: 'Nordwind Group' }]);
  });

  test('gets an account', async () => {
    const { Account } = await cli('get-account', '--account-id', chime.accounts.team);

    expect(Account).toMatchObject({ Name: 'Harbour Books', SupportedLicenses: ['Basic', 'Pro'] });
  });

  test('lists users, page after page', async () => {
    const listed = await cli('list-users', '--account-id', chime.accounts.enterprise, '--page-size', '7');

    const ids = z.object({ Users: z.array(z.object({ UserId: z.string() })) }).parse(listed).Users;
    expect(ids.map(({ UserId }) => UserId)).toEqual(chime.everyone().map((user) => user.UserId));
    expect(await chime.control.calls()).toHaveLength(5);
  });

  test('finds a user by e-mail address', async () => {
    const { Users } = await cli(
      ...['list-users', '--account-id', chime.accounts.enterprise],
      ...['--user-email', 'ana.silva@nordwind.example', '--user-type', 'PrivateUser'],
    );

    expect(Users).toMatchObject([{ DisplayName: 'Ana Silva' }]);
  });

  test('gets a user whose ID has a slash, a blank and an accent', async () => {
    await chime.control.addUser(chime.accounts.enterprise, { UserId: 'u/1 é', DisplayName: 'Somebody' });

    const { User } = await cli('get-user', '--account-id', chime.accounts.enterprise, '--user-id', 'u/1 é');

    expect(User).toMatchObject({ UserId: 'u/1 é', DisplayName: 'Somebody' });
  });

  test('updates a user, and hears only the UserId', async () => {
    const { AccountId, UserId } = ana();

    const answer = await cli('update-user', '--account-id', AccountId, '--user-id', UserId, '--license-type', 'Pro');

    expect(answer).toEqual({ User: { UserId } });
    expect(ana().LicenseType).toBe('Pro');
  });

  test('updates users in a batch, and hears who could not be', async () => {
    const { AccountId, UserId } = ana();

    const { UserErrors } = await cli(
      ...['batch-update-user', '--account-id', AccountId, '--update-user-request-items'],
      ...[`UserId=${UserId},LicenseType=Pro`, 'UserId=nobody,LicenseType=Pro'],
    );

    expect(UserErrors).toMatchObject([{ UserId: 'nobody', ErrorCode: 'NotFound' }]);
    expect(ana().LicenseType).toBe('Pro');
  });

  test.each([
    'BadRequestException',
    'UnauthorizedClientException',
    'ForbiddenException',
    'NotFoundException',
    'ThrottledClientException',
    'ServiceFailureException',
    'ServiceUnavailableException',
  ])('reads %s by name', async (exception) => {
    const { AccountId, UserId } = ana();
    await chime.control.failNext('UpdateUser', exception, { count: 0 });

    const updating = cli('update-user', '--account-id', AccountId, '--user-id', UserId, '--license-type', 'Pro');

    await expect(updating).rejects.toMatchObject({
      code: serviceError,
      stderr: expect.stringMatching(
        `An error occurred \\(${exception}\\) when calling the UpdateUser operation.*: Planted ${exception}`,
      ),
    });
  });

  test.each([
    ['LogoutUser', 'logout-user', () => ['--user-id', ana().UserId]],
    ['BatchSuspendUser', 'batch-suspend-user', () => ['--user-id-list', ana().UserId]],
    ['GetUserSettings', 'get-user-settings', () => ['--user-id', ana().UserId]],
    ['UpdateAccount', 'update-account', () => ['--name', 'Other']],
  ] as const)('hears that %s is not offered', async (name, command, more) => {
    const asking = cli(command, '--account-id', ana().AccountId, ...more());

    await expect(asking).rejects.toMatchObject({
      code: serviceError,
      stderr: expect.stringMatching(
        `\\(UnknownOperationException\\) when calling the ${name} operation.*: Local Chime does not offer ${name}`,
      ),
    });
  });
});
