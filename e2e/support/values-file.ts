import type { Page } from '@playwright/test';

/** Where a file that says something of people is handed in. */
export function valuesFileOn(page: Page) {
  const field = page.getByLabel('CSV file with one person per line');
  return {
    field,
    keep: page.getByRole('button', { name: 'Use this file' }),
    handIn: (name: string, text: string) =>
      field.setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) }),
    use: (column: string, role: string) => page.getByLabel(`Use ${column} as`).selectOption(role),
  };
}
