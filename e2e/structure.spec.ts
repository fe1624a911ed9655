import type { Locator } from '@playwright/test';
import { batches } from './support/batches-page.ts';
import { personCalled } from './support/door.ts';
import { expect, test } from './support/fixtures.ts';
import { newBatch } from './support/new-batch-page.ts';
import { peopleOn } from './support/people-page.ts';
import { signInOn } from './support/sign-in-page.ts';
import { tokensPage } from './support/tokens-page.ts';

/** The structure is what is kept in `e2e/structure/`: roles, names, states and texts, the same on every machine. */
const expectStructure = (part: Locator, name: string) => expect(part).toMatchAriaSnapshot({ name: `${name}.aria.yml` });

test('signing in, and being refused', async ({ page }) => {
  const form = signInOn(page);
  await form.go();
  await expect(form.submit).toBeEnabled();
  await expectStructure(page.getByRole('main'), 'sign-in');

  await form.as({ username: 'nobody', password: 'wrong' });
  await expect(form.refusal).toContainText('Wrong user name or password.');
  await expectStructure(page.getByRole('main'), 'sign-in-refused');
});

test('what stands above every page, and a page that there is not', async ({ page, comeIn }) => {
  await comeIn('admin');
  await page.goto('/accounts/00000000-0000-4000-8000-000000000000/users');
  await expectStructure(page.getByRole('main'), 'page-not-found');

  await peopleOn(page).go();
  await expectStructure(page.getByRole('banner'), 'banner');
});

test('the people of an account: headings, a person, the list of plans, the help of the keys', async ({
  page,
  comeIn,
  stack,
}) => {
  await comeIn('admin');
  const people = peopleOn(page);
  const ana = await personCalled(stack, 'Ana Silva');
  await people.go(ana.id); // which marks nothing in the row
  await expectStructure(page.getByRole('table').getByRole('row').first(), 'people-headings');
  await expectStructure(people.row('Ana Silva'), 'person');

  await people.open('Ana Silva');
  await expectStructure(page.getByRole('listbox'), 'plan-list');

  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await expectStructure(page.getByRole('dialog'), 'keys-help');
});

test('a search that finds nobody', async ({ page, comeIn }) => {
  await comeIn('viewer');
  await peopleOn(page).go('no such person');
  await expect(page.getByText('Nobody matches “no such person”.')).toBeVisible();
  await expectStructure(page.getByRole('group', { name: 'People' }).or(page.locator('main .text-center')), 'nobody');
});

test('batches: none yet, and the form of a new one', async ({ page, comeIn }) => {
  await comeIn('admin');
  await page.goto(batches);
  await expectStructure(page.getByRole('main'), 'batches-none');

  await page.goto(newBatch);
  await expect(page.getByRole('button', { name: 'Show preview' })).toBeEnabled();
  await expectStructure(page.getByRole('main'), 'new-batch');
});

test('tokens: none yet', async ({ page, comeIn }) => {
  await comeIn('admin');
  await page.goto(tokensPage);
  await expectStructure(page.getByRole('main'), 'tokens-none');
});
