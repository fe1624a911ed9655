import * as sdk from '@aws-sdk/client-chime';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { startChime, type TestChime } from '../../testing/chime.ts';
import { offeredOperations } from '../operations/offered-operations.ts';
import { otherOperations } from '../operations/other-operations.ts';
import { send, signed, type Unsigned } from '../testing/signed.ts';

let chime: TestChime;
beforeAll(async () => {
  chime = await startChime({ users: 30 });
});
afterAll(() => chime.stop());

/** Asks with a query that is written as in `search`, and signed as `unsigned` has it. */
async function ask(unsigned: Unsigned, search?: string) {
  const request = await signed(chime, unsigned);
  return send(chime.endpoint, search === undefined ? request : { ...request, target: `${unsigned.path}?${search}` });
}

const addresses = offeredOperations.map(
  ({ name, method, segments }) => [name, `${method} /${segments.join('/')}`] as const,
);

/** An operation's schema as the SDK exports it: kind 9, namespace, name, traits, among them method, address and status. */
const schemaShape = z.tuple([
  z.literal(9),
  z.string(),
  z.string(),
  z.object({ http: z.tuple([z.string(), z.string(), z.number()]) }),
]);

test('every operation of the API is offered or known as one that is not, at the address the SDK sends it to', () => {
  const modelled = Object.values(sdk).flatMap((value) => {
    const schema = schemaShape.safeParse(Array.isArray(value) ? value.slice(0, 4) : value).data;
    return schema ? [[schema[2], `${schema[3].http[0]} ${schema[3].http[1]}`]] : [];
  });

  expect(modelled).toHaveLength(62);
  expect(Object.fromEntries([...addresses, ...Object.entries(otherOperations)])).toEqual(Object.fromEntries(modelled));
});

describe('an operation that is not offered', () => {
  test.each(Object.entries(otherOperations))('is refused by its name: %s', async (name, address) => {
    const [method = '', target = ''] = address.replace(/\{\w+\}/g, 'x').split(' ');
    const [path = '', query = ''] = target.split('?');

    const answer = await ask({ method, path, query: Object.fromEntries(new URLSearchParams(query)) });

    expect(answer).toMatchObject({ status: 404, headers: { 'x-amzn-errortype': 'UnknownOperationException' } });
    expect(JSON.parse(answer.body)).toEqual({ Message: `Local Chime does not offer ${name}` });
    expect((await chime.control.calls()).at(-1)).toMatchObject({ operation: name, status: 404 });
  });

  test('is an exception of that name to the SDK', async () => {
    const { UserId } = chime.person('Ana Silva');
    const command = new sdk.LogoutUserCommand({ AccountId: chime.accounts.enterprise, UserId });

    await expect(chime.client.send(command)).rejects.toMatchObject({
      name: 'UnknownOperationException',
      message: 'Local Chime does not offer LogoutUser',
      $metadata: { httpStatusCode: 404 },
    });
  });
});

describe('an operation in the query', () => {
  const body = () =>
    JSON.stringify({
      UpdateUserRequestItems: [{ UserId: chime.person('Ana Silva').UserId, LicenseType: 'Pro' }],
      LicenseType: 'Pro',
    });
  const users = () => `/accounts/${chime.accounts.enterprise}/users`;

  test.each([
    ['operation=logout', { operation: 'logout' }],
    ['%6Fperation=logout', { operation: 'logout' }],
    ['operatio%6e=%6Cogout', { operation: 'logout' }],
    ['x=1&%6fperation=logout', { operation: 'logout', x: '1' }],
  ])('is decoded before it is compared: %s', async (search, query) => {
    const path = `${users()}/${chime.person('Ana Silva').UserId}`;

    const answer = await ask({ method: 'POST', path, query, body: body() }, search);

    expect(answer).toMatchObject({ status: 404, body: '{"Message":"Local Chime does not offer LogoutUser"}' });
  });

  test.each<[string, Record<string, string | string[]>]>([
    ['operation=nonsense', { operation: 'nonsense' }],
    ['operation=', { operation: '' }],
    ['operation', { operation: '' }],
    ['operation=Logout', { operation: 'Logout' }],
    ['operation=+logout', { operation: '+logout' }],
    ['operation=logout&operation=logout', { operation: ['logout', 'logout'] }],
    ['operation=&%6Fperation=logout', { operation: ['', 'logout'] }],
    ['Operation=logout', { Operation: 'logout' }],
    ['OPERATIO%4E=logout', { OPERATION: 'logout' }],
    ['+operation=logout', { '+operation': 'logout' }],
    ['operation%20=logout', { 'operation ': 'logout' }],
  ])('that Chime does not have is no update: %s', async (search, query) => {
    const before = await chime.control.journal();
    const path = `${users()}/${chime.person('Ana Silva').UserId}`;

    const single = await ask({ method: 'POST', path, query, body: body() }, search);
    const batch = await ask({ method: 'POST', path: users(), query, body: body() }, search);

    for (const answer of [single, batch]) {
      expect(answer).toMatchObject({ status: 404, headers: { 'x-amzn-errortype': 'UnknownOperationException' } });
      expect(answer.body).toContain('Amazon Chime has no operation POST');
    }
    expect(await chime.control.journal()).toEqual(before);
  });

  test('is something else than another parameter that only begins like it', async () => {
    const path = `${users()}/${chime.person('Ana Silva').UserId}`;

    expect(await ask({ method: 'POST', path, query: { operations: '1' }, body: '{}' })).toMatchObject({ status: 200 });
  });
});

describe('what Chime has no operation for', () => {
  test.each([
    ['GET', '/'],
    ['GET', '/account'],
    ['GET', '/accountsx'],
    ['GET', '/x/accounts'],
    ['GET', '/console/console/accounts'],
    ['GET', '/accounts/a/nothing'],
    ['GET', '/accounts//a/users/u'],
    ['GET', '/search'],
    ['PUT', '/accounts/a/users/u'],
    ['DELETE', '/accounts/a/users/u'],
    ['PATCH', '/accounts/a/users/u'],
    ['OPTIONS', '/accounts/a/users/u'],
  ])('is refused like an operation that is not offered: %s %s', async (method, path) => {
    const answer = await ask({ method, path });

    expect(answer).toMatchObject({ status: 404, headers: { 'x-amzn-errortype': 'UnknownOperationException' } });
    expect(JSON.parse(answer.body)).toEqual({ Message: `Amazon Chime has no operation ${method} ${path}` });
  });

  test('has a head alone where only a head is asked for', async () => {
    expect(await ask({ method: 'HEAD', path: '/accounts' })).toMatchObject({ status: 404, body: '' });
  });
});
