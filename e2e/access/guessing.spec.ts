import { sql } from 'kysely';
import type { Stack } from '../../testing/stack.ts';
import { expect, test } from '../support/fixtures.ts';
import { Visitor } from '../support/provider.ts';
import { signInOn } from '../support/sign-in-page.ts';

test.use({ keepsState: true, people: 300 }); // a product of its own: what is tried here holds up nobody else

test.beforeEach(async ({ stack }) => {
  await sql`delete from sign_in_tries`.execute(stack.db);
});

/** One try at the form's own address, as coming from `from` for whoever believes that. */
async function attempt({ url }: Pick<Stack, 'url'>, username: string, password: string, from: string) {
  const visitor = new Visitor();
  const { text } = await visitor.go(`${url}/api/auth/csrf`);
  const body = new URLSearchParams({ username, password, csrfToken: JSON.parse(text).csrfToken, json: 'true' });
  const address = `${url}/api/auth/callback/credentials`;
  const answer = await visitor.go(address, { method: 'POST', headers: { 'x-forwarded-for': from }, body });
  return { ...answer, cookies: visitor.cookies.get(new URL(url).host) };
}

const keepHolding = (stack: Stack) =>
  sql`update sign_in_tries set held_until = held_until + interval '5 minutes' where held_until > last_at + interval '0.5 s'`.execute(
    stack.db,
  );

test('after some wrong passwords the form says how long to wait, and the right one has to wait too', async ({
  page,
  stack,
  axe,
}) => {
  const { username, password } = stack.operators.helpdesk;
  const form = signInOn(page);
  await form.go();
  await form.userName.fill(username);
  for (const wrong of ['one', 'two', 'three', 'four']) {
    await form.password.fill(wrong);
    const answered = page.waitForResponse(/callback\/credentials/);
    await form.submit.click();
    expect((await answered).status()).toBe(401);
    await expect(form.refusal).toHaveText('Wrong user name or password. Check both and try again.');
  }
  await keepHolding(stack);

  await form.password.fill(password);
  await form.submit.click();

  await expect(form.refusal).toHaveText(/^Too many sign-in attempts\. Wait \d+ (seconds|minutes), then try again\.$/);
  await axe(page);
  await sql`update sign_in_tries set held_until = last_at`.execute(stack.db);
  await form.submit.click();
  await expect(page.getByRole('heading', { name: 'People' })).toBeVisible();
});

test('an address that a caller only claims to have is not believed, unless a proxy of ours says so', async ({
  stack,
}) => {
  const { username, password } = stack.operators.viewer;
  for (const at of [1, 2, 3, 4]) {
    expect((await attempt(stack, username, 'wrong', `192.0.2.${at}`)).status).toBe(401);
  }
  await keepHolding(stack);

  const held = await attempt(stack, username, password, '192.0.2.99');
  expect(held.status).toBe(429);
  expect(JSON.parse(held.text)).toEqual({ wait: expect.any(Number) });

  const behindProxy = { url: await stack.startAnotherWeb({ TRUST_PROXY: '1' }) };
  expect((await attempt(behindProxy, username, password, '192.0.2.99')).status).toBe(200);
  expect((await attempt(behindProxy, username, password, '192.0.2.99, 127.0.0.1')).status).toBe(429);
});

test('a name that nobody has waits as long, in the same words', async ({ stack }) => {
  for (const at of [1, 2, 3, 4]) await attempt(stack, 'nobody', `wrong ${at}`, '');
  await keepHolding(stack);

  const { status, text } = await attempt(stack, 'nobody', 'wrong', '');

  expect(status).toBe(429);
  expect(JSON.parse(text)).toEqual({ wait: expect.any(Number) });
});

test('a browser that was let in gets a cookie that opens nothing by itself', async ({ stack }) => {
  const { username, password } = stack.operators.admin;
  const { cookies } = await attempt(stack, username, password, '');
  const browser = cookies?.get('carillon.browser') ?? '';
  expect(browser).not.toBe('');

  for (const name of ['carillon.browser', 'next-auth.session-token']) {
    const { status } = await fetch(`${stack.url}/api/sessions`, { headers: { cookie: `${name}=${browser}` } });
    expect(status).toBe(401);
  }
});
