import { type BrowserContext, expect, type Page } from '@playwright/test';
import type { Role } from '../lib/auth/permissions.ts';
import type { Stack } from '../lib/testing/stack.ts';
import { account, postSignIn, signedIn } from './door.ts';

export const batches = `/accounts/${account}/batches`;

/** Signs the browser in without its pages. */
export async function arrive(context: BrowserContext, stack: Stack, role: Role) {
  const { cookie } = await signedIn(stack, role);
  await carry(context, stack, cookie);
}

/** The same as the second admin among the example operators. */
export async function arriveAsOtto(context: BrowserContext, stack: Stack) {
  const { cookies } = await postSignIn(stack.url, stack.secondAdmin);
  const cookie = cookies.find((one) => one.startsWith('next-auth.session-token='));
  if (!cookie) throw new Error('The second admin was not let in');
  await carry(context, stack, cookie);
}

async function carry(context: BrowserContext, { url }: Stack, cookie: string) {
  const [name = '', value = ''] = cookie.split('=');
  await context.addCookies([{ name, value, url, httpOnly: true }]);
}

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
      await page.goto(`${batches}/new${address}`);
      await page.getByRole('radio', { name: new RegExp(`^${plan} `) }).check();
      await page.getByLabel('Reason', { exact: true }).fill(reason);
    },
    async preview() {
      await button('Show preview').click();
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
