import type { Page } from '@playwright/test';
import { account } from './door.ts';

export const newBatch = `/accounts/${account}/batches/new`;

/** The form in which a batch is made. */
export function newBatchOn(page: Page) {
  const choice = (name: string | RegExp) => page.getByRole('radio', { name });
  const file = page.getByLabel('CSV file', { exact: true });
  return {
    choice,
    plan: (name: string) => choice(new RegExp(`^${name} `)),
    planFromFile: choice(/^The plan given in the file/),
    list: page.getByLabel('E-mails or user IDs'),
    reason: page.getByLabel('Reason', { exact: true }),
    file,
    end: page.getByLabel(/^End date and time/),
    start: page.getByLabel(/^Start date and time/),
    showPreview: page.getByRole('button', { name: 'Show preview' }),
    async upload(one: { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
      await choice('Upload a CSV file').check();
      await file.setInputFiles(one);
    },
  };
}
