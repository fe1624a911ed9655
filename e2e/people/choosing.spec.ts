import type { Page } from '@playwright/test';
import { chosenKey } from '../../components/batches/form/chosen-people.ts';
import { account, arrive, personCalled } from '../support/door.ts';
import { expect, test } from '../support/fixtures.ts';
import { peopleOn } from '../support/people-page.ts';
import { picture } from '../support/picture.ts';

/** Choosing people in their list, as an admin sees it. */
function choosingOn(page: Page) {
  const bar = page.getByRole('region', { name: 'Selected people' });
  return {
    bar,
    ticks: page.locator('tbody').getByRole('checkbox'),
    tick: (name: string) => page.getByRole('checkbox', { name: `Select ${name}`, exact: true }),
    page: page.getByRole('checkbox', { name: 'Select everyone on this page' }),
    change: bar.getByRole('link', { name: 'Change plans…' }),
    button: (name: string | RegExp) => bar.getByRole('button', { name }),
    /** The people ticked on this page, by their IDs. */
    ticked: () =>
      page
        .locator('tr[data-person]:has(:checked)')
        .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-person'))),
    handedOver: () => page.evaluate((key) => JSON.parse(sessionStorage.getItem(key) ?? '[]'), chosenKey(account)),
  };
}

async function openList(page: Page, search = '') {
  await peopleOn(page).go(search);
  await expect(choosingOn(page).ticks.first()).toBeVisible();
}

test.beforeEach(({ context, stack }) => arrive(context, stack, 'admin'));

test('people ticked one by one stay chosen through a search, a sort and other pages, and go to the batch', async ({
  page,
  stack,
}) => {
  const on = choosingOn(page);
  const people = peopleOn(page);
  await openList(page, 'ana silva');
  await expect(on.bar).toBeHidden();

  await on.tick('Ana Silva').check();
  await expect(on.bar).toContainText('1 selected');
  await people.search.fill('');
  await expect(on.ticks).toHaveCount(50);
  await page.getByRole('button', { name: 'Name' }).click();
  await expect(page).toHaveURL(/dir=desc/);
  await expect(on.bar).toContainText('1 selected (1 not on this page)');
  await on.ticks.nth(0).check();
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(on.bar).toContainText('2 selected (2 not on this page)'); // the next page is there, not only its address
  await on.ticks.nth(3).check();
  await expect(on.bar).toContainText('3 selected (2 not on this page)');

  await on.ticks.nth(3).uncheck();
  await people.search.fill('ana silva');
  await expect(on.tick('Ana Silva')).toBeChecked();
  await expect(on.bar).toContainText('2 selected (1 not on this page)');
  await expect(page).toHaveURL(/q=ana\+silva/); // the address follows what is typed a moment later

  await on.change.click();
  await expect(page).toHaveURL(`/accounts/${account}/batches/new?people=chosen`);
  const chosen = await on.handedOver();
  expect(chosen).toHaveLength(2);
  expect(chosen).toContain((await personCalled(stack, 'Ana Silva')).id);
});

test('the page, then all who match, said with their number; another filter gives them up', async ({ page, stack }) => {
  const on = choosingOn(page);
  await page.goto(`/accounts/${account}/users?plan=Basic&sort=email`);
  await on.page.click();
  await expect(on.page).toBeChecked();
  await expect(on.bar).toContainText('50 selected');
  const { count } = await stack.db
    .selectFrom('users')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('account_id', '=', account)
    .where('license', '=', 'Basic')
    .executeTakeFirstOrThrow();
  await expect(on.bar).toContainText(`All 50 on this page are selected. Select all ${count} matching`);

  await on.ticks.nth(7).uncheck();
  await expect(on.page).toHaveJSProperty('indeterminate', true);
  await expect(on.bar).toContainText('49 selected');
  await on.page.click();
  await on.button(`Select all ${count} matching`).click();
  await expect(on.bar).toContainText(`All ${count} matching are selected`);
  await expect(on.change).toBeFocused();
  await expect(on.change).toHaveAttribute('href', `/accounts/${account}/batches/new?people=filter&plan=Basic`);
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(page).toHaveURL(/at=/);
  await expect(on.page).toBeChecked();

  await peopleOn(page).search.fill('an');
  await expect(on.bar).toContainText('Selection cleared: the list has changed.');
  expect(await on.ticked()).toEqual([]);
  await on.button('Close').click();
  await expect(on.bar).toBeHidden();

  await peopleOn(page).search.fill('');
  await on.page.click();
  await on.button(`Select all ${count} matching`).click();
  await on.change.click();
  await expect(page).toHaveURL(`/accounts/${account}/batches/new?people=filter&plan=Basic`);
  await expect(page.getByText(new RegExp(`\\b${count}\\b`)).first()).toBeVisible();
});

test('Shift makes a range of a click, and Clear takes everything back', async ({ page }) => {
  const on = choosingOn(page);
  await openList(page, 'an');
  await on.ticks.nth(6).click();
  await on.ticks.nth(2).click({ modifiers: ['Shift'] });
  await expect(on.bar).toContainText('5 selected');
  expect(await page.evaluate(() => getSelection()?.toString())).toBe('');
  await on.ticks.nth(4).click({ modifiers: ['Shift'] });
  await expect(on.bar).toContainText('2 selected');

  await on.button('Clear').click();

  await expect(on.bar).toBeHidden();
  await expect(on.ticks.nth(4)).toBeFocused();
  expect(await on.ticked()).toEqual([]);
});

test('with the keyboard alone: tick, range, x, and on to the batch', async ({ page }) => {
  const on = choosingOn(page);
  await openList(page, 'an');
  await page.keyboard.press('ArrowDown'); // from the search to the first plan
  await page.keyboard.press('x');
  await expect(on.bar).toContainText('1 selected');
  await expect(page.getByRole('combobox').first()).toHaveAttribute('aria-expanded', 'false');
  await page.keyboard.press('Shift+Tab');
  await expect(on.ticks.nth(0)).toBeFocused();
  await page.keyboard.press('Space');
  await expect(on.bar).toBeHidden();
  await page.keyboard.press('Space');
  await expect(on.bar).toContainText('1 selected');
  await expect(page.locator('[data-announcer=polite]')).toContainText('1 selected');
  while (!(await on.ticks.nth(3).evaluate((tick) => tick === document.activeElement))) await page.keyboard.press('Tab');
  await page.keyboard.press('Shift+Space');
  await expect(on.bar).toContainText('4 selected');
  await page.keyboard.press('x');
  await expect(on.bar).toContainText('3 selected');

  await page.keyboard.press('c');
  await expect(on.change).toBeFocused();
  await page.keyboard.press('Enter');

  await expect(page).toHaveURL(/people=chosen$/);
  expect(await on.handedOver()).toHaveLength(3);
});

test('x does nothing once the single keys are switched off, and the help tells of them', async ({ page, axe }) => {
  const on = choosingOn(page);
  await openList(page, 'an');
  await on.ticks.nth(0).focus();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toContainText('Select this row');
  await axe(page);
  await page.getByRole('dialog').getByRole('checkbox').uncheck();
  await page.keyboard.press('Escape');

  await on.ticks.nth(0).focus();
  await page.keyboard.press('x');
  await page.keyboard.press('Space');

  await expect(on.ticks.nth(0)).toBeChecked();
});

test('what is read again behind the list leaves the choice, and a plan is changed as before', async ({
  page,
  stack,
  chime,
}) => {
  const on = choosingOn(page);
  const people = peopleOn(page);
  await openList(page, 'an');
  await on.tick('Ana Silva').check();
  const others = await people.some(2, ['Basic'], ['Ana Silva']);
  for (const { name } of others) await on.tick(name).check();
  const [other] = others;
  const { id } = await personCalled(stack, other?.name ?? '');
  const read = page.waitForResponse((response) => /\/users\?/.test(response.url()));
  await chime.changeOutside(account, id, { LicenseType: 'Pro' });
  await page.getByRole('button', { name: 'Refresh' }).click();
  await read;
  await expect(people.plan(other?.name ?? '')).toHaveText('Pro');
  await expect(on.bar).toContainText('3 selected');
  expect(await on.ticked()).toHaveLength(3);

  await people.choose('Ana Silva', 'Pro');
  await expect(people.row('Ana Silva')).toContainText('Saved');
  await expect(on.tick('Ana Silva')).toBeChecked();
  await expect(on.bar).toContainText('3 selected');
});

test('the person just selected, and the one with the focus, are not under the bar', async ({ page }) => {
  const on = choosingOn(page);
  for (const size of [
    { width: 1280, height: 800 },
    { width: 320, height: 700 },
  ]) {
    await page.setViewportSize(size);
    await openList(page, 'an');
    const last = await page.locator('tr[data-person]').evaluateAll((rows) => {
      return rows.findLastIndex((row) => row.getBoundingClientRect().top < innerHeight - 60);
    });
    await on.ticks.nth(last).check();
    await expect(on.bar).toBeVisible();
    for (let steps = 0; steps < 12; steps += 1) {
      const [focused, bar] = await page.evaluate(() => {
        const bottom = document.activeElement?.getBoundingClientRect().bottom ?? 0;
        return [bottom, document.querySelector('[data-chosen]')?.getBoundingClientRect().top ?? 0];
      });
      expect(focused).toBeLessThanOrEqual(bar ?? 0);
      await page.keyboard.press('Tab');
    }
  }
});

for (const role of ['viewer', 'helpdesk'] as const) {
  test(`a ${role} sees nothing of it`, async ({ page, context, stack }) => {
    await context.clearCookies();
    await arrive(context, stack, role);
    await peopleOn(page).go('an');
    await expect(page.getByRole('table')).toBeVisible();
    await expect(page.getByRole('checkbox', { name: /^Select/ })).toHaveCount(0);
    await expect(page.locator('.tick')).toHaveCount(0);
  });
}

test('rows say who waits for a batch and who is being sent, beside the plan they still have', async ({
  page,
  chime,
  axe,
}, testInfo) => {
  const on = choosingOn(page);
  const people = peopleOn(page);
  await chime.delay('BatchUpdateUser', 4_000, { count: 0 });
  await openList(page, 'silva');
  const watching = await page.context().newPage();
  const seen = peopleOn(watching);
  await seen.go('ana silva');
  await on.page.click();
  await on.change.click();
  await page.getByRole('radio', { name: /^Pro / }).check();
  await page.getByLabel('Reason', { exact: true }).fill('Ticket 4711');
  await page.getByRole('button', { name: 'Show preview' }).click();
  await page.getByRole('button', { name: /^Change \d+ (people|person)$/ }).click();

  await expect(seen.row('Ana Silva').getByRole('link', { name: /^(Queued|Saving) in a batch$/ })).toBeVisible();
  await expect(seen.plan('Ana Silva')).toHaveText('Basic');
  await expect(seen.row('Ana Silva').getByRole('link', { name: 'Saving in a batch' })).toBeVisible();
  await expect(seen.plan('Ana Silva')).toHaveText('Basic');
  await picture(watching, testInfo.outputPath('saving.png'));
  await axe(watching);
  await expect(seen.plan('Ana Silva')).toHaveText('Pro');
  await expect(seen.row('Ana Silva').getByRole('link')).toHaveCount(0);
  await expect(people.plan('Ana Silva')).toHaveCount(0);
});

const looks = [
  { name: 'a desk, light', viewport: { width: 1280, height: 800 }, colorScheme: 'light', forcedColors: 'none' },
  { name: 'a phone, dark', viewport: { width: 320, height: 700 }, colorScheme: 'dark', forcedColors: 'none' },
  { name: 'at 400 %', viewport: { width: 320, height: 256 }, colorScheme: 'light', forcedColors: 'active' },
] as const;

for (const { name, viewport, colorScheme, forcedColors } of looks) {
  test(`on ${name}: choosing fits, and axe is content`, async ({ page, axe }, testInfo) => {
    test.slow();
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme, forcedColors });
    const on = choosingOn(page);
    async function look(state: string) {
      await picture(page, testInfo.outputPath(`${state}.png`));
      await axe(page);
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow).toBeLessThanOrEqual(0);
    }

    await openList(page, 'a');
    await look('none');
    await on.ticks.nth(1).check();
    await on.ticks.nth(2).check();
    await look('two');
    if (viewport.width >= 640) await on.page.click();
    else await on.button('Select everyone on this page').click();
    await expect(on.button(/^Select all \d+ matching$/)).toBeVisible();
    await look('page');
    await on.button(/^Select all \d+ matching$/).click();
    await look('all');
    await peopleOn(page).search.fill('an');
    await expect(on.bar).toContainText('Selection cleared');
    await look('given up');
  });
}
