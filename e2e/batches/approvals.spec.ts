import { randomUUID } from 'node:crypto';
import { exampleAccounts } from '../../local-chime/people/organisation.ts';
import type { Stack } from '../../testing/stack.ts';
import { account, arrive, arriveAs } from '../support/door.ts';
import { expect, test } from '../support/evidence.ts';
import { picture } from '../support/picture.ts';

const meridian = exampleAccounts.directory;

/** A batch of the first admin that waits for a second one. */
async function giveWaiting({ db, operators }: Stack, accountId: string): Promise<void> {
  const { id, name } = await db
    .selectFrom('operators')
    .select(['id', 'name'])
    .where('username', '=', operators.admin.username)
    .executeTakeFirstOrThrow();
  await db
    .insertInto('batches')
    .values({
      id: randomUUID(),
      account_id: accountId,
      request_id: randomUUID(),
      operator_id: id,
      operator_name: name,
      operator_role: 'admin',
      source: JSON.stringify({ kind: 'everybody' }),
      to_license: 'Pro',
      state: 'waiting',
      submitted_at: new Date(),
      total: 1_001,
    })
    .execute();
}

test('what waits for approval in another account is told on every page, as soon as it does', async ({
  stack,
  page,
  axe,
}, testInfo) => {
  await arriveAs(page.context(), stack, stack.secondAdmin);
  await page.goto(`/accounts/${account}/users`);
  await expect(page.getByRole('heading', { name: 'People' })).toBeVisible();
  await giveWaiting(stack, meridian);

  const inHeader = page
    .getByRole('banner')
    .getByRole('link', { name: '1 batch waits for approval in Meridian Clinics' });
  await expect(inHeader).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('link', { name: 'Batches', exact: true })).toBeVisible();
  for (const [width, colorScheme] of [
    [320, 'light'],
    [768, 'dark'],
    [1280, 'light'],
  ] as const) {
    await page.setViewportSize({ width, height: 700 });
    await page.emulateMedia({ colorScheme });
    await expect(inHeader).toBeVisible();
    await picture(page, testInfo.outputPath(`${width}.png`));
    await axe(page);
  }
  await page.goto(`/accounts/${account}/batches`);
  await expect(
    page.getByRole('main').getByRole('link', { name: '1 batch waits for approval in Meridian Clinics' }),
  ).toBeVisible();
  await picture(page, testInfo.outputPath('batches.png'));

  await giveWaiting(stack, exampleAccounts.team);
  await page
    .getByRole('banner')
    .getByRole('link', { name: '2 batches wait for approval in 2 other accounts' })
    .click({ timeout: 30_000 });
  await expect(page).toHaveURL(/\/accounts$/);
  await picture(page, testInfo.outputPath('accounts.png'));
  await page.getByRole('link', { name: '1 batch waits for your approval in Meridian Clinics' }).click();
  await expect(page).toHaveURL(new RegExp(`/accounts/${meridian}/batches/[0-9a-f-]{36}$`));
  await expect(page.getByRole('button', { name: 'Approve: change 1,001 people' })).toBeVisible();
  await expect(
    page.getByRole('banner').getByRole('link', { name: '1 batch waits for approval in Harbour Books' }),
  ).toHaveAttribute('href', /\/batches\/[0-9a-f-]{36}$/);
});

test('who asked for a batch, and who may not approve any, is not told of it', async ({ stack, page }) => {
  await giveWaiting(stack, meridian);
  for (const role of ['admin', 'helpdesk'] as const) {
    await arrive(page.context(), stack, role);
    const approvals = await page.request.get('/api/approvals');
    expect([approvals.status(), await approvals.json()]).toEqual([200, []]);
  }
});
