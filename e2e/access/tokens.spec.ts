import { execFile } from 'node:child_process';
import type { Stack } from '../../testing/stack.ts';
import { switcherOn } from '../support/account-switcher.ts';
import { arrive } from '../support/door.ts';
import { expect, test } from '../support/evidence.ts';
import { enterprise, peopleOn } from '../support/people-page.ts';
import { picture } from '../support/picture.ts';
import { tokensOn, tokensPage } from '../support/tokens-page.ts';

test('a token is created by keyboard alone, shown once, opens the command line, and is revoked', async ({
  page,
  context,
  comeIn,
  stack,
  axe,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await comeIn('admin');
  await peopleOn(page).go();
  await page.getByRole('button', { name: 'Ada Okoye' }).press('Enter');
  await tokensOn(page).inMenu.press('Enter');
  await expect(tokensOn(page).heading).toBeVisible();
  await expect(page.getByText('You have no tokens.')).toBeVisible();

  const on = tokensOn(page);
  await on.field.press('Enter');
  await expect(on.complaint).toHaveText('Enter a name for the token.');
  await expect(on.field).toBeFocused();
  await axe(page);

  await page.keyboard.type('build server');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Copy token' })).toBeFocused();
  await expect(on.complaint).toBeEmpty();
  const shown = tokensOn(page).secret;
  const token = await shown.innerText();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Token copied' })).toBeFocused();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(token);
  await axe(page);

  await page.reload();
  await expect(on.row('build server')).toContainText('Never');
  await expect(shown).toBeHidden();
  expect(await page.content()).not.toContain(token);

  const { id } = await stack.db
    .selectFrom('users')
    .select('id')
    .where('account_id', '=', enterprise)
    .where('license', '=', 'Basic')
    .limit(1)
    .executeTakeFirstOrThrow();
  const dryRun = ['set', '--account', enterprise, '--to', 'Pro', '--users', id, '--dry-run'];
  expect(await license(stack, token, dryRun)).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^1 person will change\n/),
  });
  await page.reload();
  await expect(on.row('build server')).not.toContainText('Never');

  await on.revoke('build server').press('Enter');
  await expect(page.getByText('build server is revoked.')).toBeVisible();
  await expect(on.field).toBeFocused();
  await expect(page.getByRole('table')).toBeHidden();
  expect(await license(stack, token, dryRun)).toEqual({
    code: 4,
    stdout: '',
    stderr: 'This token is invalid, revoked or expired. Create a new one in Carillon: open the menu under your name.\n',
  });
});

test('the focus stays when one token after another is revoked, and a new token is hidden once it is revoked', async ({
  page,
  stack,
}) => {
  await arrive(page.context(), stack, 'admin');
  await page.goto(tokensPage);
  const on = tokensOn(page);
  for (const name of ['oldest', 'middle', 'newest']) await on.make(name);

  await on.revoke('middle').press('Enter');
  await expect(on.row('middle')).toBeHidden();
  await expect(on.revoke('oldest')).toBeFocused();
  await expect(tokensOn(page).secret).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(on.row('oldest')).toBeHidden();
  await expect(on.revoke('newest')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(tokensOn(page).secret).toBeHidden();
  await expect(on.field).toBeFocused();
});

test('an eleventh token is refused, and says what to do', async ({ page, stack }) => {
  await arrive(page.context(), stack, 'admin');
  await page.goto(tokensPage);
  const on = tokensOn(page);
  for (let count = 1; count <= 10; count += 1) await on.make(`script ${count}`);

  await on.field.fill('script 11');
  await on.field.press('Enter');
  await expect(on.complaint).toHaveText('You have too many tokens. Revoke one first.');
  await expect(on.field).toHaveValue('script 11');

  await on.revoke('script 1').click();
  await expect(on.complaint).toBeEmpty();
  await on.make('script 11');
});

test('the page is of no account: no navigation leads into it, and the ways back lead to people', async ({
  page,
  comeIn,
}) => {
  await comeIn('admin');
  await peopleOn(page).go();
  await page.getByRole('button', { name: 'Ada Okoye' }).click();
  await tokensOn(page).inMenu.click();
  await expect(tokensOn(page).heading).toBeVisible();
  await expect(page.getByRole('button', { name: 'Sign out', exact: true })).toBeHidden();
  await expect(page.locator(`a[href*="${tokensPage}/"]`)).toHaveCount(0);

  await switcherOn(page).withoutAccount.click();
  await switcherOn(page).account('Harbour Books').click();
  await expect(page).toHaveURL(/\/users$/);
  await expect(page.getByRole('heading', { name: 'People', exact: true })).toBeVisible();

  await page.goBack();
  await page.getByRole('link', { name: 'People in Nordwind Group' }).click();
  await expect(page).toHaveURL(`/accounts/${enterprise}/users`);
  await expect(peopleOn(page).search).toBeVisible();
});

test('helpdesk is told that tokens are of no use to them', async ({ page, stack, axe }) => {
  await arrive(page.context(), stack, 'helpdesk');
  await page.goto(tokensPage);

  await expect(page.getByText('Only admins can use tokens.')).toBeVisible();
  await expect(page.getByRole('textbox')).toHaveCount(0);
  await axe(page);
  await page.getByRole('link', { name: /^People in / }).click();
  await expect(page.getByRole('heading', { name: 'People', exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Dana Reyes' }).click();
  await expect(page.getByRole('button', { name: 'Sign out', exact: true })).toBeVisible();
  await expect(tokensOn(page).inMenu).toHaveCount(0);
});

for (const { name, width } of [
  { name: 'a desk', width: 1280 },
  { name: 'a phone', width: 320 },
]) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`on ${name}, ${colorScheme}: tokens fit, and axe is content`, async ({ page, stack, axe }, testInfo) => {
      await page.setViewportSize({ width, height: 700 });
      await page.emulateMedia({ colorScheme });
      await arrive(page.context(), stack, 'admin');
      await page.goto(tokensPage);
      const on = tokensOn(page);
      async function look(state: string) {
        await picture(page, testInfo.outputPath(`${state}.png`), { fullPage: true });
        await axe(page);
        const fits = await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);
        expect(fits).toBe(true);
      }

      await look('none');
      for (const made of ['build server', `x${'0123456789'.repeat(7)}`, 'laptop of Ada, for the leavers of a month']) {
        await on.make(made);
      }
      await look('made');
      await page.reload();
      await expect(on.row('build server')).toBeVisible();
      await look('listed');
    });
  }
}

/** The command as whoever holds the token runs it beside the product. */
function license({ databaseUrl, chime, cookieSecret, audit }: Stack, token: string, args: string[]) {
  const env = {
    PATH: process.env.PATH,
    NODE_ENV: 'production' as const,
    CARILLON_HOME: '/nowhere',
    CARILLON_TOKEN: token,
    DATABASE_URL: databaseUrl,
    CHIME_ENDPOINT: chime.endpoint,
    NEXTAUTH_SECRET: cookieSecret,
    AUDIT_KEY: audit.key,
  };
  return new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    execFile(process.execPath, ['scripts/license.ts', ...args], { env }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });
}
