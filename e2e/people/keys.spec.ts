import { expect, test } from '../support/fixtures.ts';
import { peopleOn } from '../support/people-page.ts';

test('no stray key on a closed plan changes anything', async ({ page, comeIn, chime }) => {
  await comeIn('helpdesk');
  const people = peopleOn(page);
  await people.go('ana silva');
  await people.plan('Ana Silva').focus();

  for (const key of ['ArrowLeft', 'ArrowRight', 'Home', 'End', 'ArrowUp', 'PageDown', 'Delete', '1']) {
    await page.keyboard.press(key);
    await expect(people.plan('Ana Silva')).toHaveAttribute('aria-expanded', 'false');
  }
  for (const [key, highlighted] of [
    ['p', 'Pro'],
    ['b', 'Basic'],
  ] as const) {
    await page.keyboard.press(key);
    await expect(people.plan('Ana Silva')).toHaveAttribute('aria-expanded', 'true');
    const active = await people.plan('Ana Silva').getAttribute('aria-activedescendant');
    await expect(page.locator(`[id="${active}"]`)).toContainText(highlighted);
    await page.keyboard.press('Escape');
    await expect(people.plan('Ana Silva')).toBeFocused();
  }

  await expect(people.plan('Ana Silva')).toHaveText('Basic');
  expect(await chime.journal()).toEqual([]);
});

test('the list opens with Enter, Space, F2 and the arrow, and closes without choosing by Esc, Tab and a click outside', async ({
  page,
  comeIn,
  chime,
}) => {
  await comeIn('helpdesk');
  const people = peopleOn(page);
  await people.go('ana silva');
  const plan = people.plan('Ana Silva');
  await plan.focus();

  for (const key of ['Enter', 'Space', 'F2', 'ArrowDown', 'Alt+ArrowDown']) {
    await page.keyboard.press(key);
    await expect(plan).toHaveAttribute('aria-expanded', 'true');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Escape');
    await expect(plan).toHaveAttribute('aria-expanded', 'false');
    await expect(plan).toBeFocused();
  }
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Tab');
  await expect(plan).toHaveAttribute('aria-expanded', 'false');
  await expect(plan).not.toBeFocused();
  await plan.click();
  await page.keyboard.press('ArrowDown');
  await page.getByRole('heading', { name: 'People' }).click();
  await expect(plan).toHaveAttribute('aria-expanded', 'false');

  await expect(plan).toHaveText('Basic');
  expect(await chime.journal()).toEqual([]);
});

test('choosing the plan a person has sends nothing, and a plan the account lacks cannot be chosen', async ({
  page,
  comeIn,
  chime,
}) => {
  await comeIn('helpdesk');
  const people = peopleOn(page);
  await people.go('ana silva');
  const calls = (await chime.calls()).length;

  await people.choose('Ana Silva', 'Basic');
  await people.plan('Ana Silva').click();
  await expect(people.option('Plus')).toHaveAttribute('aria-disabled', 'true');
  await people.option('Plus').click({ force: true });
  await page.keyboard.press('Escape');

  await expect(people.plan('Ana Silva')).toHaveText('Basic');
  const since = (await chime.calls()).slice(calls);
  expect(since.filter(({ operation }) => operation === 'UpdateUser')).toEqual([]);
});

test('the last choice wins while the first is being saved', async ({ page, comeIn, chime }) => {
  await comeIn('helpdesk');
  const people = peopleOn(page);
  await people.go('ana silva');
  await people.open('Ana Silva');
  await chime.delay('UpdateUser', 2_500);
  await people.option('Pro').click();

  await people.plan('Ana Silva').click();
  await people.option('Basic').click();

  await expect(people.row('Ana Silva')).toContainText('Saving Pro, then Basic');
  await expect(people.row('Ana Silva')).toContainText('Saved');
  await expect(people.plan('Ana Silva')).toHaveText('Basic');
  expect((await chime.journal()).map(({ to }) => to)).toEqual(['Pro', 'Basic']);
});

test('the list opened again within seconds of a change tells the new plan, and the next choice is sent', async ({
  page,
  comeIn,
  chime,
}) => {
  await comeIn('helpdesk');
  const people = peopleOn(page);
  await people.go('ana silva');
  await people.choose('Ana Silva', 'Pro');
  await expect(people.row('Ana Silva').getByText(/Saved \d\d:\d\d/)).toBeVisible(); // confirmed by reading back

  await people.plan('Ana Silva').click();
  await expect(people.option('Pro')).toHaveAttribute('aria-selected', 'true');
  await people.option('Basic').click();

  await expect.poll(async () => (await chime.journal()).map(({ to }) => to)).toEqual(['Pro', 'Basic']);
  await expect(people.row('Ana Silva')).toContainText('Saved');
  await expect(people.plan('Ana Silva')).toHaveText('Basic');
});

test('the single keys can be switched off', async ({ page, comeIn }) => {
  await comeIn('helpdesk');
  const people = peopleOn(page);
  await people.go('ana silva');
  await people.plan('Ana Silva').focus();
  await page.keyboard.press('?');
  await page.getByRole('dialog').getByRole('checkbox').uncheck();
  await page.keyboard.press('Escape');

  await people.plan('Ana Silva').focus();
  await page.keyboard.press('/');

  await expect(people.search).not.toBeFocused();
});

test('/ in the search selects what is in it, and never becomes a part of it', async ({ page, comeIn }) => {
  await comeIn('helpdesk');
  const people = peopleOn(page);
  await people.go();
  await expect(people.search).toBeFocused();
  await page.keyboard.press('/');
  await expect(people.search).toHaveValue('');

  await page.keyboard.type('ana silva');
  await page.keyboard.press('/');
  await expect(people.search).toHaveValue('ana silva');
  await page.keyboard.type('ruth');
  await expect(people.search).toHaveValue('ruth');
});
