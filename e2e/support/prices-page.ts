import type { Page } from '@playwright/test';
import { account } from './door.ts';

export const prices = `/accounts/prices?account=${account}`;

/** A price that is good, as it is typed. */
export const goodPrice = {
  'Per day': '3.00',
  'Cap per month': '15.00',
  Currency: 'EUR',
  From: '2020-01-01',
  'Where it is from': 'Contract 4711',
};

/** The prices of Pro, as an admin and as a viewer see them. */
export function pricesOn(page: Page) {
  const main = page.getByRole('main');
  return {
    perDay: page.getByLabel('Per day', { exact: true }),
    complaint: main.getByRole('alert'),
    said: main.getByRole('status'),
    rows: page.getByRole('row'),
    /** The one that begins last. */
    last: page.getByRole('row').nth(1),
    withdraw: (day: string) => page.getByRole('button', { name: `Withdraw the price from ${day}` }),
    anyField: page.getByRole('textbox'),
    anyWithdraw: page.getByRole('button', { name: /^Withdraw/ }),
    async enter(fields: Partial<typeof goodPrice> = {}): Promise<void> {
      for (const [name, text] of Object.entries({ ...goodPrice, ...fields })) {
        await page.getByLabel(name, { exact: true }).fill(text);
      }
      await page.getByRole('button', { name: 'Enter price' }).click();
    },
  };
}
