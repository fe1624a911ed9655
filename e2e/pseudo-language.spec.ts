import type { Page } from '@playwright/test';
import { pseudoTag } from '../lib/locale.ts';
import { makeExampleHistory } from '../lib/trend/ledger/example-history-store.ts';
import { exampleAccounts } from '../local-chime/people/organisation.ts';
import { type Stack, startStack } from '../testing/stack.ts';
import { test as base, expect } from './support/fixtures.ts';
import { overflow } from './support/words-in-lines.ts';
import { dataWords, wordsOutside } from './support/words-outside.ts';

const typed = 'INC-7 ana.silva@nordwind.example nobody.here@nordwind.example no-such-thing qqqqqq';

type Look = (state: string) => Promise<void>;

/** A product that speaks the pseudo-language; `look` looks at the page as it is now, and each test ends with what was found. */
const test = base.extend<{ look: Look }, { stack: Stack }>({
  stack: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures that are needed from this pattern
    async ({}, use) => {
      const stack = await startStack({ users: 300, env: { UI_LANGUAGE: pseudoTag } });
      await use(stack);
      await stack.stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  look: async ({ page, stack }, use, testInfo) => {
    const data = await dataWords(stack, typed);
    const found: string[] = [];
    await use(async (state) => {
      found.push(...(await lookAt(page, data)).map((one) => `${state}: ${one}`));
    });
    if (testInfo.status === testInfo.expectedStatus) expect(found).toEqual([]);
  },
});

test.use({ keepsState: true });

const account = `/accounts/${exampleAccounts.enterprise}`;

/** Texts outside the language, and what makes the page scroll sideways, narrow or wide. */
async function lookAt(page: Page, data: string[]): Promise<string[]> {
  const found = await wordsOutside(page, data);
  for (const width of [320, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    const pixels = await overflow(page);
    if (pixels > 0) found.push(`${pixels} px too wide for ${width}`);
  }
  return found;
}

async function open(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
  await expect(page.locator('h1').first()).toBeVisible();
  await expect(page.locator('[data-script="coming"]')).toHaveCount(0); // parts that are fetched after the first drawing
}

test('before signing in, everything is in the language', async ({ page, look }) => {
  await page.goto('/sign-in');
  await expect(page.locator('h1')).toBeVisible();
  await look('sign in');
  await page.locator('input[name=username]').fill('nobody');
  await page.locator('input[type=password]').fill('wrong');
  await page.locator('button[type=submit]').click();
  await expect(page.locator('#sign-in-said')).toContainText('⟦');
  await look('a wrong password');
});

for (const address of [
  '/accounts',
  `${account}/users`,
  `${account}/users?q=silva&plan=Basic.Pro&registration=Registered&changed=30`,
  `${account}/users?q=qqqqqq`,
  `${account}/licenses`,
  `${account}/trend`,
  `${account}/trend?period=7d&view=table`,
  `${account}/trend?from=2020-01-01&to=2020-02-29`,
  '/accounts/trend',
  `${account}/trend/cost`,
  `${account}/trend/departments`,
  '/accounts/trend/cost',
  '/accounts/prices',
  `${account}/batches`,
  `${account}/batches/new`,
  `${account}/audit`,
  '/audit',
  '/accounts/tokens',
  '/accounts/00000000-0000-4000-8000-000000000000/users',
  '/nothing-here',
]) {
  test(`${address} and its menus are in the language, from right to left, within the window`, async ({
    page,
    comeIn,
    look,
  }) => {
    await comeIn('admin');
    await open(page, address);
    await look('the page');
    const menus = page.locator('button[popovertarget]');
    for (let index = 0; index < (await menus.count()); index += 1) {
      if (!(await menus.nth(index).isVisible())) continue;
      await menus.nth(index).click();
      await look(`menu ${index}`);
      await page.keyboard.press('Escape');
    }
  });
}

test('a comparison of counts and its people are in the language', async ({ page, comeIn, stack, look }) => {
  await makeExampleHistory(stack.db, exampleAccounts.enterprise);
  await comeIn('viewer');
  const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
  const days = `from=${day(90)}&to=${day(0)}`;
  for (const address of [
    `${account}/trend/compare?${days}`,
    `/accounts/trend/compare?${days}`,
    `${account}/trend/compare?from=2020-01-01&to=2020-01-31`,
    `${account}/trend/cell?${days}`,
    `${account}/trend/step?from=${day(90)}T00:00:00Z&until=${day(0)}T00:00:00Z&license=Pro`,
  ]) {
    await open(page, address);
    await look(address);
  }
});

test('what a row says of changes, its history and the keys are in the language', async ({
  page,
  comeIn,
  chime,
  look,
}) => {
  await comeIn('admin');
  await open(page, `${account}/users`);
  await page.locator('[popover="manual"]').waitFor({ state: 'attached' }); // what changes need has been fetched
  const change = async (row: number, said: string) => {
    await page.locator('tbody [role=combobox]').nth(row).click();
    await page.locator('[role=option][aria-selected=false]:not([aria-disabled=true])').first().click();
    await expect(page.locator('tbody').getByText(said).first()).toBeVisible();
    await look(said);
  };

  await change(0, 'Šávéd');
  await chime.failNext('UpdateUser', 'ForbiddenException');
  await change(1, 'Ñóţ šávéd');
  await page.locator('tbody button.one-line').first().click();
  await expect(page.getByRole('dialog')).toContainText('⟦');
  await look('the history');
});

test('a batch is in the language from its form to its preview', async ({ page, comeIn, look }) => {
  await comeIn('admin');
  await open(page, `${account}/batches/new`);
  await page.locator('#batch-list').fill(typed.split(' ').slice(1, 4).join('\n'));
  await page.locator('main button[type=submit]').click();
  await expect(page.locator('#batch-plan-missing')).toContainText('⟦');
  await look('a form that is not complete');

  await page.locator('input[type=radio][name=plan]').nth(1).check();
  await page.locator('#batch-reason').fill('INC-7');
  await page.locator('main button[type=submit]').click();
  await page.waitForURL(/\/batches\/[0-9a-f-]{36}/);
  await expect(page.locator('main h2').first()).toBeVisible();
  await look('the preview');
});

test('without JavaScript a page says so in the language', async ({ browser, stack }) => {
  const context = await browser.newContext({ baseURL: stack.url, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto('/sign-in');
  await expect(page.locator('noscript p')).toContainText('⟦');
  await context.close();
});
