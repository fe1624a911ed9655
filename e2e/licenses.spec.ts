import { ChimeClient, ListUsersCommand } from '@aws-sdk/client-chime';
import type { Page } from '@playwright/test';
import { exampleAccounts } from '../lib/local-chime/organisation.ts';
import type { Stack } from '../lib/testing/stack.ts';
import { statusOf } from '../lib/users/user.ts';
import { account, personCalled } from './door.ts';
import { expect, test } from './fixtures.ts';

/** Everyone in an account as Chime itself lists them. */
async function everyoneInChime({ chime }: Stack, accountId: string) {
  const client = new ChimeClient({ endpoint: chime.endpoint, region: 'us-east-1', credentials: chime.credentials });
  const users = [];
  let token: string | undefined;
  do {
    const page = await client.send(new ListUsersCommand({ AccountId: accountId, MaxResults: 200, NextToken: token }));
    users.push(...(page.Users ?? []));
    token = page.NextToken;
  } while (token);
  client.destroy();
  return users.map(({ LicenseType, UserRegistrationStatus, UserInvitationStatus }) => ({
    license: LicenseType ?? null,
    status: statusOf({ registration: UserRegistrationStatus ?? null, invitation: UserInvitationStatus ?? null }),
  }));
}

const cellOf = (page: Page, row: string, column: number) =>
  page
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name: row, exact: true }) })
    .getByRole('cell')
    .nth(column);

const columns = ['registered', 'invited', 'unregistered', 'suspended'];

test('the numbers are those of Chime, and each leads to exactly its people', async ({ page, signIn, stack }) => {
  await signIn('viewer');
  const people = await everyoneInChime(stack, account);
  await page.goto(`/accounts/${account}/licenses`);

  for (const license of ['Basic', 'Pro']) {
    for (const [column, status] of columns.entries()) {
      const count = people.filter((one) => one.license === license && one.status === status).length;
      await expect(cellOf(page, license, column)).toContainText(String(count));
      if (count === 0) continue;
      const link = cellOf(page, license, column).getByRole('link');
      await link.click();
      await expect(page.getByText(new RegExp(`of ${count}$`))).toBeVisible();
      await page.goBack();
    }
  }
  await expect(cellOf(page, 'Everyone', columns.length)).toContainText(String(people.length));
});

test('a change made elsewhere is in the numbers without loading the page', async ({ page, signIn, stack, chime }) => {
  await signIn('viewer');
  await page.goto(`/accounts/${account}/licenses`);
  const all = cellOf(page, 'Pro', columns.length);
  const before = Number((await all.innerText()).match(/\d+/)?.[0]);
  await page.evaluate(() => document.documentElement.setAttribute('data-same', 'yes'));

  await chime.changeOutside(account, (await personCalled(stack, 'Ana Silva')).id, { LicenseType: 'Pro' });
  await stack.refreshMirror();

  await expect(all).toContainText(String(before + 1));
  await expect(page.locator('html')).toHaveAttribute('data-same', 'yes');
});

test('the switcher is found, searched and used by keyboard, and stays at the same kind of page', async ({
  page,
  signIn,
  axe,
}) => {
  await signIn('viewer');
  await page.goto(`/accounts/${account}/licenses`);
  await page.getByRole('button', { name: /Nordwind Group/ }).press('Enter');
  await expect(page.getByLabel('Find an account')).toBeFocused();
  await axe(page);

  await page.keyboard.type('zzz');
  await expect(page.getByText('No account matches.')).toBeVisible();
  await page.keyboard.press('Control+A');
  await page.keyboard.type('mer dir');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');

  await expect(page).toHaveURL(`/accounts/${exampleAccounts.directory}/licenses`);
  await expect(page.getByRole('button', { name: /Meridian Clinics/ })).toBeVisible();
  await expect(page.getByLabel('Find an account')).toBeHidden();
});

test('all accounts stand side by side, with their totals and the way to each', async ({ page, signIn, axe }) => {
  await signIn('viewer');
  await page.getByRole('button', { name: /Harbour Books/ }).click();
  await page.getByRole('link', { name: 'All accounts' }).click();

  await expect(page.getByRole('heading', { name: 'Accounts' })).toBeVisible();
  await expect(page.getByRole('row')).toHaveCount(5);
  await expect(cellOf(page, 'All accounts', 0)).toContainText('860');
  await axe(page);
  await page.getByRole('link', { name: 'Licenses Nordwind Group' }).click();
  await expect(page.getByRole('heading', { name: 'Licenses' })).toBeVisible();
});

test('an account that is not there shows nothing', async ({ page, signIn }) => {
  await signIn('viewer');
  await page.goto('/accounts/00000000-0000-4000-8000-000000000000/licenses');
  await expect(page.getByRole('heading', { name: 'Nothing here' })).toBeVisible();
});

const states: Record<string, { set: Record<string, Date | string | null>; text: string }> = {
  'before the first listing has ended': { set: { complete_as_of: null }, text: 'The numbers will grow.' },
  'when they are old': { set: { complete_as_of: new Date(Date.now() - 20 * 60_000) }, text: 'these numbers are old' },
  'when the last update failed': {
    set: { sync_failure: 'unavailable', sync_failed_at: new Date() },
    text: 'The last update did not finish.',
  },
  'when Chime has been retired': {
    set: { sync_failure: 'retired', sync_failed_at: new Date() },
    text: 'Amazon Chime no longer answers for this account.',
  },
};

for (const [when, { set, text }] of Object.entries(states)) {
  test(`the page says how far its numbers can be believed ${when}`, async ({ page, signIn, stack, axe }, testInfo) => {
    await signIn('viewer');
    await stack.killWorker(); // or it would put things right
    await stack.db
      .updateTable('accounts')
      .set({ ...set, sync_wanted: false, sync_started_at: null })
      .execute();

    await page.goto(`/accounts/${account}/licenses`);

    await expect(page.getByText(text)).toBeVisible();
    await axe(page);
    await page.screenshot({ path: testInfo.outputPath('licenses.png') });
  });
}

const looks = [
  { name: 'a phone, dark', viewport: { width: 320, height: 700 }, colorScheme: 'dark', forcedColors: 'none' },
  { name: 'a desk, light', viewport: { width: 1280, height: 800 }, colorScheme: 'light', forcedColors: 'none' },
  { name: 'a desk, dark', viewport: { width: 1280, height: 800 }, colorScheme: 'dark', forcedColors: 'none' },
  {
    name: '400 %, forced colours',
    viewport: { width: 320, height: 256 },
    colorScheme: 'light',
    forcedColors: 'active',
  },
] as const;

for (const { name, viewport, ...media } of looks) {
  test(`on ${name}: licenses and accounts are not cut off, and axe is content`, async ({
    page,
    signIn,
    axe,
  }, testInfo) => {
    await page.setViewportSize(viewport);
    await page.emulateMedia(media);
    await signIn('viewer');
    for (const [picture, address] of [
      ['licenses', `/accounts/${account}/licenses`],
      ['accounts', '/accounts'],
    ]) {
      await page.goto(address ?? '/');
      await expect(page.getByRole('table')).toBeVisible();
      await axe(page);
      await page.screenshot({ path: testInfo.outputPath(`${picture}.png`), fullPage: true });
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow).toBeLessThanOrEqual(0);
    }
  });
}
