import { sql } from 'kysely';
import { batches, batchOn } from '../support/batches-page.ts';
import { account, arrive } from '../support/door.ts';
import { expect, test } from '../support/evidence.ts';
import { newBatch, newBatchOn } from '../support/new-batch-page.ts';
import { picture } from '../support/picture.ts';

test.use({ people: 400 });

test('leaving Plus: the preview says that it is permanent, and no Undo is offered', async ({ stack, page, axe }) => {
  await arrive(page.context(), stack, 'admin');
  const on = batchOn(page);
  await on.choose('?people=filter&plan=Plus', 'Basic', 'Ticket 4720');
  await on.preview();
  await expect(page.getByText(/on Plus, which cannot be given back\. This change is permanent/)).toBeVisible();
  await expect(page.getByText('Within your limit (1,000 per batch')).toBeVisible();
  await expect(page.getByRole('definition').filter({ hasText: 'Everyone matching “Plan: Plus”' })).toBeVisible();
  await axe(page);
  await on.button(/^Change \d+ (person|people)$/).click();
  await on.ended();

  await expect(page.getByText('cannot be given back the plan they had')).toBeVisible();
  await expect(on.button('Undo this batch')).toHaveCount(0);
});

test('people on Plus are left out of a batch of temporary plans, and changed permanently only by a batch of their own', async ({
  stack,
  page,
}) => {
  await arrive(page.context(), stack, 'admin');
  const on = batchOn(page);
  await on.choose('?people=filter&plan=Plus', 'Pro', 'Ticket 4721');
  await newBatchOn(page).choice('Temporarily').check();
  await on.preview();
  await expect(page.getByText(/on Plus, which cannot be given back later\. They are left out\./)).toBeVisible();
  await on.button(/permanently, in a separate batch$/).click();

  await expect(page.getByText('People left out of an earlier batch')).toBeVisible();
  await expect(page.getByText(/This change is permanent/)).toBeVisible();
  await expect(page.getByText('Plans end')).toBeHidden();
});

test('one of many people in a preview is found and left out with the keyboard, and the result says when it ran', async ({
  stack,
  page,
  axe,
}) => {
  await arrive(page.context(), stack, 'admin');
  const on = batchOn(page);
  await on.choose('?people=filter&plan=Basic&registration=Registered', 'Pro', 'Ticket 4723');
  await on.preview();
  const rows = page.getByRole('row').filter({ has: page.getByRole('rowheader') });
  await expect(rows).toHaveCount(50);
  await page.getByLabel('Search this list by name, e-mail or ID').focus();
  await page.keyboard.type('ana.silva@');
  await expect(rows).toHaveCount(1);
  await axe(page);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('checkbox', { name: 'Change Ana Silva' })).toBeFocused();
  await page.keyboard.press('Space');
  await expect(page.getByText(/^1 person left out\. \d+ people will change\.$/)).toBeVisible();
  await page.getByLabel('Search this list by name, e-mail or ID').fill('no such person');
  await expect(page.getByText('Nobody in this group matches “no such person”.')).toBeVisible();

  await on.button(/^Change \d+ people$/).click();
  await on.ended();
  const facts = page.getByLabel('About this batch');
  await expect(facts.getByText('Started', { exact: true })).toBeVisible();
  await expect(facts.getByText('Ended', { exact: true })).toBeVisible();
});

test('plans that did not end are counted in the header, and named on the batch and in the list', async ({
  stack,
  page,
  axe,
}, testInfo) => {
  await arrive(page.context(), stack, 'admin');
  const on = batchOn(page);
  await on.choose('?people=filter&plan=Basic&q=silva', 'Pro', 'Ticket 4722');
  await newBatchOn(page).choice('Temporarily').check();
  await on.preview();
  await on.button(/^Change \d+ (person|people)$/).click();
  await on.ended();
  const batch = page.url();
  await stack.db.updateTable('endings').set({ state: 'failed', failure: 'unsupported-license' }).execute();

  await page.goto(batch);
  await expect(page.getByText(/did not get their earlier plan back/)).toBeVisible();
  await expect(page.getByRole('link', { name: /^Batches \(\d+ plans? did not end\)$/ })).toBeVisible();
  await page.getByRole('link', { name: 'Show who', exact: true }).click();
  const table = page.getByRole('table', { name: 'Plans that did not end' });
  await expect(table.getByRole('row').nth(1)).toContainText('Back to Basic');
  await expect(page.getByRole('row').filter({ hasText: 'Ticket 4722' })).toContainText('did not end');
  await axe(page);
  await picture(page, testInfo.outputPath('plans that did not end.png'), { fullPage: true });
});

test('where no worker runs, a batch and an update say that nobody works on them', async ({ stack, page }) => {
  await arrive(page.context(), stack, 'admin');
  const on = batchOn(page);
  await stack.killWorker();
  await sql`update workers set seen_at = clock_timestamp() - interval '1 minute'`.execute(stack.db);
  await on.choose('?people=filter&plan=Basic&q=silva', 'Pro', 'Ticket 4723');
  await on.preview();
  await on.button(/^Change \d+ (person|people)$/).click();
  await expect(page.getByText('Nobody is working on this: the worker is not running.')).toBeVisible();

  await sql`update accounts set sync_wanted = true where id = ${account}`.execute(stack.db);
  await page.goto(`/accounts/${account}/users`);
  await expect(page.getByText('Nobody is working on this: the worker is not running.')).toBeVisible();
  await stack.startWorker();
  await page.goto(batches);
  await page
    .getByRole('link', { name: /to Pro$/ })
    .first()
    .click();
  await on.ended();
});

test('a preview is kept out of the list until it is asked for, and Stop asks once', async ({ stack, chime, page }) => {
  await arrive(page.context(), stack, 'admin');
  const on = batchOn(page);
  await on.choose('?people=filter&plan=Basic', 'Pro', 'Ticket 4724');
  await on.preview();
  const preview = page.url();
  await page.goto(batches);
  await expect(page.getByText('Ticket 4724')).toBeHidden();
  await page.getByRole('link', { name: 'Show your preview' }).click();
  await expect(page.getByRole('row').filter({ hasText: 'Ticket 4724' })).toBeVisible();

  await chime.throttle(0.1, 1);
  await page.goto(preview);
  await on.button(/^Change \d+ people$/).click();
  await on.button('Stop').click();
  await page.getByRole('button', { name: 'Don’t stop' }).last().click();
  await expect(on.button('Stop')).toBeFocused();
  await on.stop();
  await on.ended();
  await expect(on.button(/^Continue with \d+ people$/)).toBeVisible();
});

test('a viewer who opens the address of a new batch is told no, and led back to the batches', async ({
  stack,
  page,
}) => {
  await arrive(page.context(), stack, 'viewer');
  await page.goto(newBatch);
  await expect(page.getByText('You can view batches but not create them. Ask an admin.')).toBeVisible();
  await page.getByRole('link', { name: 'Go to Batches' }).click();
  await expect(page.getByRole('heading', { name: 'Batches', exact: true })).toBeVisible();
});
