import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, test } from '../support/evidence.ts';
import { peopleOn } from '../support/people-page.ts';

/** Gives this page other pages as a web of another build would. */
async function asFromAnotherBuild(page: Page): Promise<void> {
  const own = (await readFile(new URL('../../.next/BUILD_ID', import.meta.url), 'utf8')).trim();
  await page.route('**', async (route) => {
    const headers = route.request().headers();
    if (!headers.rsc || headers['next-action']) return route.fallback();
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replaceAll(own, 'another-build') });
  });
}

test('the next page is loaded as a whole where the web is of another build, and only when nothing is on its way', async ({
  page,
  comeIn,
  chime,
  evidence,
}) => {
  await comeIn('helpdesk');
  const people = peopleOn(page);
  await people.go('ana silva');
  await asFromAnotherBuild(page);
  const questions: string[] = [];
  page.on('dialog', async (dialog) => {
    questions.push(dialog.type());
    await dialog.dismiss();
  });
  const licenses = page.getByRole('navigation').getByRole('link', { name: 'Licenses' });

  await chime.delay('UpdateUser', 8_000);
  await people.choose('Ana Silva', 'Pro');
  await licenses.click();
  await page.getByRole('dialog').getByRole('button', { name: 'Leave', exact: true }).click();
  await expect.poll(() => questions).toEqual(['beforeunload']);
  await expect(people.row('Ana Silva')).toContainText('Saved');
  expect(await evidence.journal()).toMatchObject([{ from: 'Basic', to: 'Pro' }]);
  await page.getByRole('dialog').getByRole('button', { name: 'Stay here' }).click();

  await page.evaluate(() => document.body.setAttribute('data-before', ''));
  await page.getByRole('navigation').getByRole('link', { name: 'Batches' }).click();
  await expect(page).toHaveURL(/batches$/);
  await expect(page.locator('body')).not.toHaveAttribute('data-before');
  expect(questions).toHaveLength(1);
});
