import type { Page, TestInfo } from '@playwright/test';
import type { ChimeControl } from '../../local-chime/faults/control-client.ts';
import { batches, batchOn } from '../support/batches-page.ts';
import { expect, test } from '../support/fixtures.ts';
import { enterprise, peopleOn } from '../support/people-page.ts';
import { picture } from '../support/picture.ts';

type Look = (page: Page, name: string) => Promise<void>;

/** A picture of the state for the eye, and axe's word on it. */
const look =
  (axe: (page: Page) => Promise<void>, testInfo: TestInfo): Look =>
  async (page, name) => {
    await picture(page, testInfo.outputPath(`${name}.png`), { fullPage: true });
    await axe(page);
  };

const always = { count: 0 };

const slowly = /^Carillon is going slowly because Amazon Chime asked us to: about \d requests? a second\.$/;

/** What Chime does to the change from Basic to Pro, and what the row says in the end. */
const ends: [string, (chime: ChimeControl) => Promise<unknown>, RegExp, string[]][] = [
  [
    'BadRequest',
    (chime) => chime.failNext('UpdateUser', 'BadRequestException'),
    /Not saved\. Amazon Chime does not accept Pro for Ana Silva\. Still on Basic\. Choose another plan\. Trying the same again will not help\./,
    ['Choose plan', 'Details'],
  ],
  [
    'Forbidden',
    (chime) => chime.failNext('UpdateUser', 'ForbiddenException'),
    /Not saved\. Amazon Chime does not allow this change in this account\. Still on Basic\. Trying again will not help\. Send the details to the owner of your Chime account\./,
    ['Copy details'],
  ],
  [
    'NotFound',
    (chime) => chime.failNext('UpdateUser', 'NotFoundException'),
    /Not saved\. Ana Silva is no longer in this Chime account\. They may have been removed or moved to another account\./,
    ['Check again', 'Hide row'],
  ],
  [
    'Throttled',
    (chime) => chime.failNext('UpdateUser', 'ThrottledClientException', always),
    /Not saved\. Amazon Chime is getting too many requests from us\. Still on Basic\. Wait a minute, then try again\./,
    ['Try again', 'Details'],
  ],
  [
    'ServiceFailure',
    (chime) => chime.failNext('UpdateUser', 'ServiceFailureException', always),
    /Not saved\. Amazon Chime had a fault on its side\. We tried 3 times\. Still on Basic\. Try again in a few minutes\./,
    ['Try again', 'Details'],
  ],
  [
    'ServiceUnavailable',
    (chime) => chime.failNext('UpdateUser', 'ServiceUnavailableException', always),
    /Not saved\. Amazon Chime is not available right now\. Still on Basic\. Try again later\./,
    ['Try again', 'Details'],
  ],
  [
    'an unknown code',
    (chime) => chime.failNext('UpdateUser', 'TeapotException', { status: 418 }),
    /Not saved\. Amazon Chime sent an unexpected answer\. Still on Basic\. Copy the details for your admin\./,
    ['Try again', 'Copy details'],
  ],
  [
    'a fault although it took',
    (chime) => chime.failNext('UpdateUser', 'ServiceFailureException', { afterApplying: true }),
    /Saved\. Amazon Chime did not confirm it, but we checked: Ana Silva is on Pro\./,
    ['Undo', 'Details'],
  ],
  [
    'a slow Chime',
    (chime) => chime.delay('UpdateUser', 7_000),
    /Still saving\. This is taking longer than usual\./,
    [],
  ],
  [
    'throttling, with the next try to come',
    (chime) => chime.failNext('UpdateUser', 'ThrottledClientException', { retryAfterSeconds: 9 }),
    /Amazon Chime asked us to slow down\. Next try in \d s \(2 of 5\)\./,
    ['Cancel'],
  ],
  [
    'an accepted change that Chime does not show',
    (chime) => chime.answerNext('UpdateUser', { kind: 'stale', ms: 60_000 }),
    /Amazon Chime accepted this but still shows Basic\. Checking again\./,
    ['Check now'],
  ],
];

for (const [what, plant, text, buttons] of ends) {
  test(`${what} is said in the row, in its exact words, until someone acts`, async ({
    page,
    comeIn,
    chime,
    axe,
  }, testInfo) => {
    await comeIn('helpdesk');
    const people = peopleOn(page);
    await people.go('ana silva');
    await people.open('Ana Silva');
    await plant(chime);

    await people.option('Pro').click();

    await expect(people.row('Ana Silva')).toContainText(text);
    for (const label of buttons) await expect(people.button('Ana Silva', label)).toBeVisible();
    await look(axe, testInfo)(page, what);
  });
}

test('a refusal of our own access locks every plan and says that it is not your sign-in', async ({
  page,
  comeIn,
  chime,
  axe,
}, testInfo) => {
  await comeIn('helpdesk');
  const people = peopleOn(page);
  await people.go('silva');
  await people.open('Ana Silva');
  await chime.failNext(undefined, 'UnauthorizedClientException', always);

  await people.option('Pro').click();

  await expect(people.row('Ana Silva')).toContainText(
    'Not saved. This site’s connection to Amazon Chime was refused. Still on Basic. Your own sign-in is fine.',
  );
  await expect(
    page.getByText(/Plans cannot be changed right now: this site’s access to Amazon Chime was refused/),
  ).toBeVisible();
  await expect(people.plan('Ana Silva')).toHaveAttribute('aria-disabled', 'true');
  await look(axe, testInfo)(page, 'unauthorized');

  await chime.clear();
  await page.getByRole('button', { name: 'Check again' }).click();
  await expect(people.plan('Ana Silva')).not.toHaveAttribute('aria-disabled', 'true');
});

test('a retired service leaves the last data, read-only, with the list to take along', async ({
  page,
  comeIn,
  chime,
  axe,
}, testInfo) => {
  await comeIn('helpdesk');
  const people = peopleOn(page);
  await people.go('ana silva');
  await people.open('Ana Silva');
  await chime.retire();

  await people.option('Pro').click();

  await expect(
    page.getByText(/Amazon Chime no longer answers for this account \(AWS ended the service on 20 February 2026\)/),
  ).toBeVisible();
  await expect(people.row('Ana Silva')).toContainText('Basic');
  await expect(people.plan('Ana Silva')).toHaveCount(0);
  await look(axe, testInfo)(page, 'retired');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Export list' }).first().click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/\.csv$/);
});

test('three refusals in a row for want of Chime pause the changes', async ({ page, comeIn, chime, axe }, testInfo) => {
  await comeIn('helpdesk');
  const people = peopleOn(page);
  await people.go('a');
  const three = await people.some(3, ['Basic']);
  await chime.failNext('UpdateUser', 'ServiceUnavailableException', always);

  for (const { name } of three) await people.choose(name, 'Pro');

  for (const { name } of three)
    await expect(people.row(name)).toContainText('Amazon Chime is not available right now.');
  await expect(page.getByText('Amazon Chime isn’t responding. Changes can’t be saved right now.')).toBeVisible();
  await expect(page.getByRole('button', { name: /3 not saved/ })).toBeVisible();
  await look(axe, testInfo)(page, 'paused');
});

test('while Chime lets little through, the people and a running batch say so, until it lets more through', async ({
  page,
  comeIn,
  stack,
  chime,
  axe,
}, testInfo) => {
  test.setTimeout(300_000);
  const slow = page.getByRole('status').filter({ hasText: slowly });
  const topOfRows = async () => (await page.getByRole('table').boundingBox())?.y;
  async function lookAround(name: string) {
    await look(axe, testInfo)(page, name);
    await page.setViewportSize({ width: 320, height: 700 });
    await expect(slow).toBeVisible();
    await look(axe, testInfo)(page, `${name}, on a phone`);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    await page.setViewportSize({ width: 1280, height: 800 });
  }
  await comeIn('admin');
  await page.setViewportSize({ width: 1280, height: 800 });
  const people = peopleOn(page);
  await people.go('a');
  await expect(slow).toBeHidden();
  const before = await topOfRows();
  await chime.throttle(1); // a change is more than one call, so even a slow machine asks for more

  for (const { name } of await people.some(3, ['Basic'])) await people.choose(name, 'Pro');

  await expect(slow).toBeVisible({ timeout: 30_000 });
  expect(await topOfRows()).toBe(before);
  await lookAround('slowly');

  await page.goto(`${batches}/new?people=filter&plan=Basic`);
  await page.getByRole('radio', { name: /^Pro / }).check();
  await page.getByLabel('Reason', { exact: true }).fill('Ticket 4711');
  await batchOn(page).preview();
  await batchOn(page)
    .button(/^Change \d+ people$/)
    .click();
  await expect(batchOn(page).heading('Progress')).toBeVisible();
  await expect(slow).toBeVisible({ timeout: 30_000 });
  await stack.killWorker(); // or the batch might be over before it has been looked at
  await lookAround('a batch, slowly');

  await stack.startWorker();
  await chime.throttle(null);
  await batchOn(page).ended();
  await people.go('a');
  await expect(async () => {
    const calls = Array.from({ length: 10 }, () => page.request.get(`/api/accounts/${enterprise}/connection`));
    await Promise.all(calls); // more than the limit would let through
    await expect(slow).toBeHidden({ timeout: 100 });
  }).toPass({ timeout: 60_000 });
});

test('no answer: the person is checked, then nobody can tell, then it is found out', async ({
  page,
  comeIn,
  chime,
  axe,
}, testInfo) => {
  test.slow();
  await comeIn('helpdesk');
  const people = peopleOn(page);
  await people.go('ana silva');
  await people.open('Ana Silva');
  await chime.drop('UpdateUser', 'after');
  await chime.failNext('GetUser', 'ServiceUnavailableException', always);

  await people.option('Pro').click();

  await expect(people.row('Ana Silva')).toContainText(
    'We sent the change but got no answer. Checking which plan Ana Silva has now…',
  );
  await look(axe, testInfo)(page, 'checking');
  await expect(people.row('Ana Silva')).toContainText(
    'We cannot tell yet. The change may have worked. Don’t repeat it; we keep checking.',
    { timeout: 25_000 },
  );
  await look(axe, testInfo)(page, 'cannot tell');
  await chime.clear();
  await people.button('Ana Silva', 'Check now').click();
  await expect(people.row('Ana Silva')).toContainText('Saved.');
  await expect(people.plan('Ana Silva')).toHaveText('Pro');
});

test('a conflict says who set what, and offers to keep it or to change it', async ({
  page,
  comeIn,
  elsewhere,
  axe,
}, testInfo) => {
  await page.route('**/events*', (route) => route.abort()); // who hears of the change at once runs into no conflict
  await comeIn('helpdesk');
  const people = peopleOn(page);
  await people.go('ana silva');
  await people.open('Ana Silva');
  const theirs = await elsewhere('admin');
  await peopleOn(theirs).go('ana silva');
  await peopleOn(theirs).choose('Ana Silva', 'Pro');
  await expect(peopleOn(theirs).row('Ana Silva')).toContainText('Saved');
  await theirs.close();

  await people.option('Pro').click();

  await expect(people.row('Ana Silva')).toContainText(
    /Not saved\. Ada Okoye set Ana Silva to Pro at \d\d:\d\d\. Your page still showed Basic\./,
  );
  await look(axe, testInfo)(page, 'conflict');
  await people.button('Ana Silva', 'Keep Pro').click();
  await expect(people.plan('Ana Silva')).toHaveText('Pro');
  await expect(people.row('Ana Silva')).not.toContainText('Not saved');
});

test('offline nothing is sent, and back online it asks before saving', async ({
  page,
  comeIn,
  chime,
  context,
  axe,
}, testInfo) => {
  await comeIn('helpdesk');
  const people = peopleOn(page);
  await people.go('ana silva');
  await context.setOffline(true);
  await people.plan('Ana Silva').click();
  await expect(page.getByRole('listbox').locator('..')).toContainText('You are offline. Nothing can be saved.');
  await look(axe, testInfo)(page, 'offline, before choosing');

  await people.option('Pro').click();

  await expect(people.row('Ana Silva')).toContainText(
    'Not saved. You are offline, so nothing was sent. Still on Basic.',
  );
  await look(axe, testInfo)(page, 'offline');
  await context.setOffline(false);
  await expect(people.row('Ana Silva')).toContainText('You are online again. Save Pro for Ana Silva?');
  expect(await chime.journal()).toEqual([]);
  await people.button('Ana Silva', 'Save now').click();
  await expect(people.row('Ana Silva')).toContainText('Saved');
});

test('a viewer, and a directory, are told why plans cannot be changed', async ({ page, comeIn, axe }, testInfo) => {
  await comeIn('viewer');
  const people = peopleOn(page);
  await people.go('ana silva');
  await expect(page.getByText('You have view-only access. Ask your admin')).toBeVisible();
  await expect(people.plan('Ana Silva')).toHaveCount(0);
  await look(axe, testInfo)(page, 'viewer');

  await page.goto(`/accounts/${'c81a6f07-3b92-4e1d-8f40-d95e7a2b6633'}/users`);
  await expect(page.getByText('Your company directory sets the plans in this account')).toBeVisible();
  await look(axe, testInfo)(page, 'directory');
});

test('details hold what IT asks for, and can be copied', async ({ page, comeIn, chime, context, axe }, testInfo) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await comeIn('helpdesk');
  const people = peopleOn(page);
  await people.go('ana silva');
  await people.open('Ana Silva');
  await chime.failNext('UpdateUser', 'BadRequestException');
  await people.option('Pro').click();

  await expect(people.plan('Ana Silva')).toHaveAccessibleDescription(
    'Not saved. Amazon Chime does not accept Pro for Ana Silva. Still on Basic. Choose another plan. Trying the same again will not help.',
  );
  await people.button('Ana Silva', 'Details').click();

  const [call] = (await chime.calls())
    .filter(({ operation, status }) => operation === 'UpdateUser' && status === 400)
    .slice(-1);
  await expect(people.row('Ana Silva')).toContainText('BadRequestException');
  await expect(people.row('Ana Silva')).toContainText(call?.requestId ?? 'no call');
  await look(axe, testInfo)(page, 'details');
  await people.button('Ana Silva', 'Copy').click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(call?.requestId ?? 'no call');
});

test('a failure stays through a new search, is counted, and is found again from the counter', async ({
  page,
  comeIn,
  chime,
}) => {
  await comeIn('helpdesk');
  const people = peopleOn(page);
  await people.go('ana silva');
  await people.open('Ana Silva');
  await chime.failNext('UpdateUser', 'BadRequestException');
  await people.option('Pro').click();
  await expect(page.getByRole('button', { name: /1 not saved/ })).toBeVisible();

  await people.search.fill('zzzz');
  await expect(page.getByText('Nobody matches “zzzz”.')).toBeVisible();
  await page.getByRole('button', { name: /1 not saved/ }).click();

  await expect(people.row('Ana Silva')).toContainText('Not saved.');
  await expect(people.plan('Ana Silva')).toBeFocused();
});

test('the audit keeps the refused attempts too', async ({ page, comeIn, chime, axe }, testInfo) => {
  await comeIn('helpdesk');
  const people = peopleOn(page);
  await people.go('ana silva');
  await people.open('Ana Silva');
  await chime.failNext('UpdateUser', 'ForbiddenException');
  await people.option('Pro').click();
  await expect(people.row('Ana Silva')).toContainText('Not saved.');

  await page.goto(`/accounts/${enterprise}/audit`);

  await expect(page.getByRole('row').nth(1)).toContainText(
    'Dana Reyes tried to change Ana Silva (ana.silva@nordwind.example) from Basic to Pro. Not made: Amazon Chime does not allow it in this account',
  );
  await look(axe, testInfo)(page, 'audit');
});
