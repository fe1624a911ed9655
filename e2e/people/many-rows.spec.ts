import { expect, test } from '../support/fixtures.ts';
import { peopleOn } from '../support/people-page.ts';

/** When a row was chosen and when it first said "Saved", by the page's own clock. */
type Times = Record<string, { chosen?: number; saved?: number }>;

declare global {
  interface Window {
    rowTimes: Times;
  }
}

test('twenty rows changed one after another keep twenty right, separate states', async ({
  page,
  comeIn,
  chime,
}, testInfo) => {
  await comeIn('helpdesk');
  const people = peopleOn(page);
  await people.go('silva');
  await people.search.fill('a');
  await expect(page.getByRole('combobox')).toHaveCount(50);
  const twenty = await people.some(20, ['Basic', 'Pro']);
  await chime.delay('UpdateUser', 300, { count: 0 });
  await watchRows(page);

  for (const { name, plan } of twenty) {
    await people.plan(name).click();
    await people.option(plan === 'Basic' ? 'Pro' : 'Basic').click();
  }

  for (const { name, plan } of twenty) {
    await expect(people.row(name)).toContainText('Saved');
    await expect(people.plan(name)).toHaveText(plan === 'Basic' ? 'Pro' : 'Basic');
  }
  const journal = await chime.journal();
  expect(journal.map(({ from, to }) => [from, to])).toEqual(
    expect.arrayContaining(twenty.map(({ plan }) => (plan === 'Basic' ? ['Basic', 'Pro'] : ['Pro', 'Basic']))),
  );
  expect(journal).toHaveLength(20);
  const waits = Object.values(await page.evaluate(() => window.rowTimes))
    .flatMap(({ chosen, saved }) => (chosen && saved ? [Math.round(saved - chosen)] : []))
    .sort((a, b) => a - b);
  await testInfo.attach('from choice to saved, ms', { body: waits.join(' '), contentType: 'text/plain' });
});

test('what is said of a saved change moves no row', async ({ page, comeIn, stack }) => {
  await stack.db
    .updateTable('users')
    .set({ changed_at: new Date(), changed_by: 'Bartholomew Featherstone' })
    .where('name', '=', 'Ana Silva')
    .execute(); // a last change that takes two lines
  await comeIn('admin');
  const people = peopleOn(page);
  await people.go('an');
  await expect(page.getByRole('checkbox', { name: 'Select Ana Silva', exact: true })).toBeVisible();
  const shown = await people.shown();
  const at = shown.findIndex(({ name }) => name === 'Ana Silva');
  const below = shown[at + 1]?.name ?? '';
  const where = async () => ({
    height: (await people.row('Ana Silva').boundingBox())?.height,
    below: (await people.row(below).boundingBox())?.y,
  });
  const before = await where();

  await people.choose('Ana Silva', shown[at]?.plan === 'Basic' ? 'Pro' : 'Basic');
  await expect(people.row('Ana Silva')).toContainText('Saved');
  for (const act of ['Undo', 'Add a note', 'Set end date…'])
    await expect(people.button('Ana Silva', act)).toBeVisible();
  expect(await where()).toEqual(before);
});

test('one row that hangs delays no other', async ({ page, comeIn, chime }) => {
  await comeIn('helpdesk');
  const people = peopleOn(page);
  await people.go('an');
  const others = await people.some(4, ['Basic'], ['Ana Silva']);
  await people.open('Ana Silva');
  const ana = await page.locator('[data-person]').filter({ hasText: 'Ana Silva' }).first().getAttribute('data-person');
  await chime.delay('UpdateUser', 20_000, { userId: ana ?? 'nobody' });
  await people.option('Pro').click();

  for (const { name } of others) {
    await people.choose(name, 'Pro');
    await expect(people.row(name)).toContainText('Saved');
    await expect(people.row('Ana Silva')).not.toContainText('Saved');
  }
});

/** Notes in the page when each row is chosen in and when it says that it is saved. */
async function watchRows(page: import('@playwright/test').Page): Promise<void> {
  await page.evaluate(() => {
    window.rowTimes = {};
    const look = () => {
      for (const row of document.querySelectorAll<HTMLElement>('tr[data-person]')) {
        const { person = '' } = row.dataset;
        const times = window.rowTimes[person] ?? {};
        window.rowTimes[person] = times;
        if (row.getAttribute('aria-busy') === 'true') times.chosen ??= performance.now();
        if (row.innerText.includes('Saved')) times.saved ??= performance.now();
      }
    };
    new MutationObserver(look).observe(document.body, {
      subtree: true,
      childList: true,
      attributes: true,
      characterData: true,
    });
  });
}
