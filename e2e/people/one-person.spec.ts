import { recordLateCalls } from '../../lib/changes/late/store.ts';
import { planEndings } from '../../lib/endings/store.ts';
import type { Stack } from '../../testing/stack.ts';
import { expect, test } from '../support/fixtures.ts';
import { noteAbout, openHistory } from '../support/history-panel.ts';
import { enterprise, peopleOn } from '../support/people-page.ts';

const ana = 'Ana Silva';

const idOf = async ({ db }: Stack, name: string): Promise<string> => {
  const found = db.selectFrom('users').select('id').where('account_id', '=', enterprise).where('name', '=', name);
  return (await found.executeTakeFirstOrThrow()).id;
};

test('a plan that cannot be given back is known before, and nothing offers to go back to it', async ({
  page,
  comeIn,
  chime,
  stack,
  axe,
}) => {
  await chime.changeOutside(enterprise, await idOf(stack, ana), { LicenseType: 'Plus' });
  await comeIn('helpdesk');
  const people = peopleOn(page);
  await people.go('ana silva');
  await people.open(ana);
  await expect(people.option('Plus')).toContainText('Current plan. Can’t be chosen again after a change.');
  await expect(people.option('Pro')).toContainText('Ana Silva will not be able to go back to Plus.');
  await axe(page);

  await people.option('Pro').click();

  await expect(people.row(ana)).toContainText('Plus can’t be chosen again, so there is no Undo.');
  await expect(people.button(ana, 'Undo')).toHaveCount(0);
  await expect(people.button(ana, 'Set end date…')).toHaveCount(0);
  const history = await openHistory(page, ana);
  await expect(history).toContainText('Plus can’t be chosen again in this account.');
  await expect(history.getByRole('button', { name: 'Set back to Plus' })).toHaveCount(0);
});

test('an end that failed is seen above the list, on the row and in the history, until somebody keeps the plan', async ({
  page,
  comeIn,
  stack,
  axe,
}) => {
  const { id: operatorId, name: operatorName } = await stack.db
    .selectFrom('operators')
    .select(['id', 'name'])
    .where('username', '=', stack.operators.helpdesk.username)
    .executeTakeFirstOrThrow();
  await planEndings(stack.db, [
    {
      accountId: enterprise,
      userId: await idOf(stack, ana),
      license: 'Basic',
      backTo: 'Plus',
      at: new Date(),
      zone: 'UTC',
      operatorId,
      operatorName,
      operatorRole: 'helpdesk',
    },
  ]);
  await comeIn('helpdesk');
  const people = peopleOn(page);
  await people.go();
  const notice = page.getByText('1 plan did not end as planned.');
  await expect(notice).toBeVisible();

  await page.getByRole('link', { name: ana, exact: true }).click();

  await expect(people.row(ana)).toContainText('Did not end as planned. Ana Silva should have gone back to Plus');
  await expect(people.row(ana)).toContainText('Still on Basic.');
  await axe(page);
  const history = await openHistory(page, ana);
  await expect(history).toContainText('The Basic plan of Ana Silva did not end as planned by Dana Reyes');
  await page.keyboard.press('Escape');

  await people.button(ana, 'Keep Basic').click();

  await expect(people.row(ana)).not.toContainText('Did not end as planned');
  await expect(notice).toHaveCount(0);
  await expect(await openHistory(page, ana)).toContainText('Dana Reyes kept Basic for Ana Silva.');
});

test('a note and an end date are given at any time, from the history', async ({ page, comeIn, axe }) => {
  await comeIn('helpdesk');
  const people = peopleOn(page);
  await people.go('ana silva');
  const history = await openHistory(page, ana);
  await expect(history).toContainText('ana.silva@nordwind.example');

  await history.getByRole('button', { name: 'Add a note' }).click();
  await axe(page);
  await history.getByLabel('Note about Ana Silva').fill('Ticket 4711');
  await page.keyboard.press('Enter');
  await expect(history.getByRole('status').filter({ hasText: 'Note saved: “Ticket 4711”' })).toBeVisible();
  await expect(history.getByRole('listitem').first()).toContainText(
    'Dana Reyes added a note about Ana Silva: “Ticket 4711”',
  );

  await history.getByRole('button', { name: 'Set end date…' }).click();
  await axe(page);
  await expect(history.getByLabel('then for Ana Silva')).toHaveValue('Pro');
  await history.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(history).toContainText(/Basic until .*, then Pro/);
  await history.getByRole('button', { name: 'Change end date…' }).click();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(people.row(ana)).toContainText(/until .*, then Pro/);

  const again = await openHistory(page, ana);
  await again.getByRole('button', { name: 'Make permanent' }).click();
  await expect(again.getByRole('status').filter({ hasText: 'Ana Silva keeps Basic. End date removed.' })).toBeVisible();
  await expect(again.getByRole('button', { name: 'Set end date…' })).toBeVisible();
});

test('while a note is written the change can be undone, and afterwards it is shown', async ({ page, comeIn }) => {
  await comeIn('helpdesk');
  const people = peopleOn(page);
  await people.go('ana silva');
  await people.choose(ana, 'Pro');
  await people.button(ana, 'Add a note').click();
  await expect(people.button(ana, 'Undo')).toBeVisible();

  await noteAbout(page, 'Ana Silva').fill('Ticket 4712');
  await page.keyboard.press('Enter');

  await expect(people.row(ana)).toContainText('Note saved: “Ticket 4712”');
  await expect(people.row(ana)).toContainText('Saved');
});

test('what a saved change offers stays: while a form is open, after Cancel, and until the next change', async ({
  page,
  comeIn,
}) => {
  await page.clock.install();
  await comeIn('helpdesk');
  const people = peopleOn(page);
  await people.go('ana silva');
  await people.choose(ana, 'Pro');
  await expect(people.row(ana).getByText(/Saved \d\d:\d\d/)).toBeVisible();

  for (const [act, field] of [
    ['Set end date…', 'Pro ends on for Ana Silva'],
    ['Add a note', 'Note about this change to Ana Silva'],
  ] as const) {
    await people.button(ana, act).click();
    await page.clock.runFor(60_000);
    await expect(page.getByLabel(field)).toBeVisible();
    await people.button(ana, 'Cancel').click();
    for (const offered of ['Undo', 'Add a note', 'Set end date…'])
      await expect(people.button(ana, offered)).toBeVisible();
  }
  await page.clock.runFor(600_000);
  await people.button(ana, 'Undo').click();
  await expect(people.row(ana)).toContainText('Back on Basic');
  await page.clock.runFor(600_000);
  await expect(people.row(ana)).toContainText('Back on Basic');
});

test('an earlier attempt that arrives after an undo is named, with the way back', async ({
  page,
  comeIn,
  chime,
  stack,
  axe,
}) => {
  await comeIn('helpdesk');
  const people = peopleOn(page);
  await people.go('ana silva');
  await people.choose(ana, 'Pro');
  await expect(people.row(ana)).toContainText('Saved');
  const { id } = await stack.db
    .selectFrom('changes')
    .select('id')
    .orderBy('requested_at', 'desc')
    .executeTakeFirstOrThrow();
  await recordLateCalls(stack.db, [id]);
  await people.button(ana, 'Undo').click();
  await expect(people.row(ana)).toContainText('Back on Basic');
  await expect
    .poll(() => stack.db.selectFrom('changes').select('id').where('confirmed_at', 'is', null).execute())
    .toEqual([]);

  await chime.changeOutside(enterprise, await idOf(stack, ana), { LicenseType: 'Pro' });

  await expect(people.row(ana)).toContainText(
    'An earlier attempt of Dana Reyes arrived late: Ana Silva is on Pro again, instead of Basic.',
  );
  await axe(page);
  await page.reload();
  await expect(people.row(ana)).toContainText('An earlier attempt of Dana Reyes arrived late');
  await people.button(ana, 'Set back to Basic').click();
  await expect(people.plan(ana)).toHaveText('Basic');
  await expect(people.row(ana)).not.toContainText('arrived late');
  await expect(await openHistory(page, ana)).toContainText('An earlier attempt of Dana Reyes arrived late');
});

test('what another operator sets is said at an open list, and in place of one’s own "Saved"', async ({
  page,
  comeIn,
  elsewhere,
}) => {
  const other = await elsewhere('admin');
  const theirs = peopleOn(other);
  await comeIn('helpdesk');
  const mine = peopleOn(page);
  await mine.go('ana silva');
  await theirs.go('ana silva');
  await mine.open(ana);
  await theirs.choose(ana, 'Pro');

  await expect(page.locator('[popover="manual"]')).toContainText('has just set this to Pro.');

  await page.keyboard.press('Escape');
  await mine.plan(ana).click();
  await mine.option('Basic').click();
  await expect(mine.row(ana)).toContainText('Saved');
  await expect(theirs.plan(ana)).toHaveText('Basic');
  await theirs.plan(ana).click();
  await theirs.option('Pro').click();
  await expect(mine.row(ana)).toContainText('has just set this to Pro.');
});

test('a note that is being written stays when somebody else changes the plan', async ({ page, comeIn, elsewhere }) => {
  const theirs = peopleOn(await elsewhere('admin'));
  await theirs.go('ana silva');
  await comeIn('helpdesk');
  const mine = peopleOn(page);
  await mine.go('ana silva');
  await mine.choose(ana, 'Pro');
  await mine.button(ana, 'Add a note').click();
  const note = noteAbout(page, 'Ana Silva');
  await note.fill('Ticket 4713');
  await expect(theirs.plan(ana)).toHaveText('Pro');
  await theirs.choose(ana, 'Basic');
  await expect(mine.row(ana)).toContainText('has just set this to Basic.');

  await expect(note).toHaveValue('Ticket 4713');
  await note.press('Enter');
  await expect(mine.row(ana)).toContainText('Note saved: “Ticket 4713”');
});

test('a change that is on its way is seen after a reload, and by others', async ({
  page,
  comeIn,
  chime,
  elsewhere,
}) => {
  const other = await elsewhere('admin');
  const theirs = peopleOn(other);
  await theirs.go('ana silva');
  await comeIn('helpdesk');
  const people = peopleOn(page);
  await people.go('ana silva');
  await people.open(ana);
  await chime.delay('UpdateUser', 9_500);
  await people.option('Pro').click();
  await expect(theirs.row(ana)).toContainText('Dana Reyes is changing this to Pro…');

  page.once('dialog', (dialog) => void dialog.accept());
  await page.reload();

  await expect(people.row(ana)).toContainText('Saving Pro…');
  await expect(people.plan(ana)).toHaveText('Pro');
  await expect(people.row(ana)).not.toContainText('Saving Pro…');
});

test('a person who was said to be gone and is there, is said to be there', async ({ page, comeIn, chime }) => {
  await comeIn('helpdesk');
  const people = peopleOn(page);
  await people.go('ana silva');
  await people.open(ana);
  await chime.failNext('UpdateUser', 'NotFoundException');
  await people.option('Pro').click();
  await people.button(ana, 'Check again').click();

  await expect(people.row(ana)).toContainText('Ana Silva is still in the account, on Basic.');
  await people.button(ana, 'Try again').click();
  await expect(people.row(ana)).toContainText('Saved');
});

test('a dropped connection or an empty answer is not called a fault of Amazon Chime', async ({
  page,
  comeIn,
  chime,
}) => {
  await comeIn('helpdesk');
  const people = peopleOn(page);
  await people.go('ana silva');
  await people.open(ana);
  await chime.drop('UpdateUser', 'after');
  await people.option('Pro').click();
  await expect(people.row(ana)).toContainText(
    'Saved. Amazon Chime did not confirm it, but we checked: Ana Silva is on Pro.',
  );

  await people.open(ana);
  await chime.answerNext('UpdateUser', { kind: 'empty', apply: true });
  await people.option('Basic').click();
  await expect(people.row(ana)).toContainText('did not confirm it, but we checked: Ana Silva is on Basic.');
  await people.button(ana, 'Add a note').click();
  await expect(noteAbout(page, 'Ana Silva')).toBeFocused();
});

test('people of one name are told apart for those who hear them', async ({ page, comeIn, chime, stack }) => {
  const others = await stack.db
    .selectFrom('users')
    .select(['id', 'email'])
    .where('account_id', '=', enterprise)
    .where('name', 'like', 'B%')
    .where('email', 'is not', null)
    .where('license', '=', 'Basic')
    .limit(2)
    .execute();
  await comeIn('helpdesk');
  const people = peopleOn(page);
  for (const { id, email } of others) {
    await chime.changeOutside(enterprise, id, { DisplayName: 'Zoe Twice' });
    await people.go(email ?? '');
    const read = page.waitForResponse((response) => /\/users\/[0-9a-f-]{36}$/.test(response.url()));
    await page.getByRole('combobox').first().click();
    await read;
  }
  await people.go('zoe twice');

  for (const { email } of others) await expect(people.plan(`Zoe Twice (${email})`)).toBeVisible();
  const [first] = others;
  await people.choose(`Zoe Twice (${first?.email})`, 'Pro');
  await expect(page.locator('[data-announcer="polite"]')).toContainText(
    `Zoe Twice (${first?.email}) is now on Pro. Saved.`,
  );
  await page.getByRole('button', { name: `Plan history of Zoe Twice (${first?.email})` }).click();
  await expect(page.getByRole('dialog', { name: `Plan history of Zoe Twice (${first?.email})` })).toBeVisible();
});

test('all that were not saved are tried again or put away together, and a jump shows its row', async ({
  page,
  comeIn,
  chime,
  axe,
}) => {
  await comeIn('helpdesk');
  const people = peopleOn(page);
  await people.go();
  const three = await people.some(3, ['Basic']);
  for (const { name } of three) {
    await people.open(name);
    await chime.failNext('UpdateUser', 'BadRequestException');
    await people.option('Pro').click();
    await expect(people.row(name)).toContainText('Not saved.');
  }
  const [first = ''] = three.map(({ name }) => name);

  await page.getByRole('button', { name: '3 not saved' }).click();
  await expect(people.row(first)).toHaveAttribute('data-jumped', '');
  await page.getByRole('button', { name: 'All at once…' }).click();
  const dialog = page.getByRole('dialog', { name: '3 not saved' });
  await expect(dialog).toContainText('3 people: Amazon Chime does not accept this plan');
  await expect(dialog.getByRole('button', { name: /Try all/ })).toHaveCount(0);
  await axe(page);
  await dialog.getByRole('button', { name: 'Dismiss all 3' }).click();
  await expect(page.getByRole('button', { name: /not saved/ })).toHaveCount(0);

  for (const { name } of three) {
    await people.open(name);
    await chime.failNext('UpdateUser', 'TeapotException', { status: 418 });
    await people.option('Pro').click();
    await expect(people.row(name)).toContainText('Not saved.');
  }
  await page.getByRole('button', { name: 'All at once…' }).click();
  await page.getByRole('button', { name: 'Try all 3 again' }).click();
  for (const { name } of three) await expect(people.row(name)).toContainText('Saved');
});
