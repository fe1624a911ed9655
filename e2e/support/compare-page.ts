import type { Page } from '@playwright/test';
import { trend } from './trend-page.ts';

export const compare = `${trend}/compare`;

/** Two days beside each other, and the people behind a number of theirs. */
export function compareOn(page: Page) {
  return {
    from: page.getByLabel('From the beginning of'),
    /** The sum that says how a plan came from the one count to the other. */
    line: (plan: string) => page.locator(`dt:text-is("${plan}") + dd`).first(),
    title: page.getByRole('heading', { level: 1 }),
    /** One for each person of a number. */
    people: page.getByRole('row').filter({ has: page.getByRole('rowheader') }),
    next: page.getByRole('link', { name: 'Next page' }),
    first: page.getByRole('link', { name: 'First page' }),
  };
}
