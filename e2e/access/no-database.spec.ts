import { signIn } from '../../lib/texts/access/signin.ts';
import { broken } from '../../lib/texts/broken.ts';
import { pages } from '../../lib/texts/pages.ts';
import { startWay } from '../../testing/way.ts';
import { account, postSignIn } from '../support/door.ts';
import { expect, test } from '../support/evidence.ts';

test.use({ keepsState: true });

test('while the database is away, pages, data and sign-ins are answered 503 in our words, and afterwards all is as before', async ({
  stack,
  page,
}) => {
  const way = await startWay(stack.databaseUrl);
  const url = await stack.startAnotherWeb({ DATABASE_URL: way.url });
  const { cookies } = await postSignIn(url, stack.operators.helpdesk);
  const headers = { cookie: cookies.join('; ') };
  const people = () => fetch(`${url}/api/accounts/${account}/users`, { headers });
  const peoplePage = () =>
    fetch(`${url}/accounts/${account}/users`, { headers: { ...headers, accept: 'text/html' }, redirect: 'manual' });
  expect((await people()).status).toBe(200);
  expect((await peoplePage()).status).toBe(200);

  await way.cut();

  await expect.poll(async () => (await people()).status).toBe(503);
  const data = await people();
  expect(data.headers.get('retry-after')).toBe('5');
  expect(await data.json()).toMatchObject({ failure: { code: 'no-database' } });
  const shown = await peoplePage();
  expect(shown.status).toBe(503);
  expect(shown.headers.get('retry-after')).toBe('5');
  expect(shown.headers.get('x-frame-options')).toBe('DENY');
  expect(await shown.text()).toContain(pages.away);
  const form = new URLSearchParams({ ...stack.operators.helpdesk, json: 'true' });
  expect((await fetch(`${url}/api/auth/callback/credentials`, { method: 'POST', body: form })).status).toBe(503);
  expect((await fetch(`${url}/icon.svg`)).status).toBe(200);
  await page.goto(`${url}/accounts`);
  await expect(page.getByRole('heading', { name: pages.awayTitle })).toBeVisible();

  await way.mend();

  await page.getByRole('link', { name: broken.retry }).click();
  await expect(page.getByRole('heading', { name: signIn.title })).toBeVisible();
  expect((await people()).status).toBe(200);
  expect((await peoplePage()).status).toBe(200);
});
