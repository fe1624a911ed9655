import type { Page } from '@playwright/test';
import { sql } from 'kysely';
import { expect, test } from '../support/evidence.ts';
import { enterprise, peopleOn } from '../support/people-page.ts';

const reads = '**/api/accounts/*/users?*';
const why = 'These people are from your last search. You can’t change them until the new one is answered.';

const list = (page: Page) => page.getByRole('group', { name: 'People', exact: true });

test.describe('people of an earlier search, while the words in the box have no answer', () => {
  test('cannot be changed, opened or ticked by mouse or key, say why, and keep the focus', async ({
    page,
    comeIn,
    evidence,
    axe,
  }) => {
    await comeIn('admin');
    const people = peopleOn(page);
    await people.go('silva');
    const [other] = await people.some(1, ['Basic', 'Pro'], ['Ana Silva']);
    const name = other?.name ?? '';
    await expect(page.getByRole('checkbox').first()).toBeVisible();
    const { promise: gate, resolve: answer } = Promise.withResolvers<void>();
    await page.route(reads, async (route) => {
      await gate;
      await route.continue();
    });

    await people.search.fill('ana silva');

    await expect(people.plan(name)).toBeDisabled();
    await expect(page.getByText(why)).toBeVisible();
    await expect(list(page).locator('> :last-child')).toHaveCSS('opacity', '0.45');
    await axe(page);
    await people.plan(name).click({ force: true });
    await people.row(name).getByRole('checkbox').click({ force: true });
    await people.row(name).getByRole('button').last().click({ force: true });
    await people.plan(name).focus();
    for (const key of ['Enter', ' ', 'ArrowDown', 'F2', 'p', 'x', 'u']) await page.keyboard.press(key);
    await expect(page.getByRole('option')).toHaveCount(0);
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(page.getByRole('checkbox', { checked: true })).toHaveCount(0);
    await expect(page.locator('[data-announcer="polite"]')).toContainText(why);
    await expect(people.plan(name)).toBeFocused();
    await page.keyboard.press('/');
    await expect(people.search).toBeFocused();

    answer();

    await expect(people.plan('Ana Silva')).toBeEnabled();
    await expect(people.plan(name)).toHaveCount(0);
    await expect(list(page).locator('> :last-child')).toHaveCSS('opacity', '1');
    expect(await evidence.journal()).toEqual([]);
    await people.choose('Ana Silva', 'Pro');
    await expect(people.row('Ana Silva')).toContainText('Saved');
    expect(await evidence.journal()).toHaveLength(1);
  });

  test('close the list of plans that is open at one of them, and act again under the words they belong to', async ({
    page,
    comeIn,
  }) => {
    await comeIn('helpdesk');
    const people = peopleOn(page);
    await people.go('ana silva');
    await people.open('Ana Silva');
    await expect(page.getByRole('option').first()).toBeVisible();
    await page.route(reads, () => undefined);

    const pro = page.getByRole('navigation', { name: 'Plans' }).getByRole('link', { name: /^Pro( \d|$)/ });
    await pro.dispatchEvent('click'); // the focus stays where it is

    await expect(people.plan('Ana Silva')).toBeDisabled();
    await expect(page.getByRole('option')).toHaveCount(0);
    await page.goBack();
    await expect(people.plan('Ana Silva')).toBeEnabled();
    await expect(page.getByText(why)).toHaveCount(0);
  });

  test('are locked offline too, and the answer comes with the connection', async ({ page, comeIn, context }) => {
    await comeIn('helpdesk');
    const people = peopleOn(page);
    await people.go('silva');
    const [other] = await people.some(1, ['Basic', 'Pro'], ['Ana Silva']);
    const name = other?.name ?? '';
    await context.setOffline(true);

    await people.search.fill('ana silva');

    await expect(people.plan(name)).toBeDisabled();
    await expect(page.getByText('You are offline. These people are from your last search.')).toBeVisible();
    await people.plan(name).click({ force: true });
    await expect(page.getByRole('option')).toHaveCount(0);
    await context.setOffline(false);
    await expect(people.plan(name)).toHaveCount(0);
    await expect(people.plan('Ana Silva')).toBeEnabled();
  });
});

test('what was searched for is marked, and people of other accounts are a link away', async ({ page, comeIn, axe }) => {
  await comeIn('admin');
  const people = peopleOn(page);
  await people.go('ana sílv');
  await expect(people.row('Ana Silva').locator('mark').nth(0)).toHaveText('Ana');
  await expect(people.row('Ana Silva').locator('mark').nth(1)).toHaveText('Silv');

  await people.search.fill('ruth adler');

  await expect(page.getByText('Nobody matches “ruth adler”.').or(people.plan('Ruth Adler')).first()).toBeVisible();
  await axe(page);
  await page.getByRole('link', { name: /^\d+ in Meridian Clinics$/ }).click();
  await expect(page).toHaveURL(/users\?q=ruth\+adler$/);
  await expect(page.getByRole('row').filter({ hasText: 'Ruth Adler' }).first()).toBeVisible();
});

test('ready-made questions lead each to as many people as they say', async ({ page, comeIn, stack, axe }) => {
  await comeIn('helpdesk');
  await peopleOn(page).go();
  const { rows } = await sql<{ people: string }>`
    select count(*) as people from users
    where account_id = ${enterprise} and license = 'Pro' and registration = 'Suspended'`.execute(stack.db);
  const found = Number(rows[0]?.people);
  expect(found).toBeGreaterThan(0);
  const menu = page.getByRole('button', { name: 'Quick filters' });
  await menu.click();
  const question = page.getByRole('link', { name: /^Pro, but suspended/ });
  await expect(question).toHaveText(`Pro, but suspended${found}`);
  await expect(page.getByRole('link', { name: /^Temporary plans whose end failed/ })).toHaveText(/0$/);
  await axe(page);

  await question.click();

  await expect(page).toHaveURL(/plan=Pro&registration=Suspended$/);
  await expect(page.getByRole('row')).toHaveCount(found + 1);
  await menu.click();
  await page.getByRole('link', { name: /^Invited over 90 days ago/ }).click();
  await expect(page).toHaveURL(/invitation=Pending&invited=90$/);
  await page.getByRole('link', { name: 'Remove filter Invited over 90 days ago' }).click();
  await expect(page).toHaveURL(/invitation=Pending$/);
});

test('a pasted list that is too long goes into a new batch, and nobody stays below who is not its answer', async ({
  page,
  comeIn,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await comeIn('admin');
  const people = peopleOn(page);
  await people.go('ana silva');
  const long = Array.from({ length: 600 }, (_, place) => `person${place}@nordwind.example`).join('\n');

  await paste(page, long);

  await expect(page.getByRole('alert').filter({ hasText: 'at most 500' })).toBeVisible();
  await expect(page.getByRole('table')).toBeHidden();
  await page.getByRole('button', { name: 'Use this list in a new batch' }).click();
  await expect(page).toHaveURL(/batches\/new\?from=pasted$/);
  await expect(page.locator('#batch-list')).toHaveValue(long);
});

test('names that are pasted together become one search each', async ({ page, comeIn, context, axe }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await comeIn('helpdesk');
  const people = peopleOn(page);
  await people.go();

  await paste(page, 'Silva, Ana\r\nNobody Atall\r\n');

  const notice = page.getByRole('status').filter({ hasText: '2 names pasted.' });
  await expect(notice).toContainText('A list needs e-mail addresses or user IDs');
  await expect(page.getByRole('link', { name: /^Nobody Atall/ })).toHaveText(/ 0$/);
  await axe(page);
  await page.getByRole('link', { name: /^Silva, Ana/ }).click();
  await expect(people.search).toHaveValue('Silva, Ana');
  await expect(people.plan('Ana Silva')).toBeVisible();
  await expect(page.getByRole('link', { name: /^Nobody Atall/ })).toBeVisible();
  await page.getByRole('button', { name: 'Discard' }).click();
  await expect(page.getByRole('link', { name: /^Nobody Atall/ })).toHaveCount(0);
});

test('of a pasted line the names beside one address are told, and a search says that it looks through the list alone', async ({
  page,
  comeIn,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await comeIn('helpdesk');
  const people = peopleOn(page);
  await people.go();
  await paste(page, 'Ben Okafor; ana.silva@nordwind.example; Rui Costa');
  await expect(page.getByText('Pasted list: 1 of 3 found')).toBeVisible();
  await expect(page.getByText('2 entries have neither an e-mail nor a user ID')).toBeVisible();
  await expect(people.plan('Ana Silva')).toBeVisible();

  await people.search.fill('mona brandt');

  await expect(page.getByText('Nobody in the pasted list matches “mona brandt”.')).toBeVisible();
  await page.getByRole('link', { name: 'Search everyone' }).click();
  await expect(people.search).toHaveValue('mona brandt');
  await expect(page.getByText('Pasted list')).toHaveCount(0);
});

test('names pasted on one line say what a list needs, and take the place of an earlier list', async ({
  page,
  comeIn,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await comeIn('helpdesk');
  await peopleOn(page).go();
  await paste(page, 'ana.silva@nordwind.example, Ben Okafor, nobody@nordwind.example');
  await expect(page.getByText('Pasted list: 1 of 3 found')).toBeVisible();
  await expect(page.getByText('1 entry has neither an e-mail nor a user ID, so it was not looked up.')).toBeVisible();
  await page.getByRole('button', { name: 'Copy those not found' }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('nobody@nordwind.example\nBen Okafor');

  await paste(page, 'Ana Silva; Ben Okafor; Rui Costa; Mona Brandt; Nobody Atall');

  await expect(page.getByText('5 names pasted.')).toBeVisible();
  await expect(page.getByText('A list needs e-mail addresses or user IDs')).toBeVisible();
  await expect(page.getByText('Pasted list')).toHaveCount(0);
  await expect(page.getByRole('row')).toHaveCount(51);
});

/** Puts a text on the clipboard and pastes it into the search. */
async function paste(page: Page, text: string) {
  await page.evaluate((words) => navigator.clipboard.writeText(words), text);
  await peopleOn(page).search.press('Control+v');
}
