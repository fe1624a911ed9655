import type { Page } from '@playwright/test';
import { expect, test } from '../support/evidence.ts';
import { licenses, licensesOn } from '../support/licenses-page.ts';
import { newBatch, newBatchOn } from '../support/new-batch-page.ts';
import { enterprise, peopleOn } from '../support/people-page.ts';
import { prices, pricesOn } from '../support/prices-page.ts';
import { tokensOn, tokensPage } from '../support/tokens-page.ts';

/** Lets this page call actions as it would from before an update: by names that the server does not know. */
async function asBeforeUpdate(page: Page): Promise<void> {
  await page.route('**', async (route) => {
    const headers = route.request().headers();
    if (!headers['next-action']) return route.fallback();
    await route.continue({ headers: { ...headers, 'next-action': `40${'ab'.repeat(20)}` } });
  });
}

test('a page from before an update says that nothing was sent, keeps the choice, and asks when it is loaded again', async ({
  page,
  comeIn,
  evidence,
  axe,
}) => {
  await comeIn('helpdesk');
  const people = peopleOn(page);
  await people.go('ana silva');
  await asBeforeUpdate(page);
  await people.choose('Ana Silva', 'Pro');

  await expect(people.row('Ana Silva')).toContainText(
    'Not saved yet. Carillon was updated since you opened this page.',
  );
  await expect(people.plan('Ana Silva')).toHaveText('Basic');
  expect(await evidence.updates()).toEqual([]);
  await axe(page);

  await page.unrouteAll();
  await people.button('Ana Silva', 'Reload the page').click();
  await expect(people.row('Ana Silva')).toContainText('Carillon was updated. Save Pro for Ana Silva?');
  expect(await evidence.updates()).toEqual([]);
  await people.button('Ana Silva', 'Save now').click();
  await expect(people.row('Ana Silva')).toContainText('Saved');
  expect(await evidence.journal()).toMatchObject([{ from: 'Basic', to: 'Pro' }]);
});

test('a batch form from before an update says that nothing was done', async ({ page, comeIn, evidence }) => {
  await comeIn('admin');
  const form = newBatchOn(page);
  await page.goto(newBatch);
  await form.choice(/^Paste a list/).check();
  await form.list.fill('ana.silva@nordwind.example');
  await form.plan('Pro').check();
  await form.reason.fill('INC-7');
  await asBeforeUpdate(page);
  await form.showPreview.click();

  await expect(page.getByRole('main')).toContainText(
    'Carillon was updated since you opened this page. Reload it and try again.',
  );
  expect(await evidence.updates()).toEqual([]);
});

test('on a phone, a row with a message keeps the name in line with the rest of its card', async ({ page, comeIn }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await comeIn('helpdesk');
  const people = peopleOn(page);
  await people.go('ana silva');
  await asBeforeUpdate(page);
  await people.choose('Ana Silva', 'Pro');
  await expect(people.row('Ana Silva')).toContainText('Not saved yet.');

  const name = await people.row('Ana Silva').getByRole('rowheader').locator('div').first().boundingBox();
  expect(name?.x).toBe((await people.plan('Ana Silva').boundingBox())?.x);
});

/** What can be asked for on other pages and in other places than a row, each where a page has just been opened. */
const requests: Record<string, { at: string; ask: (page: Page) => Promise<void> }> = {
  'to save a view': {
    at: `/accounts/${enterprise}/users?plan=Pro`,
    async ask(page) {
      await page.getByRole('button', { name: 'Views' }).click();
      const menu = page.getByRole('group', { name: 'Views' });
      await menu.getByLabel('Name of the view').fill('Everybody on Pro');
      await menu.getByRole('button', { name: 'Save' }).click();
    },
  },
  'to read the people of an account again': { at: licenses, ask: (page) => licensesOn(page).refresh.click() },
  'to enter a price': { at: prices, ask: (page) => pricesOn(page).enter() },
  'to create a token': {
    at: tokensPage,
    async ask(page) {
      await tokensOn(page).field.fill('laptop');
      await tokensOn(page).field.press('Enter');
    },
  },
};

for (const [what, { at, ask }] of Object.entries(requests)) {
  test(`a page from before an update that is asked ${what} says why it is not done`, async ({ page, comeIn, axe }) => {
    await comeIn('admin');
    await page.goto(at);
    await asBeforeUpdate(page);
    await ask(page);

    const notice = page.getByRole('alert').filter({ hasText: 'Carillon was updated since you opened this page.' });
    await expect(notice).toContainText('Reload it and try again.');
    await axe(page);
    await page.unrouteAll();
    await notice.getByRole('button', { name: 'Reload' }).click();
    await expect(notice).toHaveCount(0);
  });
}
