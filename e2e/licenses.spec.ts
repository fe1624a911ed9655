import { ChimeClient, ListUsersCommand } from '@aws-sdk/client-chime';
import type { Locator, Page } from '@playwright/test';
import { statusOf } from '../lib/users/user.ts';
import { exampleAccounts } from '../local-chime/people/organisation.ts';
import type { Stack } from '../testing/stack.ts';
import { switcherOn } from './support/account-switcher.ts';
import { account, callAction, personCalled, signedIn } from './support/door.ts';
import { expect, test } from './support/fixtures.ts';
import { licenses, licensesOn } from './support/licenses-page.ts';
import { picture } from './support/picture.ts';
import { overflow } from './support/words-in-lines.ts';

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
  return users.map(({ LicenseType, UserType, UserRegistrationStatus, UserInvitationStatus }) => ({
    license: LicenseType ?? null,
    userType: UserType ?? null,
    status: statusOf({ registration: UserRegistrationStatus ?? null, invitation: UserInvitationStatus ?? null }),
  }));
}

const pages = [
  ['licenses', `/accounts/${account}/licenses`],
  ['accounts', '/accounts'],
] as const;

const expectNothingCutOff = async (page: Page) => expect(await overflow(page)).toBeLessThanOrEqual(0);

const columns = ['registered', 'invited', 'unregistered', 'suspended'];

test('the numbers are those of Chime', async ({ page, comeIn, stack }) => {
  await comeIn('viewer');
  const people = await everyoneInChime(stack, account);
  await page.goto(licenses);

  const count = (fits: (one: (typeof people)[number]) => boolean) => String(people.filter(fits).length);
  for (const license of ['Basic', 'Pro']) {
    for (const [column, status] of columns.entries()) {
      const expected = count((one) => one.license === license && one.status === status);
      await expect(licensesOn(page).cell(license, column)).toHaveText(new RegExp(`${expected}$`));
    }
    const all = count((one) => one.license === license);
    await expect(licensesOn(page).cell(license, columns.length)).toHaveText(new RegExp(`${all}$`));
    await expect(licensesOn(page).perPlan.getByRole('link', { name: new RegExp(`: ${license}$`) })).toHaveText(all);
  }
  for (const [column, status] of columns.entries()) {
    const expected = count((one) => one.status === status);
    await expect(licensesOn(page).cell('Everyone', column)).toHaveText(new RegExp(`${expected}$`));
  }
  await expect(licensesOn(page).cell('Everyone', columns.length)).toHaveText(new RegExp(`${people.length}$`));
  for (const [name, type] of Object.entries({ Person: 'PrivateUser', 'Shared device': 'SharedDevice' })) {
    const expected = count((one) => one.userType === type);
    await expect(page.getByRole('listitem').filter({ hasText: name }).getByRole('link')).toHaveText(expected);
  }
});

for (const address of [`/accounts/${account}/licenses`, '/accounts']) {
  test(`every number of ${address.split('/').at(-1)} is of exactly the people it leads to`, async ({
    page,
    comeIn,
  }) => {
    await comeIn('viewer');
    await page.goto(address);
    const links = page.getByRole('main').getByRole('link', { name: /^[\d,]+ (person|people): / });
    await expect(links.first()).toBeVisible();

    const numbers = await links.evaluateAll((all) =>
      all.map((link) => ({ people: link.textContent ?? '', href: link.getAttribute('href') ?? '' })),
    );

    expect(numbers.length).toBeGreaterThan(8);
    for (const { people, href } of numbers) {
      const found = await page.request.get(`/api${href}`);
      expect(await found.json(), href).toMatchObject({ total: Number(people.replaceAll(',', '')) });
    }
  });
}

test('each kind of number opens the list of its people, by keyboard too', async ({ page, comeIn }) => {
  await comeIn('viewer');
  await page.goto(licenses);
  const kinds = [
    licensesOn(page).perPlan.getByRole('link').first(),
    licensesOn(page).cell('Pro', columns.indexOf('invited')).getByRole('link'),
    licensesOn(page).cell('Pro', columns.length).getByRole('link'),
    licensesOn(page).cell('Everyone', columns.indexOf('suspended')).getByRole('link'),
    page.getByRole('listitem').getByRole('link', { name: /: Shared device/ }),
  ];

  for (const link of kinds) {
    const people = await link.innerText();
    await link.press('Enter');
    await expect(page.getByText(new RegExp(`of ${people}$`))).toBeVisible();
    await page.goBack();
  }
});

/** So that a page that was loaded anew is told from one that was not. */
const mark = (page: Page) => page.evaluate(() => document.documentElement.setAttribute('data-same', 'yes'));
const expectSame = (page: Page) => expect(page.locator('html')).toHaveAttribute('data-same', 'yes');

const proOf = (page: Page) => licensesOn(page).cell('Pro', columns.length);
const shown = async (cell: Locator) => Number(/\d+$/.exec(await cell.innerText())?.[0]);

test('a change made elsewhere is in the numbers without loading the page', async ({ page, comeIn, stack, chime }) => {
  await comeIn('viewer');
  await page.goto(licenses);
  const before = await shown(proOf(page));
  await mark(page);

  await chime.changeOutside(account, (await personCalled(stack, 'Ana Silva')).id, { LicenseType: 'Pro' });
  await stack.refreshMirror();

  await expect(proOf(page)).toHaveText(new RegExp(`${before + 1}$`));
  await expectSame(page);
});

test('a drawing that breaks off leaves the page as it was, and the page says so until one succeeds', async ({
  page,
  comeIn,
  stack,
}) => {
  const helpdesk = await signedIn(stack, 'helpdesk');
  const ana = await personCalled(stack, 'Ana Silva');
  await comeIn('viewer');
  const heard = page.waitForRequest(/\/events$/);
  await page.goto(licenses);
  await heard;
  const before = await shown(proOf(page));
  await mark(page);
  // As when the connection goes away between the numbers and the drawing of the chart.
  await page.route(
    ({ pathname }) => pathname === licenses,
    (route) => route.abort('connectionreset'),
  );

  const choices = [{ userId: ana.id, from: ana.license, to: 'Pro' }];
  await callAction(stack, 'changeLicenses', { accountId: account, choices }, helpdesk);
  await expect(licensesOn(page).notUpdated).toBeVisible();
  await expect(proOf(page)).toHaveText(new RegExp(`${before + 1}$`));

  await page.unrouteAll();
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(licensesOn(page).notUpdated).toHaveCount(0);
  await expectSame(page);
});

test("another operator's change is in the numbers at once", async ({ page, comeIn, stack }) => {
  const helpdesk = await signedIn(stack, 'helpdesk');
  const ana = await personCalled(stack, 'Ana Silva');
  await comeIn('viewer');
  const heard = page.waitForRequest(/\/events$/);
  await page.goto(licenses);
  await heard;
  const before = await shown(proOf(page));
  await mark(page);

  const choices = [{ userId: ana.id, from: ana.license, to: 'Pro' }];
  await callAction(stack, 'changeLicenses', { accountId: account, choices }, helpdesk);

  await expect(proOf(page)).toHaveText(new RegExp(`${before + 1}$`));
  await expectSame(page);
});

test('numbers stay while our server is away, and are updated when it is back', async ({
  page,
  comeIn,
  stack,
  chime,
}) => {
  await comeIn('viewer');
  await page.goto(licenses);
  const before = await shown(proOf(page));
  await mark(page);

  await stack.killWeb();
  await chime.changeOutside(account, (await personCalled(stack, 'Ana Silva')).id, { LicenseType: 'Pro' });
  await stack.refreshMirror();
  await expect(proOf(page)).toHaveText(new RegExp(`${before}$`));
  await stack.startWeb();

  await expect(proOf(page)).toHaveText(new RegExp(`${before + 1}$`), { timeout: 40_000 });
  await expectSame(page);
});

test('the accounts stay while our server is away, say so, and are updated when it is back', async ({
  page,
  comeIn,
  stack,
  axe,
}) => {
  await comeIn('viewer');
  await page.goto('/accounts');
  await mark(page);

  await stack.killWeb();
  await expect(licensesOn(page).notUpdated).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('row')).toHaveCount(5);
  await axe(page);
  await stack.startWeb();

  await expect(licensesOn(page).notUpdated).toBeHidden({ timeout: 30_000 });
  await expectSame(page);
});

test('the switcher is found, searched and used by keyboard, and stays at the same kind of page', async ({
  page,
  comeIn,
  axe,
}) => {
  await comeIn('viewer');
  await page.goto(licenses);
  await switcherOn(page).at('Nordwind Group').press('Enter');
  await expect(switcherOn(page).search).toBeFocused();
  await axe(page);

  await page.keyboard.type('zzz');
  await expect(page.getByText('No account matches.')).toBeVisible();
  await page.keyboard.press('Control+A');
  await page.keyboard.type('mer');
  await page.keyboard.press('ArrowDown');
  await expect(switcherOn(page).account('Meridian Clinics')).toBeFocused();
  await page.keyboard.type(' dir');
  await expect(switcherOn(page).search).toHaveValue('mer dir');
  await page.keyboard.press('Escape');
  await expect(switcherOn(page).at('Nordwind Group')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(switcherOn(page).search).toBeFocused();
  await page.keyboard.type('mer dir');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');

  await expect(page).toHaveURL(`/accounts/${exampleAccounts.directory}/licenses`);
  await expect(switcherOn(page).at('Meridian Clinics')).toBeVisible();
  await expect(switcherOn(page).search).toBeHidden();
});

test('all accounts stand side by side, with their totals and the way to each', async ({ page, comeIn, axe }) => {
  await comeIn('viewer');
  await page.goto('/');
  await switcherOn(page).at('Harbour Books').click();
  await page.getByRole('link', { name: 'All accounts' }).click();

  await expect(page.getByRole('heading', { name: 'Accounts' })).toBeVisible();
  await expect(page.getByRole('row')).toHaveCount(5);
  await expect(licensesOn(page).cell('All accounts', 0)).toContainText('860');
  await axe(page);
  await page.getByRole('link', { name: 'Licenses Nordwind Group' }).click();
  await expect(page.getByRole('heading', { name: 'Licenses' })).toBeVisible();
});

test('500 accounts are searched in the switcher and on their page', async ({ page, comeIn, stack, axe }, testInfo) => {
  await comeIn('viewer');
  await stack.killWorker(); // Chime knows nothing of these
  const many = Array.from({ length: 500 }, (_, at) => ({
    id: `many-${at}`,
    name: `Branch ${String(at).padStart(3, '0')}`,
    type: 'EnterpriseLWA',
    supported_licenses: ['Basic', 'Pro'],
  }));
  try {
    await stack.db.insertInto('accounts').values(many).execute();
    await stack.db
      .insertInto('user_counts')
      .values(many.map(({ id }, at) => ({ account_id: id, license: 'Pro', people: String(at) })))
      .execute();
    await page.goto('/accounts');
    await expect(page.getByRole('row')).toHaveCount(505);

    await page.getByLabel('Search accounts by name or type').fill('branch 49');
    await expect(page.getByRole('row')).toHaveCount(17);
    await expect(licensesOn(page).cell('15 accounts found', 0)).toHaveText(/6,190$/);
    await picture(page, testInfo.outputPath('accounts-found.png'));

    await switcherOn(page).withoutAccount.press('Enter');
    await expect(page.getByText('453 more accounts. Type to find one.')).toBeVisible();
    await axe(page);
    await picture(page, testInfo.outputPath('switcher.png'));
    await page.keyboard.type('499');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL('/accounts/many-499/users');
  } finally {
    await stack.db.deleteFrom('user_counts').where('account_id', 'like', 'many-%').execute();
    await stack.db.deleteFrom('accounts').where('id', 'like', 'many-%').execute();
  }
});

test('an account that is not there shows nothing', async ({ page, comeIn }) => {
  await comeIn('viewer');
  await page.goto('/accounts/00000000-0000-4000-8000-000000000000/licenses');
  await expect(page.getByRole('heading', { name: 'Page not found' })).toBeVisible();
});

const states: Record<string, { set: Record<string, Date | string | number | null>; text: RegExp }> = {
  'while the first listing is read': {
    set: { complete_as_of: null, sync_started_at: new Date(), sync_read: 200 },
    text: /Still loading: [\d,]+ people so far. The numbers will grow./,
  },
  'when the first listing failed': {
    set: { complete_as_of: null, sync_failure: 'unavailable', sync_failed_at: new Date() },
    text: /Loading stopped after [\d,]+ people. These numbers are not complete./,
  },
  'when they are old': {
    set: { complete_as_of: new Date(Date.now() - 20 * 60_000) },
    text: /\d+ minutes ago: these numbers are old./,
  },
  'while they are read again': {
    set: { sync_started_at: new Date(), sync_read: 200 },
    text: /updating: 200/,
  },
  'when the last update failed': {
    set: { sync_failure: 'unavailable', sync_failed_at: new Date() },
    text: /The last update did not finish./,
  },
  'when Chime has been retired': {
    set: { sync_failure: 'retired', sync_failed_at: new Date() },
    text: /Amazon Chime no longer answers for this account./,
  },
};

for (const [when, { set, text }] of Object.entries(states)) {
  test(`the pages say how far their numbers can be believed ${when}`, async ({
    page,
    comeIn,
    stack,
    axe,
  }, testInfo) => {
    await comeIn('viewer');
    await stack.killWorker(); // or it would put things right
    await stack.db
      .updateTable('accounts')
      .set({ sync_wanted: false, sync_started_at: null, sync_failure: null, sync_failed_at: null, ...set })
      .execute();

    for (const [what, address] of pages) {
      await page.goto(address);
      await expect(page.getByText(text).first()).toBeVisible();
      await axe(page);
      await picture(page, testInfo.outputPath(`${what}.png`));
      await page.setViewportSize({ width: 320, height: 700 });
      await expectNothingCutOff(page);
      await picture(page, testInfo.outputPath(`${what}-phone.png`));
      await page.setViewportSize({ width: 1280, height: 800 });
    }
    await stack.db.updateTable('accounts').set({ sync_started_at: null }).execute(); // no worker takes over what seems begun
  });
}

test('a viewer asks for newer numbers, and they come', async ({ page, comeIn, stack }) => {
  await comeIn('viewer');
  await stack.killWorker(); // so that the old ones are seen
  const long = new Date(Date.now() - 20 * 60_000);
  await stack.db
    .updateTable('accounts')
    .set({ complete_as_of: long, sync_touched_at: long, sync_wanted: false })
    .execute();
  await page.goto(licenses);
  await expect(page.getByText('these numbers are old')).toBeVisible();

  await licensesOn(page).refresh.press('Enter');
  await expect(page.getByText('updating')).toBeVisible();
  await stack.startWorker();

  await expect(page.getByText('these numbers are old')).toBeHidden();
  await expect(page.getByText('updating')).toBeHidden();
});

const looks = [
  { name: 'a phone, dark', viewport: { width: 320, height: 700 }, colorScheme: 'dark', forcedColors: 'none' },
  { name: 'a phone, light', viewport: { width: 320, height: 700 }, colorScheme: 'light', forcedColors: 'none' },
  { name: 'a desk, light', viewport: { width: 1280, height: 800 }, colorScheme: 'light', forcedColors: 'none' },
  { name: 'a desk, dark', viewport: { width: 1280, height: 800 }, colorScheme: 'dark', forcedColors: 'none' },
  {
    name: 'a desk, dark, forced colours',
    viewport: { width: 1280, height: 800 },
    colorScheme: 'dark',
    forcedColors: 'active',
  },
  {
    name: '400 %, forced colours',
    viewport: { width: 320, height: 256 },
    colorScheme: 'light',
    forcedColors: 'active',
  },
] as const;

for (const [what, address] of pages) {
  test(`in every look, ${what} are not cut off, and axe is content`, async ({ page, comeIn, axe }, testInfo) => {
    await comeIn('viewer');
    await page.goto(address);
    await expect(page.getByRole('table')).toBeVisible();
    for (const { name, viewport, ...media } of looks) {
      await test.step(`on ${name}`, async () => {
        await page.setViewportSize(viewport);
        await page.emulateMedia(media);
        await axe(page);
        await picture(page, testInfo.outputPath(`${what} on ${name}.png`), { fullPage: true });
        await expectNothingCutOff(page);
      });
    }
  });
}
