import type { Page } from '@playwright/test';
import { account } from './door.ts';

export const licenses = `/accounts/${account}/licenses`;

/** The numbers of an account, or of all accounts. */
export function licensesOn(page: Page) {
  return {
    perPlan: page.getByLabel('People per plan'),
    /** A cell of the row of that name, counted from 0 after the name. */
    cell: (row: string, column: number) =>
      page
        .getByRole('row')
        .filter({ has: page.getByRole('rowheader', { name: row, exact: true }) })
        .getByRole('cell')
        .nth(column),
    refresh: page.getByRole('button', { name: 'Refresh' }),
    notUpdated: page.getByText('Couldn’t update just now.'),
  };
}
