import { expect, type Page } from '@playwright/test';
import type { SignIn } from '../../testing/stack.ts';

/** The page at which an operator signs in with a user name and a password. */
export function signInOn(page: Page) {
  const userName = page.getByLabel('User name');
  const password = page.getByLabel('Password');
  const submit = page.getByRole('button', { name: 'Sign in' });
  return {
    userName,
    password,
    submit,
    refusal: page.getByRole('main').getByRole('alert'),
    go: () => page.goto('/sign-in'),
    /** Fills the form that is on the page, and sends it. */
    async as(operator: SignIn): Promise<void> {
      await userName.fill(operator.username);
      await password.fill(operator.password);
      await submit.click();
    },
    /** From anywhere to the people of the first account. */
    async arriveAs(operator: SignIn): Promise<void> {
      await page.goto('/sign-in');
      await this.as(operator);
      await expect(page.getByRole('heading', { name: 'People' })).toBeVisible();
    },
  };
}
