import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { makeExampleHistory } from '../../lib/trend/ledger/example-history-store.ts';
import { exampleAccounts } from '../../local-chime/people/organisation.ts';
import { root } from '../../scripts/bootstrap.mjs';
import { batches, batchOn } from '../support/batches-page.ts';
import { expect, test } from '../support/fixtures.ts';
import { newBatchOn } from '../support/new-batch-page.ts';
import { peopleOn } from '../support/people-page.ts';
import { trend, trendOn } from '../support/trend-page.ts';

test.use({ people: 4_000, viewport: { width: 1280, height: 800 }, deviceScaleFactor: 1, locale: 'en-GB' });

const folder = join(root, 'docs', 'pictures');

/** Takes the page as it is, in light and dark. */
async function take(page: Page, name: string): Promise<void> {
  await page.mouse.move(1, 799); // nothing is pointed at
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.screenshot({ path: join(folder, `${name}-${colorScheme}.png`) });
  }
}

test('people: a change just saved, with Undo beside it', async ({ page, comeIn }) => {
  await comeIn('helpdesk');
  const people = peopleOn(page);
  await people.go('silva');
  await people.choose('Ana Silva', 'Pro');
  await expect(people.row('Ana Silva')).toContainText('Saved');
  await take(page, 'people');
});

test('trend: 13 months of an account, with a step and gaps', async ({ page, comeIn, stack }) => {
  for (const accountId of Object.values(exampleAccounts)) {
    await expect.poll(() => makeExampleHistory(stack.db, accountId)).toBe(true);
  }
  await comeIn('viewer');
  await page.setViewportSize({ width: 1280, height: 960 }); // the chart is seen whole
  await page.goto(`${trend}?period=13m`);
  await expect(trendOn(page).chart).toBeVisible();
  await take(page, 'trend');
});

test('a batch: people being changed, and what is left', async ({ page, comeIn, chime }) => {
  await comeIn('admin');
  await page.goto(batches);
  const batch = batchOn(page);
  await batch.choose('?people=filter&plan=ProTrial', 'Pro', 'INC-4711: the trials were a success');
  await batch.preview();
  await chime.throttle(1, 2);
  await newBatchOn(page).choice('Start now').check();
  await batch.button(/^Change [\d,]+ people$/).click();
  await expect(page.getByRole('progressbar')).not.toHaveAttribute('value', '0');
  await take(page, 'batch');
});
