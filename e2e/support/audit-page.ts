import type { Page } from '@playwright/test';
import { account } from './door.ts';

export const audit = `/accounts/${account}/audit`;

/** The audit of an account, or of all, as an operator sees it. */
export function auditOn(page: Page) {
  const link = (name: string) => page.getByRole('link', { name });
  const csv = link('CSV, for spreadsheets');
  return {
    /** One for each entry that is shown, newest first. */
    entries: page.getByRole('row').filter({ has: page.getByRole('rowheader') }),
    older: link('Older'),
    newest: link('Newest'),
    allAccounts: link('Audit of all accounts'),
    clear: link('Clear filters'),
    person: page.getByLabel('Person: name, e-mail or ID'),
    reason: page.getByLabel('Reason or ticket'),
    what: page.getByRole('combobox', { name: 'What' }),
    outcome: page.getByRole('combobox', { name: 'Outcome' }),
    openFilter: () => page.getByText('Filter by person').click(),
    show: () => page.getByRole('button', { name: 'Show' }).click(),
    csv,
    async download(format: 'csv' | 'jsonl') {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        (format === 'csv' ? csv : link('JSON lines, as recorded')).click(),
      ]);
      return download;
    },
  };
}
