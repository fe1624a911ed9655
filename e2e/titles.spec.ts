import type { Page } from '@playwright/test';
import { makeExampleHistory } from '../lib/trend/ledger/example-history-store.ts';
import { cost, costOn } from './support/cost-page.ts';
import { account } from './support/door.ts';
import { expect, test } from './support/fixtures.ts';
import { prices, pricesOn } from './support/prices-page.ts';

declare global {
  interface Window {
    titles: string[];
  }
}

/** Takes down every title that the page has from now on, also one that lasts for a moment only. */
async function watchTitles(page: Page) {
  await page.addInitScript(() => {
    window.titles = [];
    document.addEventListener('DOMContentLoaded', () => {
      const note = () => window.titles.at(-1) !== document.title && window.titles.push(document.title);
      note();
      // After the page's own observers, which are told in the same turn.
      new MutationObserver(() => queueMicrotask(note)).observe(document.head, {
        childList: true,
        subtree: true,
        characterData: true,
      });
    });
  });
  return () => page.evaluate(() => window.titles);
}

test('a page has a title at every moment: on the way to another one, and while it is drawn again', async ({
  page,
  comeIn,
  stack,
}) => {
  await makeExampleHistory(stack.db, account);
  await comeIn('admin');
  const titles = await watchTitles(page);
  await page.goto(prices);
  await pricesOn(page).enter();
  await expect(pricesOn(page).rows).toHaveCount(2);
  await page.goto(cost);
  await costOn(page).months.nth(1).click();
  await expect(page).toHaveURL(/month=/);
  await page.getByRole('navigation').getByRole('link', { name: 'Audit' }).first().click();
  await expect(page).toHaveTitle('Audit · Nordwind Group · Carillon');
  await page.goBack();
  await expect(page).toHaveTitle('Cost of Pro · Nordwind Group · Carillon');
  // Names that an earlier page left behind would be as wrong as none.
  expect(await titles()).toEqual([
    'Cost of Pro · Nordwind Group · Carillon',
    'Audit · Nordwind Group · Carillon',
    'Cost of Pro · Nordwind Group · Carillon',
  ]);
});
