import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startChime, type TestChime } from '../../testing/chime.ts';
import { send, signed, type Unsigned } from '../testing/signed.ts';

let chime: TestChime;
beforeAll(async () => {
  chime = await startChime({ users: 30 });
});
afterAll(() => chime.stop());

const update = (request: Omit<Unsigned, 'path'>) => ask({ method: 'POST', ...request });

async function ask(request: Omit<Unsigned, 'path'>) {
  const { AccountId, UserId } = chime.person('Ana Silva');
  return send(chime.endpoint, await signed(chime, { path: `/accounts/${AccountId}/users/${UserId}`, ...request }));
}

// Cases of Smithy's restJson1 protocol tests: malformed content types and accepts, and parameters of a content type.
describe('a body', () => {
  test.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON', 'application/json;charset=x'])(
    'is read as %s',
    async (type) => {
      expect(await update({ headers: { 'content-type': type }, body: '{}' })).toMatchObject({ status: 200 });
    },
  );

  test.each([
    'application/hal+json',
    'text/plain',
    'application/x-amz-json-1.1',
    'application/x-www-form-urlencoded',
    'json',
    '',
  ])('is not read as "%s"', async (type) => {
    const answer = await update({ headers: { 'content-type': type }, body: '{"LicenseType":"Pro"}' });

    expect(answer).toMatchObject({ status: 415, headers: { 'x-amzn-errortype': 'UnsupportedMediaTypeException' } });
    expect(JSON.parse(answer.body)).toEqual({ Message: 'The Content-Type must be application/json' });
    expect(await chime.control.journal()).toEqual([]);
  });

  test('is not read without a type', async () => {
    const { AccountId, UserId } = chime.person('Ana Silva');
    const unsigned = { method: 'POST', path: `/accounts/${AccountId}/users/${UserId}`, body: '{"LicenseType":"Pro"}' };
    const request = await signed(chime, unsigned, new Date(), { typed: false });

    expect(await send(chime.endpoint, request)).toMatchObject({ status: 415 });
  });

  test('that is empty needs no type, and must not have another', async () => {
    expect(await update({})).toMatchObject({ status: 200 });
    expect(await update({ headers: { 'content-type': 'application/json' } })).toMatchObject({ status: 200 });
    expect(await update({ headers: { 'content-type': 'text/plain' } })).toMatchObject({ status: 415 });
  });

  test('is not for an operation that takes none', async () => {
    expect(await ask({ body: '{}' })).toMatchObject({ status: 415 });
    expect(await ask({ headers: { 'content-type': 'application/json' } })).toMatchObject({ status: 200 });
  });
});

describe('an answer', () => {
  test.each(['application/json', '*/*', 'application/*', 'text/html, application/json;q=0.1', 'APPLICATION/JSON', ''])(
    'is for who accepts "%s"',
    async (accept) => {
      expect(await ask({ headers: { accept } })).toMatchObject({ status: 200 });
    },
  );

  test.each(['application/hal+json', 'text/html', 'text/*', 'application/json;q=0', 'json'])(
    'is not for who accepts %s',
    async (accept) => {
      const answer = await update({ headers: { accept }, body: '{"LicenseType":"Pro"}' });

      expect(answer).toMatchObject({ status: 406, headers: { 'x-amzn-errortype': 'NotAcceptableException' } });
      expect(JSON.parse(answer.body)).toEqual({ Message: 'Answers are application/json' });
      expect(await chime.control.journal()).toEqual([]);
    },
  );
});
