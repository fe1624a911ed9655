import { expect, type Page } from '@playwright/test';
import { account } from './door.ts';
import { newBatch, newBatchOn } from './new-batch-page.ts';

export const batches = `/accounts/${account}/batches`;

/** The pages of batches as an operator sees them. */
export function batchOn(page: Page) {
  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });
  return {
    button,
    heading: (name: string) => page.getByRole('heading', { name, exact: true }),
    said: page.getByRole('status').first(),
    /** A number of the progress, by its name. */
    async part(name: 'changed' | 'failed' | 'not yet done'): Promise<number> {
      const both = page.locator('div', { has: page.getByRole('term').getByText(name, { exact: true }) }).last();
      return Number((await both.getByRole('definition').innerText()).replace(',', ''));
    },
    async choose(address: string, plan: string, reason: string) {
      await page.goto(newBatch + address);
      await newBatchOn(page).plan(plan).check();
      await newBatchOn(page).reason.fill(reason);
    },
    async preview() {
      await newBatchOn(page).showPreview.click();
      await expect(page.getByRole('heading', { name: 'Preview' })).toBeVisible();
    },
    /** Stops the batch, as the dialog asks. */
    async stop() {
      await button('Stop').click();
      await page
        .getByRole('dialog', { name: 'Stop this batch?' })
        .getByRole('button', { name: 'Stop this batch' })
        .click();
    },
    async ended() {
      await expect(page.getByRole('heading', { name: 'Result' })).toBeVisible({ timeout: 90_000 });
    },
  };
}
