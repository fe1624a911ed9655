import { BatchUpdateUserCommand, type UpdateUserRequestItem } from '@aws-sdk/client-chime';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startChime, type TestChime } from '../../testing/chime.ts';

let chime: TestChime;
beforeAll(async () => {
  chime = await startChime();
});
afterAll(() => chime.stop());

function batch(UpdateUserRequestItems: UpdateUserRequestItem[], AccountId: string = chime.accounts.enterprise) {
  return chime.client.send(new BatchUpdateUserCommand({ AccountId, UpdateUserRequestItems }));
}

function some(count: number): UpdateUserRequestItem[] {
  const people = chime.everyone().slice(0, count);
  return people.map(({ UserId }) => ({ UserId, LicenseType: 'Pro' }));
}

test('BatchUpdateUser changes up to 20 people', async () => {
  const { UserErrors } = await batch(some(20));

  expect(UserErrors).toEqual([]);
  expect(
    new Set(
      chime
        .everyone()
        .map((user) => user.LicenseType)
        .slice(0, 20),
    ),
  ).toEqual(new Set(['Pro']));
});

test('BatchUpdateUser names those it could not change, and changes the others', async () => {
  const [first, last] = some(2);
  const before = await chime.control.journal();

  const { UserErrors, $metadata } = await batch([
    { UserId: first?.UserId, LicenseType: 'Basic' },
    { UserId: 'nobody', LicenseType: 'Basic' },
    { UserId: last?.UserId, LicenseType: 'Plus' },
    { UserId: last?.UserId, LicenseType: 'Basic' },
  ]);

  expect($metadata.httpStatusCode).toBe(200);
  expect(UserErrors).toMatchObject([
    { UserId: 'nobody', ErrorCode: 'NotFound', ErrorMessage: expect.stringContaining('nobody') },
    { UserId: last?.UserId, ErrorCode: 'BadRequest', ErrorMessage: expect.stringContaining('Plus') },
  ]);
  const written = (await chime.control.journal()).slice(before.length);
  expect(written.map(({ operation, userId, to }) => [operation, userId, to])).toEqual([
    ['BatchUpdateUser', first?.UserId, 'Basic'],
    ['BatchUpdateUser', last?.UserId, 'Basic'],
  ]);
  expect(new Set(written.map((entry) => entry.requestId))).toEqual(new Set([$metadata.requestId]));
});

test('BatchUpdateUser refuses 21 people, and changes none of them', async () => {
  const before = await chime.control.journal();

  await expect(batch(some(21))).rejects.toMatchObject({ name: 'BadRequestException' });

  expect(await chime.control.journal()).toEqual(before);
});

test('BatchUpdateUser with nobody in it is fine', async () => {
  expect((await batch([])).UserErrors).toEqual([]);
});

test('BatchUpdateUser without a license changes nothing', async () => {
  const before = await chime.control.journal();

  await batch(some(3).map(({ UserId }) => ({ UserId })));

  expect(await chime.control.journal()).toEqual(before);
});

test('BatchUpdateUser refuses to change what a directory rules', async () => {
  await expect(batch(some(1), chime.accounts.directory)).rejects.toMatchObject({ name: 'ForbiddenException' });
});

test('BatchUpdateUser finds no account that is not there', async () => {
  await expect(batch(some(1), 'nowhere')).rejects.toMatchObject({ name: 'NotFoundException' });
});

test.each([
  { UserId: ' ', LicenseType: 'Pro' as const },
  { UserId: undefined, LicenseType: 'Pro' as const },
])('BatchUpdateUser refuses the item %o', async (item) => {
  await expect(batch([item])).rejects.toMatchObject({ name: 'BadRequestException' });
});
