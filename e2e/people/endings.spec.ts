import { wallOf } from '../../lib/wall-clock.ts';
import { expect, test } from '../support/evidence.ts';
import { noteAbout, openHistory } from '../support/history-panel.ts';
import { peopleOn } from '../support/people-page.ts';

test('Pro with an end date: shown on the row, kept over a reload, moved, and ended automatically', async ({
  page,
  comeIn,
  stack,
  axe,
}) => {
  await comeIn('helpdesk');
  const people = peopleOn(page);
  await people.go('ana silva');
  await people.choose('Ana Silva', 'Pro');

  // With the keyboard, from the message of the change.
  await people.button('Ana Silva', 'Set end date…').focus();
  await page.keyboard.press('Enter');
  const until = page.getByLabel('Pro ends on for Ana Silva');
  await expect(until).toBeFocused();
  await axe(page);
  await page.keyboard.press('Enter');
  await expect(people.row('Ana Silva')).toContainText(/until \w+,? 18:00, then Basic/);
  await expect(people.plan('Ana Silva')).toBeFocused();

  await page.reload();
  await expect(people.row('Ana Silva')).toContainText(/until \w+,? 18:00, then Basic/);
  await people.row('Ana Silva').getByRole('button', { name: 'Change end date of the plan of Ana Silva' }).click();
  const zone = await page.evaluate(() => Intl.DateTimeFormat().resolvedOptions().timeZone);
  await until.fill(`${wallOf(Date.now() + 30 * 86_400_000, zone).slice(0, 11)}09:15`);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(people.row('Ana Silva')).toContainText(/until .* 09:15, then Basic/);

  await stack.db.updateTable('endings').set({ ends_at: new Date(), next_try_at: new Date() }).execute();
  await expect(people.plan('Ana Silva')).toHaveText('Basic');
  await expect(people.row('Ana Silva')).not.toContainText('then Basic');
});

test('a temporary plan is made permanent, and a choice in between makes it so too', async ({ page, comeIn }) => {
  await comeIn('helpdesk');
  const people = peopleOn(page);
  await people.go('ana silva');
  await people.choose('Ana Silva', 'Pro');
  await people.button('Ana Silva', 'Set end date…').click();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(people.row('Ana Silva')).toContainText('then Basic');

  await people.row('Ana Silva').getByRole('button', { name: 'Make permanent: the plan of Ana Silva' }).click();
  await expect(people.row('Ana Silva')).not.toContainText('then Basic');
  await expect(people.plan('Ana Silva')).toHaveText('Pro');
  await expect(people.plan('Ana Silva')).toBeFocused();

  await people.choose('Ana Silva', 'Basic');
  await expect(people.row('Ana Silva')).toContainText('Saved');
  await people.button('Ana Silva', 'Set end date…').click();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(people.row('Ana Silva')).toContainText('then Pro');
  await people.choose('Ana Silva', 'Pro');
  await expect(people.plan('Ana Silva')).toHaveText('Pro');
  await expect(people.row('Ana Silva')).not.toContainText('then Pro');
});

test('a change names the end date that it removes, and Undo and "Set back" set it again', async ({ page, comeIn }) => {
  await comeIn('helpdesk');
  const people = peopleOn(page);
  await people.go('ana silva');
  await people.choose('Ana Silva', 'Pro');
  await people.button('Ana Silva', 'Set end date…').click();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(people.row('Ana Silva')).toContainText('then Basic');

  await people.choose('Ana Silva', 'Basic');
  await expect(people.row('Ana Silva')).toContainText(/The end date \(\w+,? 18:00\) was removed\./);
  await people.button('Ana Silva', 'Undo').click();
  await expect(people.row('Ana Silva')).toContainText(/Back on Pro\. The end date \(\w+,? 18:00\) is set again\./);
  await expect(people.row('Ana Silva')).toContainText(/until \w+,? 18:00, then Basic/);

  await people.choose('Ana Silva', 'Basic');
  await expect(people.row('Ana Silva')).toContainText('was removed.');
  const history = await openHistory(page, 'Ana Silva');
  await expect(history).toContainText(/The end date of the Pro plan \(.+\) was removed\./);
  await history.getByRole('button', { name: 'Set back to Pro' }).click();
  await expect(people.row('Ana Silva')).toContainText(/until \w+,? 18:00, then Basic/);
});

test('an end date in the past is refused where it was chosen', async ({ page, comeIn }) => {
  await comeIn('helpdesk');
  const people = peopleOn(page);
  await people.go('ana silva');
  await people.choose('Ana Silva', 'Pro');
  await people.button('Ana Silva', 'Set end date…').click();
  const until = page.getByLabel('Pro ends on for Ana Silva');
  await until.evaluate((input) => input.removeAttribute('min'));
  await until.fill('2020-01-01T10:00');
  await page.getByRole('button', { name: 'Save', exact: true }).click();

  await expect(people.row('Ana Silva').getByRole('alert')).toContainText('Choose a time in the future.');
  await page.keyboard.press('Escape');
});

test('a failed end of one person is not said at the next person drawn in the same row', async ({ page, comeIn }) => {
  await comeIn('helpdesk');
  const people = peopleOn(page);
  await people.go('an');
  const two = await people.some(2, ['Basic', 'Pro']);
  for (const { name, plan } of two) {
    await people.go(name);
    await people.choose(name, plan === 'Pro' ? 'Basic' : 'Pro');
    await people.button(name, 'Set end date…').click();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(people.row(name)).toContainText(`then ${plan}`);
  }
  const [first = '', next = ''] = two.map(({ name }) => name);
  await people.go(first);
  await page.route('**', (route) => (route.request().method() === 'POST' ? route.abort() : route.continue()));
  await people.button(first, `Make permanent: the plan of ${first}`).click();
  await expect(people.row(first).getByRole('alert').filter({ hasText: /./ })).toBeVisible();

  await people.search.fill(next);

  await expect(people.row(next)).toContainText(/then (?:Basic|Pro)/);
  await expect(people.row(next).getByRole('alert').filter({ hasText: /./ })).toHaveCount(0);
});

test('a second Enter while a note is being saved does not save it twice', async ({ page, comeIn, stack }) => {
  await comeIn('helpdesk');
  const people = peopleOn(page);
  await people.go('ana silva');
  await people.choose('Ana Silva', (await people.plan('Ana Silva').innerText()) === 'Pro' ? 'Basic' : 'Pro');
  await people.button('Ana Silva', 'Add a note').click();
  const note = noteAbout(page, 'Ana Silva');
  await note.fill('Ticket 4711, asked twice');

  await note.evaluate((field: HTMLInputElement) => {
    field.form?.requestSubmit();
    field.form?.requestSubmit();
  });

  await expect(note).toHaveCount(0);
  await people.choose('Ana Silva', (await people.plan('Ana Silva').innerText()) === 'Pro' ? 'Basic' : 'Pro');
  await expect(people.row('Ana Silva')).toContainText('Saved');
  const notes = await stack.db.selectFrom('audit_entries').select('why').where('action', '=', 'note').execute();
  expect(notes.filter(({ why }) => why === 'Ticket 4711, asked twice')).toHaveLength(1);
});
