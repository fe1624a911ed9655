import { freePort } from '../../scripts/processes/ports.ts';
import type { Stack } from '../../testing/stack.ts';
import { account, callAction, signedIn } from '../support/door.ts';
import { expect, test } from '../support/evidence.ts';

async function twoOnBasic({ db }: Stack): Promise<[string, string]> {
  const people = db.selectFrom('users').select('id').where('account_id', '=', account).where('license', '=', 'Basic');
  const [first, second] = await people.limit(2).execute();
  if (!first || !second) throw new Error('Too few people have Basic');
  return [first.id, second.id];
}

test('a web that is asked to stop says so, goes on serving for a while, and leaves nothing half done', async ({
  stack,
  chime,
  evidence,
}) => {
  const opsPort = await freePort();
  const web = await stack.anotherWeb({ OPS_PORT: String(opsPort), DRAIN_SECONDS: '2' });
  await web.start();
  const here = { ...stack, url: web.url };
  const helpdesk = await signedIn(here, 'helpdesk');
  const ops = (path: string) => fetch(`http://127.0.0.1:${opsPort}${path}`);
  const change = (userId: string) => {
    const choices = [{ userId, from: 'Basic', to: 'Pro' }];
    return callAction(here, 'changeLicenses', { accountId: account, choices }, helpdesk);
  };
  const [first, second] = await twoOnBasic(stack);
  const stream = await fetch(`${web.url}/api/accounts/${account}/events`, { headers: { cookie: helpdesk.cookie } });
  const told = stream.text();
  expect((await ops('/readyz')).status).toBe(200);

  await chime.delay('UpdateUser', 1_000);
  const underWay = change(first);
  await expect.poll(evidence.updates).toHaveLength(1);
  const stopped = web.stop();
  await expect.poll(async () => (await ops('/readyz')).status).toBe(503);

  // Longer than an action waits for its outcome: it is answered while the change goes on.
  await chime.delay('UpdateUser', 2_500);
  const late = await change(second);
  expect(late.headers.get('connection')).toBe('close');
  expect(late.result).toMatchObject({ ok: true, value: [{ state: 'pending' }] });
  expect((await underWay).result).toMatchObject({ ok: true });

  await stopped;
  expect((await evidence.changes()).map(({ state, tries }) => ({ state, tries }))).toEqual([
    { state: 'applied', tries: 1 },
    { state: 'applied', tries: 1 },
  ]);
  expect(await evidence.updates()).toHaveLength(2);
  expect(await told).toMatch(/^retry: 1000\n\n[\s\S]*\nretry: \d+\n\n$/);
  await expect(fetch(web.url)).rejects.toThrow();
});
