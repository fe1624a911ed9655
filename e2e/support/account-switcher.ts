import type { Page } from '@playwright/test';

/** The way from one account to another, above every page. */
export function switcherOn(page: Page) {
  return {
    /** Named after the account that is shown. */
    at: (account: string) => page.getByRole('button', { name: new RegExp(account) }),
    withoutAccount: page.getByRole('button', { name: 'Choose an account' }),
    search: page.getByLabel('Find an account'),
    account: (name: string) => page.getByRole('link', { name: new RegExp(name) }),
  };
}
