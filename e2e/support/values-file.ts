import { expect, type Page } from '@playwright/test';

/** Where a file that says something of people is handed in. */
export function valuesFileOn(page: Page) {
  const field = page.getByLabel('CSV file with one person per line');
  const keep = page.getByRole('button', { name: 'Use this file' });
  return {
    field,
    keep,
    /** Presses the button once it is enabled: it does nothing while the file is read again. */
    keepRead: async () => {
      await expect(keep).toBeEnabled();
      await keep.press('Enter');
    },
    handIn: (name: string, text: string) =>
      field.setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) }),
    use: (column: string, role: string) => page.getByLabel(`Use ${column} as`).selectOption(role),
  };
}
