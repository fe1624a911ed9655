import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { type Kysely, sql } from 'kysely';
import type { Schema } from '../../lib/db/schema.ts';
import type { Role } from '../../lib/operators/roles.ts';
import type { ChimeControl } from '../../local-chime/faults/control-client.ts';
import { databaseUrl, runSql } from '../../testing/postgres.ts';
import type { Stack } from '../../testing/stack.ts';
import { account, arrive, callAction, personCalled, signedIn } from '../support/door.ts';
import { expect, test } from '../support/evidence.ts';
import { signInOn } from '../support/sign-in-page.ts';

const ana = 'Ana Silva';

test('the web killed in the middle of two changes: each row comes to tell what Chime really did', async ({
  stack,
  chime,
  page,
  context,
  evidence,
}) => {
  test.setTimeout(120_000); // We say "not made" only when Chime can no longer be late: 25 s after the call.
  const made = await chime.addUser(account, person('Mara Quill'));
  const lost = await chime.addUser(account, person('Liam Quill'));
  await stack.refreshMirror();
  await chime.delay('UpdateUser', 8_000, { userId: made.UserId });
  await chime.delay('UpdateUser', 8_000, { userId: lost.UserId });
  await chime.drop('UpdateUser', 'before', { userId: lost.UserId });
  await openDesk(page, stack, 'helpdesk', 'Quill');

  await choose(page, 'Mara Quill', 'Pro');
  await choose(page, 'Liam Quill', 'Pro');
  await arrived(chime, lost.UserId);
  await Promise.all([stack.killWeb(), stack.killWorker()]);
  expect((await evidence.changes()).map(({ state }) => state)).toEqual(['pending', 'pending']);
  await stack.startWeb();
  const fresh = await context.newPage();
  await fresh.goto(`/accounts/${account}/users?q=Quill`);
  await showHistory(fresh, 'Mara Quill');
  await expect(fresh.getByText('Dana Reyes is changing Basic to Pro right now.')).toBeVisible();
  await stack.startWorker();

  await expect(rowOf(page, 'Mara Quill')).toContainText('Saved.', { timeout: 60_000 });
  await expect(rowOf(page, 'Liam Quill')).toContainText('the change was not made. Still on Basic.', {
    timeout: 60_000,
  });
  await expect(rowOf(page, 'Liam Quill')).toContainText('Not saved.');
  expect(await evidence.journal()).toMatchObject([{ userId: made.UserId, to: 'Pro' }]);
  await fresh.reload();
  await expect(planOf(fresh, 'Mara Quill')).toHaveText('Pro');
  await expect(planOf(fresh, 'Liam Quill')).toHaveText('Basic');
  await showHistory(fresh, 'Mara Quill');
  await expect(fresh.getByText('Dana Reyes changed Mara Quill from Basic to Pro.')).toBeVisible();
  await closeHistory(fresh);
  await showHistory(fresh, 'Liam Quill');
  await expect(fresh.getByText('Dana Reyes tried to change Liam Quill from Basic to Pro. Not made')).toBeVisible();
});

test('the worker killed in the middle of a sync removes nobody, and the next one completes', async ({
  stack,
  chime,
}) => {
  const gone = await chime.addUser(account, person('Gwen Quill'));
  await stack.refreshMirror();
  const before = await peopleIn(stack);
  await chime.removeUser(account, gone.UserId);
  await chime.addUser(account, person('Nora Quill'));
  const slow = await chime.delay('ListUsers', 3_000, { accountId: account, count: 0 });
  const [last] = (await chime.calls()).slice(-1);

  await stack.db.updateTable('accounts').set({ sync_wanted: true }).where('id', '=', account).execute();
  const pages = async () => (await chime.calls(last?.seq)).filter(({ operation }) => operation === 'ListUsers').length;
  await expect.poll(pages).toBe(2); // The first page has been read, the second is on its way.
  await stack.killWorker();
  const { rows: syncing } = await sql`select id from accounts where sync_started_at is not null`.execute(stack.db);
  expect(syncing).toEqual([{ id: account }]);
  expect(await peopleIn(stack)).toEqual(expect.arrayContaining(before));

  await chime.removeFault(slow);
  await untouchedFor(stack.db, '1 minute');
  await stack.startWorker();
  await stack.refreshMirror();
  const after = await peopleIn(stack);
  expect(after).not.toContain('Gwen Quill');
  expect(after.filter((name) => name !== 'Nora Quill')).toEqual(before.filter((name) => name !== 'Gwen Quill'));
});

test('started while Chime is down, the desk says that it has nothing yet, and fills when Chime is back', async ({
  stack,
  page,
}) => {
  await Promise.all([stack.killWeb(), stack.killWorker(), stack.killChime()]);
  await stack.db.deleteFrom('accounts').execute();
  await Promise.all([stack.startWeb(), stack.startWorker()]);
  await arrive(page.context(), stack, 'viewer');

  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'No accounts yet' })).toBeVisible();
  await stack.startChime();

  await expect(async () => {
    await page.goto('/');
    await expect(page.getByRole('heading', { name: 'People' })).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await page.goto(`/accounts/${account}/users?q=Ana+Silva`);
  await expect(rowOf(page, ana)).toContainText('Basic');
});

test('with Chime down, a known list stays readable and says that the last update did not finish', async ({
  stack,
  page,
}) => {
  await stack.killChime();
  await openDesk(page, stack, 'viewer', ana);

  // News of the last sync may draw the line anew in the very moment of the click.
  await expect(async () => {
    await page.getByRole('button', { name: 'Refresh' }).click({ timeout: 1_000 });
    await expect(page.getByText('The last update did not finish.')).toBeVisible({ timeout: 8_000 });
  }).toPass({ timeout: 45_000 });
  await expect(rowOf(page, ana)).toContainText('Basic');
});

test('with Chime down, a change ends as not saved, and nothing is made up', async ({ stack, page, evidence }) => {
  await openDesk(page, stack, 'helpdesk', ana);
  await stack.killChime();
  // Until the web has noticed, a change could still go out on a connection kept alive, and its loss would leave a doubt.
  const connection = () => page.request.get(`/api/accounts/${account}/connection`).then((answer) => answer.json());
  await expect.poll(connection).toMatchObject({ state: 'unavailable' });

  await choose(page, ana, 'Pro');

  await expect(rowOf(page, ana)).toContainText(
    'Not saved. Amazon Chime is not available right now. Still on Basic. Try again later.',
    { timeout: 30_000 },
  );
  await stack.startChime();
  expect(await evidence.audit()).toMatchObject([{ outcome: 'failed', failure: 'unavailable', to_license: 'Pro' }]);
  expect(await evidence.journal()).toEqual([]);
  await rowOf(page, ana).getByRole('button', { name: 'Try again' }).click();
  await expect(rowOf(page, ana)).toContainText('Saved');
  expect(await evidence.journal()).toMatchObject([{ from: 'Basic', to: 'Pro' }]);
});

test('what Chime refuses is told as just that, whichever part of a web that has just started called it first', async ({
  stack,
  chime,
  evidence,
}) => {
  const { id: userId } = await personCalled(stack, ana);
  await stack.killWeb();
  await stack.startWeb();
  const helpdesk = await signedIn(stack, 'helpdesk');
  const address = `${stack.url}/api/accounts/${account}/connection`;
  expect(await (await fetch(address, { headers: helpdesk })).json()).toEqual({ state: 'ok' });
  await chime.failNext('UpdateUser', 'BadRequestException');
  await chime.failNext('GetAccount', 'ForbiddenException');

  const choices = [{ userId, from: 'Basic', to: 'Pro' }];
  const { result } = await callAction(stack, 'changeLicenses', { accountId: account, choices }, helpdesk);
  const connection = await fetch(address, { headers: helpdesk });

  expect(result).toMatchObject({ ok: true, value: [{ state: 'failed', failure: { code: 'bad-request' } }] });
  expect(await connection.json()).toMatchObject({ state: 'forbidden' });
  expect(await evidence.updates()).toHaveLength(1);
});

test('a page that cannot be made says so, with a reference that one line of the log has', async ({ stack, page }) => {
  await arrive(page.context(), stack, 'helpdesk');
  await sql`alter table views rename to views_elsewhere`.execute(stack.db);
  try {
    await page.goto(`/accounts/${account}/users`);

    await expect(
      page.getByText(
        /This page could not be shown\. No changes were made\..* and give them this reference: \d+, \d{4}-\d\d-\d\dT[\d:.]+Z\./,
      ),
    ).toBeVisible();
    const [, reference = ''] = /reference: (\d+),/.exec((await page.locator('body').textContent()) ?? '') ?? [];
    const told = () =>
      readFileSync(join(stack.logs, 'web.log'), 'utf8')
        .split('\n')
        .filter((line) => line.includes(reference));
    await expect.poll(told).toEqual([expect.stringContaining(`"reference":"${reference}"`)]);
    expect(told()[0]).toContain('"route":"/accounts/[accountId]/users"');
    expect(told()[0]).toContain('"code":"42P01"');
  } finally {
    await sql`alter table views_elsewhere rename to views`.execute(stack.db);
  }
});

test.describe('when PostgreSQL is out of reach', () => {
  test.afterEach(({ stack }) => openDatabaseAgain(stack));

  test('a page says that Carillon cannot reach its database', async ({ stack, page }) => {
    await arrive(page.context(), stack, 'helpdesk');
    await closeDatabase(stack);
    await expect.poll(async () => (await page.request.get(stack.url)).status()).toBe(503); // the news of it takes a moment

    const answer = await page.goto(`/accounts/${account}/users`);

    expect(answer?.status()).toBe(503);
    await expect(page.getByRole('heading', { name: 'Carillon is not available right now' })).toBeVisible();
    await expect(page.getByText('Carillon cannot reach its database. No changes were made.')).toBeVisible();
  });

  test('a change that cannot be written down is not sent, and is shown as our own failure', async ({
    stack,
    page,
    evidence,
  }) => {
    await openDesk(page, stack, 'helpdesk', ana);
    await closeDatabase(stack);

    await choose(page, ana, 'Pro');

    await expect(rowOf(page, ana)).toContainText(
      /Not saved\. Something went wrong in Carillon, not with your sign-in\. Still on Basic\. Give your admin this reference: [0-9a-f-]{36}/,
    );
    await openDatabaseAgain(stack);
    expect(await evidence.updates()).toEqual([]);
    expect(await evidence.changes()).toEqual([]);
  });

  test('a change that is under way is not called failed, and is found to have been made', async ({
    stack,
    chime,
    page,
    evidence,
  }) => {
    test.setTimeout(90_000); // The worker takes over after 17 s of silence.
    const { id } = await personCalled(stack, ana);
    await chime.delay('UpdateUser', 4_000, { userId: id });
    await openDesk(page, stack, 'helpdesk', ana);
    const said = listen(page, ana);

    await choose(page, ana, 'Pro');
    await arrived(chime, id);
    await closeDatabase(stack);
    await expect.poll(evidence.journal).toMatchObject([{ from: 'Basic', to: 'Pro' }]);
    await openDatabaseAgain(stack);

    await expect(rowOf(page, ana)).toContainText('Saved', { timeout: 45_000 });
    expect(await said()).not.toContain('Not saved');
  });
});

test('two operators at the same person: the later one sees who set what and when, and decides', async ({
  stack,
  chime,
  page,
  browser,
}) => {
  const { id } = await personCalled(stack, ana);
  await chime.changeOutside(account, id, { LicenseType: 'Plus' });
  await stack.refreshMirror();
  await openDesk(page, stack, 'helpdesk', ana);
  const later = await anotherBrowser(browser, stack);
  await openDesk(later, stack, 'admin', ana);
  await withoutLooking(later);

  await choose(page, ana, 'Pro');
  await expect(rowOf(page, ana)).toContainText('Saved');
  await choose(later, ana, 'Basic');

  await expect(rowOf(later, ana)).toContainText(
    /Not saved\. Dana Reyes set Ana Silva to Pro at \d\d:\d\d\. Your page still showed Plus\./,
  );
  await expect(planOf(later, ana)).toHaveText('Pro');
  await rowOf(later, ana).getByRole('button', { name: 'Keep Pro' }).click();
  await expect(rowOf(later, ana)).not.toContainText('Not saved');
  await later.context().close();
});

test('the later of two operators can still have their way', async ({ stack, chime, page, browser, evidence }) => {
  const { id } = await personCalled(stack, ana);
  await chime.changeOutside(account, id, { LicenseType: 'Plus' });
  await stack.refreshMirror();
  await openDesk(page, stack, 'helpdesk', ana);
  const later = await anotherBrowser(browser, stack);
  await openDesk(later, stack, 'admin', ana);
  await withoutLooking(later);

  await choose(page, ana, 'Pro');
  await expect(rowOf(page, ana)).toContainText('Saved');
  await choose(later, ana, 'Basic');
  await rowOf(later, ana).getByRole('button', { name: 'Change to Basic' }).click();

  await expect(rowOf(later, ana)).toContainText('Saved');
  await expect(planOf(later, ana)).toHaveText('Basic');
  expect(
    (await evidence.audit()).map(({ operator_name, outcome, to_license }) => [operator_name, outcome, to_license]),
  ).toEqual([
    ['Dana Reyes', 'applied', 'Pro'],
    ['Ada Okoye', 'failed', 'Basic'],
    ['Ada Okoye', 'applied', 'Basic'],
  ]);
  await later.context().close();
});

test('a change made outside while the page was open shows when the list opens', async ({ stack, chime, page }) => {
  const { id } = await personCalled(stack, ana);
  await openDesk(page, stack, 'helpdesk', ana);

  await chime.changeOutside(account, id, { LicenseType: 'Pro' });
  await expect(planOf(page, ana)).toHaveText('Basic');
  await planOf(page, ana).click();

  await expect(page.getByRole('option', { name: /^Pro / })).toHaveAttribute('aria-selected', 'true');
  await expect(planOf(page, ana)).toHaveText('Pro');
});

test('a change made outside that nobody has looked at yet is a conflict, not overwritten', async ({
  stack,
  chime,
  page,
  evidence,
}) => {
  const { id } = await personCalled(stack, ana);
  await openDesk(page, stack, 'helpdesk', ana);
  await withoutLooking(page);
  await stack.db
    .updateTable('users')
    .set({ read_at: new Date(Date.now() - 60_000) })
    .where('id', '=', id)
    .execute();

  await chime.changeOutside(account, id, { LicenseType: 'Plus' });
  await choose(page, ana, 'Pro');

  await expect(rowOf(page, ana)).toContainText(
    'Not saved. Someone changed Ana Silva to Plus outside Carillon. Your page still showed Basic.',
  );
  await expect(rowOf(page, ana).getByRole('button', { name: 'Keep Plus' })).toBeVisible();
  await expect(rowOf(page, ana).getByRole('button', { name: 'Change to Pro' })).toBeVisible();
  expect(await evidence.audit()).toMatchObject([{ outcome: 'failed', failure: 'conflict' }]);
  expect(await evidence.journal()).toEqual([]);
});

test('an answer of ours that is lost on its way: the row claims no failure and finds what is true', async ({
  stack,
  page,
  evidence,
}) => {
  await openDesk(page, stack, 'helpdesk', ana);
  const said = listen(page, ana);
  await page.route('**/users*', async (route) => {
    if (route.request().method() !== 'POST') return route.fallback();
    await route.fetch();
    await route.abort('connectionreset');
  });

  await choose(page, ana, 'Pro');

  await expect(rowOf(page, ana)).toContainText('We sent the change but got no answer.');
  await expect(rowOf(page, ana)).toContainText('Saved');
  await expect(planOf(page, ana)).toHaveText('Pro');
  expect(await said()).not.toContain('Not saved');
  expect(await evidence.journal()).toMatchObject([{ from: 'Basic', to: 'Pro' }]);
});

test('leaving with a change on its way asks first', async ({ stack, chime, page }) => {
  const { id } = await personCalled(stack, ana);
  await chime.delay('UpdateUser', 6_000, { userId: id });
  await openDesk(page, stack, 'helpdesk', ana);
  await choose(page, ana, 'Pro');
  await arrived(chime, id);

  await page.getByRole('link', { name: 'Audit' }).click();
  await page.getByRole('dialog', { name: 'Leave this page?' }).getByRole('button', { name: 'Stay here' }).click();
  const asked = page.waitForEvent('dialog');
  await page.close({ runBeforeUnload: true });
  const dialog = await asked;
  expect(dialog.type()).toBe('beforeunload');
  await dialog.dismiss();

  await expect(rowOf(page, ana)).toContainText('Saved');
  await page.getByRole('link', { name: 'Audit' }).click();
  await expect(page.getByText(/Dana Reyes changed Ana Silva \(.+@.+\) from Basic to Pro\./).first()).toBeVisible();
});

test('signed out in another tab in the middle: nothing is sent, and after signing in it asks before saving', async ({
  stack,
  page,
  context,
  evidence,
}) => {
  await openDesk(page, stack, 'helpdesk', ana);
  await openList(page, ana);
  await expect(page.getByRole('option', { name: /^Basic / })).toHaveAttribute('aria-selected', 'true');
  const other = await context.newPage();
  await other.goto('/');
  await other.getByRole('button', { name: 'Dana Reyes' }).click();
  await other.getByRole('button', { name: 'Sign out', exact: true }).click();
  await expect(other.getByRole('button', { name: 'Sign in' })).toBeVisible();

  await page.getByRole('option', { name: /^Pro / }).click();

  await expect(rowOf(page, ana)).toContainText(
    'Not saved yet. You have been signed out. Sign in and we will ask before saving Pro for Ana Silva.',
  );
  expect(await evidence.updates()).toEqual([]);
  await rowOf(page, ana).getByRole('link', { name: 'Sign in' }).click();
  await signInOn(page).as(stack.operators.helpdesk);
  await expect(rowOf(page, ana)).toContainText('You are signed in again. Save Pro for Ana Silva?');
  await expect(planOf(page, ana)).toHaveText('Basic');
  expect(await evidence.updates()).toEqual([]);
  await rowOf(page, ana).getByRole('button', { name: 'Save now' }).click();
  await expect(rowOf(page, ana)).toContainText('Saved');
  expect(await evidence.journal()).toMatchObject([{ from: 'Basic', to: 'Pro' }]);
});

test('what one operator has kept is not asked of another who is called the same', async ({
  stack,
  page,
  context,
  evidence,
}) => {
  await openDesk(page, stack, 'helpdesk', ana);
  await openList(page, ana);
  await stack.db.updateTable('sessions').set({ revoked_at: new Date() }).where('revoked_at', 'is', null).execute();
  await page.getByRole('option', { name: /^Pro / }).click();
  await expect(rowOf(page, ana)).toContainText('Not saved yet. You have been signed out.');

  await stack.db.updateTable('operators').set({ name: 'Dana Reyes' }).where('id', '=', 'example-admin').execute();
  await context.clearCookies();
  await openDesk(page, stack, 'admin', ana);

  await expect(page.getByRole('button', { name: 'Dana Reyes' })).toBeVisible();
  await expect(planOf(page, ana)).toHaveText('Basic');
  await expect(rowOf(page, ana)).not.toContainText('You are signed in again');
  expect(await evidence.updates()).toEqual([]);
  await stack.db.updateTable('operators').set({ name: 'Ada Okoye' }).where('id', '=', 'example-admin').execute();
});

const person = (name: string) => ({
  DisplayName: name,
  PrimaryEmail: `${name.toLowerCase().replace(' ', '.')}@nordwind.example`,
  LicenseType: 'Basic',
  UserRegistrationStatus: 'Registered',
});

const rowOf = (page: Page, name: string) => page.getByRole('row', { name });
const planOf = (page: Page, name: string) => page.getByRole('combobox', { name: `Plan for ${name}` });

/** The people that a search finds, ready to be worked on. */
async function openDesk(page: Page, stack: Stack, role: Role, search: string) {
  await arrive(page.context(), stack, role);
  await page.goto(`/accounts/${account}/users?q=${encodeURIComponent(search)}`);
  await expect(page.getByLabel('Search people')).toBeFocused();
  await page.locator('[popover="manual"]').waitFor({ state: 'attached' }); // the browser has taken over, all of it
}

async function anotherBrowser(browser: Browser, { url }: Stack): Promise<Page> {
  const context = await browser.newContext({ baseURL: url });
  return context.newPage();
}

async function openList(page: Page, name: string) {
  await planOf(page, name).click();
  await expect(page.getByRole('listbox')).toBeVisible();
}

async function choose(page: Page, name: string, plan: string) {
  await openList(page, name);
  await page.getByRole('option', { name: new RegExp(`^${plan} `) }).click();
}

/** Keeps the page from reading people anew, as if the operator were quicker than the network. */
async function withoutLooking(page: Page) {
  await page.route(/\/api\/accounts\/[^/]+\/users(\?|\/[^/]+$)/, (route) => route.abort());
}

/** Everything that a person's row has said from now on. */
function listen(page: Page, name: string): () => Promise<string> {
  const heard = rowOf(page, name).evaluate((row) => {
    const record = window.document.createElement('template');
    record.id = 'heard';
    window.document.head.append(record);
    new MutationObserver(() =>
      record.setAttribute('data-heard', `${record.dataset.heard ?? ''}\n${row.textContent}`),
    ).observe(row, { childList: true, subtree: true, characterData: true });
  });
  return async () => {
    await heard;
    return (await page.locator('#heard').getAttribute('data-heard')) ?? '';
  };
}

async function showHistory(page: Page, name: string) {
  await rowOf(page, name)
    .getByRole('button', { name: `Plan history of ${name}` })
    .click();
  await expect(page.getByRole('dialog')).toBeVisible();
}

const closeHistory = (page: Page) => page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();

/** Waits until a call to change this person has arrived at Chime and is not answered yet. */
async function arrived(chime: ChimeControl, userId: string) {
  const underWay = async () =>
    (await chime.calls()).some((call) => call.operation === 'UpdateUser' && call.userId === userId && !call.status);
  await expect.poll(underWay).toBe(true);
}

async function peopleIn({ db }: Stack): Promise<(string | null)[]> {
  const people = await db.selectFrom('users').select('name').where('account_id', '=', account).orderBy('id').execute();
  return people.map(({ name }) => name);
}

/** As if the sync under way had said nothing for a while. */
async function untouchedFor(db: Kysely<Schema>, interval: string) {
  await sql`update accounts set sync_touched_at = sync_touched_at - ${interval}::interval`.execute(db);
}

/** Throws everybody out of the product's database and lets nobody in. */
async function closeDatabase(stack: Stack) {
  const name = nameOf(stack);
  await runSql(serverOf(stack), `alter database ${name} allow_connections false`);
  await runSql(serverOf(stack), `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`);
}

async function openDatabaseAgain(stack: Stack) {
  await runSql(serverOf(stack), `alter database ${nameOf(stack)} allow_connections true`);
}

const nameOf = ({ databaseUrl: url }: Stack) => new URL(url).pathname.slice(1);
const serverOf = ({ databaseUrl: url }: Stack) => databaseUrl(url, 'postgres');
