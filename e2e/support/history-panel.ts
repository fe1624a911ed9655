import type { Locator, Page } from '@playwright/test';
import { peopleOn } from './people-page.ts';

/** Opens the history of a person whose row is on the page. */
export async function openHistory(page: Page, name: string): Promise<Locator> {
  await peopleOn(page)
    .row(name)
    .getByRole('button', { name: `Plan history of ${name}` })
    .click();
  return page.getByRole('dialog', { name: `Plan history of ${name}` });
}

/** The note about the change of a person, in their row. */
export const noteAbout = (page: Page, name: string) => page.getByLabel(`Note about this change to ${name}`);
