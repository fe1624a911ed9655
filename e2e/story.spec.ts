import { ChimeClient, GetUserCommand } from '@aws-sdk/client-chime';
import { expect, test } from './support/fixtures.ts';
import { enterprise, peopleOn } from './support/people-page.ts';

test.use({ people: 5_000 });

test('helpdesk finds a person among 5,000, changes the plan by mouse and by keys, undoes it, and sees both in the history', async ({
  page,
  signIn,
  stack,
  axe,
}) => {
  await signIn('helpdesk');
  const people = peopleOn(page);
  await people.go();
  await expect(page.getByText('5,000 people', { exact: true })).toBeVisible();

  // The person is found with a part of the name.
  await page.keyboard.type('na silv');
  await expect(people.row('Ana Silva')).toBeVisible();
  await expect(page).toHaveURL(/q=na(\+|%20)silv/);
  await expect(people.plan('Ana Silva')).toHaveText('Basic');

  // Two clicks.
  await people.plan('Ana Silva').click();
  await people.option('Pro').click();
  await expect(people.row('Ana Silva')).toContainText('Saved');
  await expect(people.plan('Ana Silva')).toHaveText('Pro');
  await expect(people.plan('Ana Silva')).toBeFocused();
  await expect(people.row('Ana Silva').getByText(/Saved \d\d:\d\d/)).toBeVisible(); // confirmed by reading back
  expect(await licenseOfAna(stack)).toBe('Pro');

  // Undo, with its key.
  await page.keyboard.press('u');
  await expect(people.row('Ana Silva')).toContainText('Back on Basic');
  expect(await licenseOfAna(stack)).toBe('Basic');

  // Again with keys only: search, down to the first plan, open at a letter, choose.
  await page.keyboard.press('/');
  await expect(people.search).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(people.plan('Ana Silva')).toBeFocused();
  await page.keyboard.press('p');
  await page.keyboard.press('Enter');
  await expect(people.row('Ana Silva')).toContainText('Saved');
  expect(await licenseOfAna(stack)).toBe('Pro');

  // A note, and the history beside the row.
  await people.button('Ana Silva', 'Add a note').click();
  await page.getByLabel('Note about this change to Ana Silva').fill('Ticket 4711');
  await page.keyboard.press('Enter');
  await people
    .row('Ana Silva')
    .getByRole('button', { name: /history/i })
    .click();
  const history = page.getByRole('dialog');
  await expect(history).toContainText('Dana Reyes added a note about Ana Silva: “Ticket 4711”');
  await expect(history).toContainText('Dana Reyes undid a change: Ana Silva back from Pro to Basic');
  await expect(history.getByText('Dana Reyes changed Ana Silva from Basic to Pro')).toHaveCount(2);
  await axe(page);
  await page.keyboard.press('Escape');

  // And all of it in the audit of the account.
  await page.getByRole('link', { name: 'Audit' }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: 'Leave' })
    .click({ timeout: 1_000 })
    .catch(() => undefined);
  await expect(page.getByRole('heading', { name: 'Audit' })).toBeVisible();
  await expect(page.getByRole('row').filter({ hasText: 'Ana Silva' }).first()).toContainText('Ticket 4711');
  await axe(page);
});

/** What the AWS SDK reads from Local Chime. */
async function licenseOfAna({ chime, db }: { chime: Parameters<typeof clientOf>[0]; db: Stack['db'] }) {
  const ana = await db
    .selectFrom('users')
    .select('id')
    .where('account_id', '=', enterprise)
    .where('name', '=', 'Ana Silva')
    .executeTakeFirstOrThrow();
  const { User } = await clientOf(chime).send(new GetUserCommand({ AccountId: enterprise, UserId: ana.id }));
  return User?.LicenseType;
}

type Stack = import('../testing/stack.ts').Stack;

function clientOf({ endpoint, credentials }: Stack['chime']): ChimeClient {
  return new ChimeClient({ endpoint, credentials, region: 'us-east-1' });
}
