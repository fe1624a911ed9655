import { expect, type Page } from '@playwright/test';

export const tokensPage = '/accounts/tokens';

/** The tokens of the operator, as they see them. */
export function tokensOn(page: Page) {
  const field = page.getByLabel('Name', { exact: true });
  const row = (name: string) => page.getByRole('row').filter({ has: page.getByText(name, { exact: true }) });
  return {
    field,
    row,
    heading: page.getByRole('heading', { name: 'Tokens', exact: true }),
    inMenu: page.getByRole('link', { name: 'Tokens for the command line' }),
    /** A token that has just been made, in full. */
    secret: page.getByText(/^carillon_/),
    complaint: page.locator('main').getByRole('alert'),
    revoke: (name: string) => page.getByRole('button', { name: `Revoke ${name}`, exact: true }),
    async make(name: string): Promise<void> {
      await field.fill(name);
      await field.press('Enter');
      await expect(row(name)).toBeVisible();
      await expect(page.getByRole('button', { name: 'Create token' })).toBeVisible();
    },
  };
}
