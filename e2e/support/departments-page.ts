import type { Page } from '@playwright/test';
import { account } from './door.ts';

export const departments = `/accounts/${account}/trend/departments`;

/** The departments of an account. */
export function departmentsOn(page: Page) {
  const row = (name: string) =>
    page.getByRole('row').filter({ has: page.getByRole('rowheader', { name, exact: true }) });
  return {
    row,
    /** How many people a department has. */
    people: (name: string) => row(name).getByRole('cell').last(),
    csv: page.getByRole('link', { name: 'Download CSV' }),
    /** The same in a comparison. */
    split: page.getByRole('table', { name: 'By department' }),
  };
}
