import { account, callAction, postSignIn } from '../support/door.ts';
import { expect, test } from '../support/evidence.ts';

test('an operator who sends more than a web process lets through is told how long to wait, and nobody else notices', async ({
  stack,
}) => {
  const url = await stack.startAnotherWeb({ REQUEST_LIMITS: 'operator=4' });
  const cookieOf = async (who: 'helpdesk' | 'viewer') =>
    (await postSignIn(url, stack.operators[who])).cookies.join('; ');
  const cookie = await cookieOf('helpdesk');
  const people = (by: string) => fetch(`${url}/api/accounts/${account}/users`, { headers: { cookie: by } });

  for (let request = 0; request < 4; request += 1) expect((await people(cookie)).status).toBe(200);
  const refused = await people(cookie);
  const action = await callAction({ url }, 'refreshMirror', { accountId: account }, { cookie, origin: url });

  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await refused.json()).toMatchObject({
    failure: { code: 'request-limit', requests: { aMinute: 4, waitSeconds: expect.any(Number) } },
  });
  expect(action.result).toMatchObject({ ok: false, failure: { code: 'request-limit' } });
  expect((await people(await cookieOf('viewer'))).status).toBe(200);
});
