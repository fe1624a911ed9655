import type { Page } from '@playwright/test';
import { exampleAccounts } from '../local-chime/people/organisation.ts';
import type { Stack } from '../testing/stack.ts';
import { expect, test } from './support/fixtures.ts';
import { licensesOn } from './support/licenses-page.ts';
import { enterprise, peopleOn } from './support/people-page.ts';
import { picture } from './support/picture.ts';
import { brokenWords, overflow } from './support/words-in-lines.ts';

const widths = [320, 640, 768, 1280, 1440, 1920];

/** Of the first people by their IDs; the last of them has an ID alone. */
const longNames = [
  { name: 'Aa Bartholomew Featherstonehaugh', email: 'bartholomew.featherstonehaugh@americas.nordwind.example' },
  { name: 'Aa Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewissenhaft', email: 'a.w@nordwind.example' },
  { name: 'Aa தமிழ்ச்செல்வி சுப்பிரமணியன் கிருஷ்ணமூர்த்தி', email: 'tamilselvi@asia.nordwind.example' },
  { name: 'Aa วิชญ์วิสิฐธรรมานุสรณ์ศรีสุวรรณ', email: 'wichwisit@asia.nordwind.example' },
  { name: 'Aa محمد عبد الرحمن بن عبد العزيز الفيصل', email: 'faisal@nordwind.example' },
  { name: 'Aa 佐藤さくら子と申します', email: 'sakurako.sato@asia.nordwind.example' },
  { name: null, email: null },
];

async function giveLongNames({ db }: Stack): Promise<void> {
  const people = await db
    .selectFrom('users')
    .select('id')
    .where('account_id', '=', enterprise)
    .orderBy('id')
    .limit(longNames.length)
    .execute();
  for (const [place, { id }] of people.entries()) {
    await db
      .updateTable('users')
      .set(longNames[place] ?? {})
      .where('account_id', '=', enterprise)
      .where('id', '=', id)
      .execute();
  }
}

async function goToLongNames(page: Page): Promise<void> {
  await page.goto(`/accounts/${enterprise}/users?sort=id`);
  await expect(page.getByRole('rowheader').filter({ hasText: 'Featherstonehaugh' })).toBeVisible();
}

async function prefer({ db }: Stack, columns: string[], density: 'comfortable' | 'compact'): Promise<void> {
  const operators = await db.selectFrom('operators').select('id').execute();
  await db
    .insertInto('preferences')
    .values(operators.map(({ id }) => ({ operator_id: id, columns, density })))
    .execute();
}

test('on paper, where there is no header, each page of an account says which it is', async ({ page, comeIn }) => {
  await comeIn('viewer');
  for (const path of ['users', 'licenses', 'trend', 'trend/compare', 'batches', 'audit']) {
    await page.emulateMedia({ media: 'screen' });
    await page.goto(`/accounts/${enterprise}/${path}`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await page.emulateMedia({ media: 'print' });
    await expect(page.getByRole('banner')).toBeHidden();
    const said = page.getByRole('main').getByText('Nordwind Group').and(page.locator(':not(.sr-only)'));
    await expect(said.filter({ visible: true }).first(), path).toBeVisible();
  }
});

test('at every width no page scrolls sideways, no word breaks while there is room, and the account is named', async ({
  page,
  comeIn,
  stack,
}, testInfo) => {
  test.slow();
  await comeIn('admin');
  await giveLongNames(stack);
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 });
    await goToLongNames(page);
    await picture(page, testInfo.outputPath(`${width}.png`));

    expect(await overflow(page), `${width}`).toBe(0);
    expect(await brokenWords(page), `${width}`).toEqual([]);
    const account = page.getByRole('banner').getByText('Nordwind Group');
    const cut = await account.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
    if (width >= 640) expect(cut, `${width}`).toBeLessThanOrEqual(0);
  }
});

test('the account is named in full beside changes that are not saved', async ({ page, comeIn, chime }) => {
  await comeIn('admin');
  await page.setViewportSize({ width: 640, height: 800 });
  const people = peopleOn(page);
  await people.go('ana silva');
  await chime.failNext('UpdateUser', 'ForbiddenException');
  await people.choose('Ana Silva', 'Pro');
  await expect(page.getByRole('button', { name: '1 not saved' })).toBeVisible();

  const account = page.getByRole('banner').getByText('Nordwind Group');

  expect(await account.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBeLessThanOrEqual(0);
});

test('text twice as large is twice as large, and nothing is cut off', async ({ page, comeIn }, testInfo) => {
  await comeIn('admin');
  await peopleOn(page).go('silva');
  const size = () =>
    page
      .getByRole('rowheader')
      .first()
      .evaluate((cell) => Number.parseFloat(getComputedStyle(cell).fontSize));
  const before = await size();

  await page.evaluate(() => {
    document.documentElement.style.fontSize = '200%';
  });

  expect(await size()).toBe(2 * before);
  expect(await overflow(page)).toBe(0);
  await expect(page.getByRole('banner').getByText('Nordwind Group')).toBeInViewport();
  await picture(page, testInfo.outputPath('twice.png'));
});

test('enlarged to 400 %, the page has the room, and nothing covers what has the focus', async ({ page, comeIn }) => {
  await page.setViewportSize({ width: 320, height: 200 });
  await comeIn('admin');
  const people = peopleOn(page);
  await people.go('silva');

  await people.search.press('ArrowDown');
  const plan = people.plan('Ana Silva');
  await expect(plan).toBeFocused();
  const isOnTop = await plan.evaluate((button) => {
    const { left, top, bottom, width } = button.getBoundingClientRect();
    return [top + 2, bottom - 2].every((y) => button.contains(document.elementFromPoint(left + width / 2, y)));
  });

  expect(isOnTop).toBe(true);
  await page.getByRole('link', { name: 'Licenses' }).click();
  await expect(page.getByRole('heading', { name: 'Licenses' })).toBeInViewport();
  expect(await overflow(page)).toBe(0);
});

test('on a tablet the numbers of the plans stand in pairs, and the filter of the audit has the whole width', async ({
  page,
  comeIn,
}) => {
  await page.setViewportSize({ width: 768, height: 900 });
  await comeIn('admin');
  await page.goto(`/accounts/${enterprise}/licenses`);
  const tops = await licensesOn(page)
    .perPlan.getByRole('term')
    .evaluateAll((plans) => plans.map((plan) => Math.round(plan.getBoundingClientRect().top)));

  expect(tops).toEqual([tops[0], tops[0], tops[2], tops[2]]);
  await page.goto(`/accounts/${enterprise}/audit?person=ana`);
  const filter = await page.getByText('Filter · 1 on').boundingBox();
  expect(filter?.width).toBeGreaterThan(600);
});

test('compact rows are one line each, and all of the same height', async ({ page, comeIn, stack }, testInfo) => {
  await comeIn('admin');
  await giveLongNames(stack);
  await prefer(stack, ['changed'], 'compact');
  await page.setViewportSize({ width: 1280, height: 800 });
  await goToLongNames(page);
  await picture(page, testInfo.outputPath('compact.png'));

  const heights = await page.locator('tbody tr').evaluateAll((rows) => rows.map((row) => row.clientHeight));

  expect(Math.max(...heights)).toBeLessThanOrEqual(40);
  expect(Math.max(...heights) - Math.min(...heights)).toBeLessThanOrEqual(1); // the first has no line above it
});

test('with the e-mail in a column of its own, an address stands in a row once', async ({ page, comeIn, stack }) => {
  await comeIn('helpdesk');
  await stack.db.updateTable('users').set({ name: null }).where('email', '=', 'ana.silva@nordwind.example').execute();
  await prefer(stack, ['changed', 'email'], 'comfortable');
  await peopleOn(page).go('ana.silva@nordwind.example');

  const row = page.getByRole('row').filter({ hasText: 'ana.silva@nordwind.example' }).first();

  await expect(row.getByRole('rowheader').locator('[aria-hidden]')).toHaveText('No name');
  await expect(row.locator('td.row-fact').filter({ hasText: 'ana.silva@nordwind.example' })).toHaveCount(1);
});

for (const width of [768, 1280]) {
  test(`at ${width} px every column can be reached, and who a row is about stays in sight`, async ({
    page,
    comeIn,
    stack,
    axe,
  }, testInfo) => {
    await comeIn('admin');
    await prefer(stack, ['changed', 'email', 'type', 'id', 'registered', 'invited'], 'comfortable');
    await page.setViewportSize({ width, height: 800 });
    await peopleOn(page).go();
    expect(await overflow(page)).toBe(0);
    await expect(page.getByText('Scroll sideways to see every column.')).toBeVisible();

    await page.getByRole('button', { name: 'Invited on' }).scrollIntoViewIfNeeded();
    await picture(page, testInfo.outputPath('all.png'));

    await expect(page.getByRole('button', { name: 'Invited on' })).toBeInViewport();
    await expect(page.getByRole('rowheader').first()).toBeInViewport();
    await axe(page);
  });
}

test('the head of the table stays while the rows go by', async ({ page, comeIn }) => {
  await comeIn('admin');
  await peopleOn(page).go();

  await page.locator('tbody tr').nth(30).scrollIntoViewIfNeeded();
  await page.mouse.wheel(0, 600);

  await expect(page.locator('tbody tr').first()).not.toBeInViewport();
  await expect(page.getByRole('columnheader', { name: 'Name' })).toBeInViewport();
});

test('going offline moves no row', async ({ page, comeIn, context }) => {
  await comeIn('helpdesk');
  await peopleOn(page).go('silva');
  // React marks the elements that it has taken over: without its script, the part that tells could not come any more.
  await page.waitForFunction(() => Object.keys(document.getElementById('plans-locked') ?? {}).length > 0);
  const where = async () => (await page.locator('tbody tr').first().boundingBox())?.y;
  const before = await where();

  await context.setOffline(true);
  await expect(page.getByRole('alert').filter({ hasText: 'offline' })).toBeVisible();

  expect(await where()).toBe(before);
});

test('the buttons beside "Saved" stay where they are when its time comes', async ({ page, comeIn, chime }) => {
  await comeIn('helpdesk');
  const people = peopleOn(page);
  await people.go('ana silva');
  await people.open('Ana Silva');
  await chime.delay('GetUser', 1_500);
  await people.option('Pro').click();
  const undo = people.button('Ana Silva', 'Undo');
  await expect(undo).toBeVisible();
  await expect(people.row('Ana Silva')).not.toContainText(/Saved \d/);
  const before = await undo.boundingBox();

  await expect(people.row('Ana Silva')).toContainText(/Saved \d\d:\d\d/);

  expect(await undo.boundingBox()).toEqual(before);
});

for (const density of ['comfortable', 'compact'] as const) {
  test(`no ${density} row moves when the checkboxes come`, async ({ page, comeIn, stack }) => {
    await comeIn('admin');
    await prefer(stack, ['changed'], density);
    await peopleOn(page).go();
    await expect(page.getByRole('checkbox').first()).toBeVisible();
    const tops = () =>
      page.getByRole('row').evaluateAll((rows) => rows.slice(0, 5).map((row) => row.getBoundingClientRect().top));
    const withThem = await tops();

    await page.evaluate(() => {
      for (const tick of document.querySelectorAll<HTMLElement>('.tick > label')) tick.style.display = 'none';
    });

    expect(await tops()).toEqual(withThem);
  });
}

test('a menu at the right edge of the page stays within the page at every width', async ({ page, comeIn }) => {
  await comeIn('admin');
  await peopleOn(page).go();
  for (const width of [320, 480, 640, 768, 1024, 1280, 1920]) {
    await page.setViewportSize({ width, height: 800 });
    await page.getByRole('button', { name: 'Quick filters' }).click();
    const menu = await page.getByRole('group', { name: 'Quick filters' }).boundingBox();
    const end = await page.getByRole('button', { name: 'Columns' }).boundingBox();
    const edge = width < 640 ? width : (end?.x ?? 0) + (end?.width ?? 0);
    expect(menu?.x, `at ${width} px`).toBeGreaterThanOrEqual(0);
    expect((menu?.x ?? 0) + (menu?.width ?? 0), `at ${width} px`).toBeLessThanOrEqual(edge);
    await page.keyboard.press('Escape');
  }
});

test('on a phone the list of plans says whose it is, and an end date is chosen above the navigation', async ({
  page,
  comeIn,
}) => {
  await page.setViewportSize({ width: 320, height: 600 });
  await comeIn('helpdesk');
  const people = peopleOn(page);
  await people.go('ana silva');
  await people.open('Ana Silva');
  await expect(page.locator('[popover="manual"]').getByText('Ana Silva', { exact: true })).toBeVisible();
  await people.option('Pro').click();

  await people.button('Ana Silva', 'Set end date…').click();

  const save = page.getByRole('button', { name: 'Save', exact: true });
  const navigation = page.getByRole('navigation', { name: 'Main' });
  const bottom = async () => ((await save.boundingBox())?.y ?? 0) + ((await save.boundingBox())?.height ?? 0);
  const top = (await navigation.boundingBox())?.y ?? 0;
  await expect.poll(bottom).toBeLessThanOrEqual(top);
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true });

  test('the first person is in sight below the filters, and the last change is one line', async ({ page, comeIn }) => {
    await comeIn('helpdesk');
    await page.goto(`/accounts/${enterprise}/users?plan=Basic&registration=Registered`);
    await expect(page.getByRole('button', { name: 'Filters (2)' })).toBeVisible();
    const foot = (await page.getByRole('navigation', { name: 'Main' }).boundingBox())?.y ?? 0;
    const plan = await page
      .getByRole('combobox', { name: /^Plan for/ })
      .first()
      .boundingBox();
    expect((plan?.y ?? 0) + (plan?.height ?? 0)).toBeLessThanOrEqual(foot);

    const middle = (box: { y: number; height: number } | null) => (box ? box.y + box.height / 2 : 0);
    const last = page.locator('tr[data-person] > td').filter({ hasText: 'Last change:' }).first();
    const value = await last.getByRole('button').boundingBox();
    const label = await last.getByText('Last change:').boundingBox();
    expect(Math.abs(middle(value) - middle(label))).toBeLessThan(2);
  });
});

test('so many people stand on a page as were asked for, also the next time', async ({ page, comeIn }) => {
  await comeIn('helpdesk');
  await peopleOn(page).go();
  const rows = page.locator('tbody tr');
  await expect(rows).toHaveCount(50);

  await page.getByRole('button', { name: '200', exact: true }).click();
  await expect(rows).toHaveCount(200);
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await expect(page.getByText(/^201–400 of /)).toBeVisible();
  await page.getByRole('button', { name: 'Previous', exact: true }).click();
  await expect(page.getByText(/^1–200 of /)).toBeVisible();

  await page.reload();
  await expect(rows).toHaveCount(200);
});

test('a page is opened by its number', async ({ page, comeIn }) => {
  await comeIn('helpdesk');
  const people = peopleOn(page);
  await people.go();
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await expect(page.getByText(/^51–100 of /)).toBeVisible();
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await expect(page.getByText(/^101–150 of /)).toBeVisible();
  const third = await people.shown();
  await people.go();

  await page.getByRole('spinbutton', { name: 'Page' }).fill('3');
  await page.keyboard.press('Enter');

  await expect(page.getByText(/^101–150 of /)).toBeVisible();
  expect(await people.shown()).toEqual(third);
});

test('the title says which page of which account, and home is the account looked at last', async ({ page, comeIn }) => {
  await comeIn('helpdesk');
  const { directory } = exampleAccounts;
  await page.goto(`/accounts/${directory}/licenses`);
  await expect(page).toHaveTitle('Licenses · Meridian Clinics · Carillon');
  await page.goto(`/accounts/${directory}/users`);
  await expect(page).toHaveTitle('People · Meridian Clinics · Carillon');

  await page.goto('/');

  await expect(page).toHaveURL(`/accounts/${directory}/users`);
});

for (const path of ['/nowhere', `/accounts/${enterprise}/nowhere`, '/accounts/no-such-account/users']) {
  test(`${path} is not found, and leads on`, async ({ page, comeIn, axe }) => {
    await comeIn('helpdesk');

    const answer = await page.goto(path);

    expect(answer?.status()).toBe(404);
    await expect(page).toHaveTitle('Page not found · Carillon');
    await expect(page.getByRole('banner')).toContainText('Carillon');
    await axe(page);
    await page.getByRole('link', { name: 'All accounts' }).last().click();
    await expect(page.getByRole('heading', { name: 'Accounts' })).toBeVisible();
  });
}

test('between a click and the next page, the page says that it is loading', async ({ page, comeIn }) => {
  await comeIn('helpdesk');
  await peopleOn(page).go();
  const { promise: isSeen, resolve: goOn } = Promise.withResolvers<void>();
  await page.route(/\/licenses\?/, async (route) => {
    await isSeen;
    await route.continue();
  });

  await page.getByRole('link', { name: 'Licenses', exact: true }).click();

  await expect(page.getByText('Loading the page…')).toBeAttached();
  goOn();
  await expect(page.getByRole('heading', { name: 'Licenses', exact: true })).toBeVisible();
  await expect(page.getByText('Loading the page…')).toHaveCount(0);
});

test('without JavaScript the sign-in says what to do, and sends nothing', async ({ browser, stack }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${stack.url}/sign-in`);

  await expect(page.locator('noscript p')).toBeVisible(); // text in it is left out by other ways of finding
  await expect(page.locator('noscript p')).toContainText('Carillon needs JavaScript.');
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeDisabled();
  await context.close();
});
