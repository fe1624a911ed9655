import type { Browser, Page } from '@playwright/test';
import { sql } from 'kysely';
import type { ChimeControl } from '../../local-chime/faults/control-client.ts';
import type { Stack } from '../../testing/stack.ts';
import { batches, batchOn } from '../support/batches-page.ts';
import { account, arrive, arriveAs } from '../support/door.ts';
import { expect, test } from '../support/evidence.ts';
import { newBatch, newBatchOn } from '../support/new-batch-page.ts';
import { picture } from '../support/picture.ts';

test.use({ people: 2_228 }); // 1,240 of them are on Basic

test('1,240 people: approved, throttled, a worker killed, paused, resumed, 7 failures put right, and all taken back', async ({
  stack,
  chime,
  page,
  browser,
  evidence,
}) => {
  test.setTimeout(300_000);
  await arrive(page.context(), stack, 'admin');
  const on = batchOn(page);
  const otto = await anotherBrowser(browser, stack);
  await arriveAs(otto.context(), stack, stack.secondAdmin);

  await page.goto(`${batches}/new?people=filter&plan=Basic`);
  await expect(page.getByLabel('All 1,240 people matching “Plan: Basic”')).toBeChecked();
  await newBatchOn(page).plan('Pro').check();
  await newBatchOn(page).reason.fill('Ticket 4711');
  await on.preview();
  await expect(on.button('Will change 1,240')).toHaveAttribute('aria-pressed', 'true');
  await on.button('Ask a second admin to change 1,240 people').click();
  await expect(page.getByText('Send them the link to this page.')).toBeVisible();
  const failing = await plantSevenFailures(stack, chime);
  await chime.throttle(8, 1);
  await approve(otto, page.url(), 'Approve: change 1,240 people');

  await expect(on.heading('Progress')).toBeVisible();
  await expect.poll(() => on.part('changed'), { timeout: 60_000 }).toBeGreaterThan(100);
  await stack.killWorker();
  await page.reload();
  await expect(on.heading('Progress')).toBeVisible();
  await stack.startWorker();
  const atKill = await on.part('changed');
  await expect.poll(() => on.part('changed'), { timeout: 60_000 }).toBeGreaterThan(atKill + 100);
  await on.button('Pause').click();
  await expect(on.button('Resume')).toBeFocused();
  // Those under way come to their end; the killed worker's people are read back, and reading waits for all else.
  await expect(page.getByText('of them')).toBeHidden({ timeout: 60_000 });
  const atPause = (await evidence.journal()).length;
  await page.reload();
  await expect(on.button('Resume')).toBeVisible();
  expect((await on.part('changed')) + (await on.part('failed')) + (await on.part('not yet done'))).toBe(1_240);
  expect((await evidence.journal()).length).toBe(atPause);
  await on.button('Resume').click();
  await expect(on.button('Pause')).toBeFocused();
  await on.ended();

  await expect(page.getByText('1,233 changed, 7 failed.', { exact: true })).toBeVisible();
  const causes = page.getByRole('table', { name: 'Why some were not changed' });
  await expect(causes.getByRole('row').filter({ hasText: 'does not allow it' })).toContainText('Show 4 people');
  await expect(causes.getByRole('row').filter({ hasText: 'had a fault' })).toContainText('Show 3 people');
  await on.button('Show 3 people').click();
  await expect(on.heading('People')).toBeFocused();
  await expect(page.getByRole('table', { name: /^People of this batch: Failed/ }).getByRole('row')).toHaveCount(1 + 3);
  expect((await evidence.journal()).map(({ userId }) => userId)).not.toEqual(expect.arrayContaining([failing[0]]));
  const first = page.url();

  await chime.clear();
  for (const { count, cause } of [
    { count: 3, cause: 'had a fault' },
    { count: 4, cause: 'does not allow it' },
  ]) {
    await page.goto(first);
    await causes.getByRole('button', { name: new RegExp(`^Retry ${count} people: .*${cause}`) }).click();
    await expect(page.getByRole('heading', { name: `${count} people to Pro` })).toBeFocused();
    await on.button(`Change ${count} people`).click();
    await on.ended();
    await expect(page.getByText(`All ${count} people changed.`).last()).toBeVisible();
  }
  expect(new Set((await evidence.journal()).map(({ userId }) => userId)).size).toBe(1_240);

  await page.goto(first);
  await on.button('Undo this batch').click();
  await expect(page.getByRole('heading', { name: 'Undo: 1,233 people back to Basic' })).toBeFocused();
  await expect(
    page.getByText('1,233 people will no longer be able to host meetings, including ones already scheduled.'),
  ).toBeVisible();
  await on.button('Ask a second admin to change 1,233 people').click();
  await expect(page.getByText('Send them the link to this page.')).toBeVisible();
  await approve(otto, page.url(), 'Approve: change 1,233 people');
  await on.ended();
  await expect(page.getByText('All 1,233 people changed.').last()).toBeVisible();
  await page.goto(first);
  await expect(page.getByRole('link', { name: /^Retry: / })).toHaveCount(2);
  await expect(causes.getByRole('button', { name: /^Retry/ })).toHaveCount(0);
  await expect(page.getByRole('link', { name: 'Undone in another batch' })).toBeVisible();
  const { rows } = await sql<{ license: string; people: string }>`
    select license, count(*) as people from users where account_id = ${account} and license = 'Basic' group by license`.execute(
    stack.db,
  );
  expect(rows).toEqual([{ license: 'Basic', people: '1233' }]);
});

test('a CSV in UTF-16: it is asked what cannot be told, every complaint has its line, and each person gets their own plan', async ({
  stack,
  page,
  evidence,
}) => {
  await arrive(page.context(), stack, 'admin');
  const on = batchOn(page);
  const [one, two, three] = await somePeople(stack, 'Basic', 3);
  const [four] = await somePeople(stack, 'Pro', 1);
  const lines = [
    'Report of May;;;;',
    'Person;Chime;Now;Wanted;Because',
    `Ä;${one?.email};Basic;Pro;"first; second"`,
    `B;${two?.email};Basic;Plus;`,
    'C;nobody@nordwind.example;Basic;Pro;',
    'D;not an address;Basic;Pro;',
    `E;${three?.email};Basic;Basic;`,
    `F;${three?.email};Basic;Gold;`,
    `G;${four?.email};Pro;basic;`,
  ];

  const addresses: string[] = [];
  page.on('request', (request) => addresses.push(decodeURIComponent(request.url())));
  await page.goto(newBatch);
  await newBatchOn(page).upload({
    name: 'größe.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`\uFEFF${lines.join('\r\n')}\r\n`, 'utf16le'),
  });
  await expect(page.getByText('Does “Chime” (column 2) contain the people?')).toBeVisible();
  await expect(page.getByLabel('Encoding')).toHaveValue('UTF-16');
  await expect(page.getByLabel('Cells separated by')).toHaveValue(';');
  await expect(page.getByLabel('Headings')).toHaveValue('2');
  await expect(page.getByText('Line 1: Report of May')).toBeVisible();
  await newBatchOn(page).showPreview.click();
  await expect(page.getByText('Answer the open question about this file')).toBeVisible();
  await page.getByLabel('Use “Chime” (column 2) as').selectOption('E-mail');
  await page.getByLabel('Use “Because” (column 5) as').selectOption('Reason');
  await expect(newBatchOn(page).planFromFile).not.toBeChecked();
  await newBatchOn(page).plan('Pro').check();
  await expect(page.getByText('“Wanted” (column 4). Everyone gets Pro.')).toBeVisible();
  await expect(page.getByText('1 problem. Lines with a problem are left out.')).toBeVisible();
  await page.getByLabel('Column with the plans').selectOption('“Wanted” (column 4)');
  await expect(newBatchOn(page).planFromFile).toBeChecked();
  await expect(page.getByText('Line 8: “Gold” is not a plan.')).toBeVisible();
  await expect(page.getByText('Line 6: “not an address” is not an e-mail address.')).toBeVisible();
  await expect(page.getByLabel('Use “Because” (column 5) as')).toHaveValue('reason');
  await newBatchOn(page).reason.fill('Ticket 4712');
  await on.preview();

  await expect(on.button('Will change 2')).toBeVisible();
  await expect(on.button('Already on this plan 1')).toBeVisible();
  await expect(
    page.getByText('1 person will no longer be able to host meetings, including ones already scheduled.'),
  ).toBeVisible();
  await expect(page.getByText('1 person not found in this account, so this person is left out.')).toBeVisible();
  await on.button('Not allowed 1').click();
  await expect(page.getByText('Not changed: the plan is not available in this account.')).toBeVisible();
  await on.button('Not found 1').click();
  await expect(page.getByRole('row').filter({ hasText: 'nobody@nordwind.example' })).toContainText('Line 5');
  await on.button('Not readable 2').click();
  await expect(page.getByRole('row').filter({ hasText: 'Line 8' })).toContainText('“Gold” is not a plan.');
  await expect(page.getByText('File größe.csv')).toBeVisible();
  await on.button('Change 2 people').click();
  await on.ended();

  await expect(
    page.getByText(/^2 changed, 1 already on this plan, 1 not found, .*1 not allowed\.$/).last(),
  ).toBeVisible();
  expect((await evidence.journal()).map(({ userId, to }) => [userId, to]).sort()).toEqual(
    [
      [one?.id, 'Pro'],
      [four?.id, 'Basic'],
    ].sort(),
  );
  const downloading = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download as CSV' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(/^batch-nordwind-group-\d{4}-\d\d-\d\d-[0-9a-f]{8}\.csv$/);
  // What people write stands in the logs of no server in between.
  expect(addresses.filter((address) => /4712|größe/.test(address))).toEqual([]);
});

test('a file that is none is refused with what to do, and one too large before it is read to its end', async ({
  stack,
  page,
}) => {
  await arrive(page.context(), stack, 'admin');
  await page.goto(newBatch);
  await newBatchOn(page).choice('Upload a CSV file').check();
  const input = newBatchOn(page).file;

  await input.setInputFiles({
    name: 'people.xlsx',
    mimeType: 'text/csv',
    buffer: Buffer.from('PK\u0003\u0004 and so on'),
  });
  await expect(page.getByRole('alert').filter({ hasText: 'This is a workbook, not a CSV file.' })).toBeVisible();
  await input.setInputFiles({
    name: 'large.csv',
    mimeType: 'text/csv',
    buffer: Buffer.alloc(10 * 1024 * 1024 + 1, 'a@b.example\n'),
  });
  await expect(page.getByRole('alert').filter({ hasText: 'larger than 10 MB' })).toBeVisible();
  await newBatchOn(page).showPreview.click();
  await expect(input).toBeFocused();
});

test('keyboard only: a pasted list to Pro, without a mouse from the list of batches to the result', async ({
  stack,
  page,
  evidence,
}) => {
  await arrive(page.context(), stack, 'admin');
  const on = batchOn(page);
  const people = await somePeople(stack, 'Basic', 2);
  const press = (key: string) => page.keyboard.press(key);
  await page.goto(batches);

  await tabTo(page, 'New batch');
  await press('Enter');
  await expect(newBatchOn(page).choice('Paste a list')).toBeVisible();
  await tabTo(page, 'Paste a list');
  await press('Tab');
  await page.keyboard.insertText(people.map(({ email }) => email).join('\n'));
  await tabTo(page, 'Basic');
  await press('Space');
  await press('ArrowDown');
  await tabTo(page, 'Show preview');
  await press('Enter');
  await expect(newBatchOn(page).reason).toBeFocused();
  await expect(newBatchOn(page).reason).toHaveAccessibleDescription(/Enter a reason/);
  await page.keyboard.type('Ticket 4713');
  await tabTo(page, 'Show preview');
  await press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await tabTo(page, 'Change 2 people');
  await press('Enter');
  await on.ended();
  await tabTo(page, 'Undo this batch');
  await press('Enter');
  await expect(page.getByRole('heading', { name: 'Undo: 2 people back to Basic' })).toBeFocused();
  await tabTo(page, 'Discard');
  await press('Enter');
  await expect(on.heading('This batch was discarded. Nobody was changed.')).toBeFocused();

  expect(await evidence.journal()).toHaveLength(2);
});

test('turning points are said aloud, not every second', async ({ stack, chime, page }) => {
  await arrive(page.context(), stack, 'admin');
  const on = batchOn(page);
  await chime.throttle(8, 1);
  await prepareList(page, await somePeople(stack, 'Basic', 400));
  const heard = await listen(page);
  await on.button('Change 400 people').click();
  await on.ended();

  const said = await heard();
  expect(said).toContain('The batch has started: 400 people.');
  expect(said).toContain('The batch has ended. All 400 people changed.');
  expect(said.length).toBeLessThanOrEqual(7);
});

test('a second admin approves exactly the list shown, and the admin who asked cannot', async ({
  stack,
  page,
  browser,
  evidence,
}) => {
  await arrive(page.context(), stack, 'admin');
  const on = batchOn(page);
  await on.choose('?people=filter&plan=Basic', 'Pro', 'Ticket 4714');
  await on.preview();
  const draft = page.url();
  const otto = await anotherBrowser(browser, stack);
  await arriveAs(otto.context(), stack, stack.secondAdmin);
  expect((await otto.goto(draft))?.status()).toBe(404);

  await on.button(/^Ask a second admin/).click();
  await expect(page.getByText('Send them the link to this page.')).toBeVisible();
  await expect(on.button(/^Approve/)).toBeHidden();
  await otto.goto(batches);
  await expect(otto.getByRole('link', { name: 'Batches (1 batch waits for your approval)' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Batches', exact: true })).toBeVisible();
  await otto.getByRole('region', { name: 'Waiting for your approval (1)' }).getByRole('link').click();
  await expect(otto.getByText('asks you to approve this list')).toBeVisible();
  const fingerprint = /[0-9a-f]{4} [0-9a-f]{4} [0-9a-f]{4} [0-9a-f]{4}/;
  expect(await otto.getByText(fingerprint).innerText()).toBe(await page.getByText(fingerprint).innerText());
  await otto.getByRole('button', { name: 'Decline' }).click();
  await expect(otto.getByRole('link', { name: 'Batches', exact: true })).toBeVisible();

  await expect(on.heading('This batch was discarded. Nobody was changed.')).toBeVisible();
  expect(await evidence.journal()).toEqual([]);
});

test('helpdesk and viewers see a batch at work, and have nothing to steer it with', async ({
  stack,
  chime,
  page,
  browser,
}) => {
  await arrive(page.context(), stack, 'admin');
  const on = batchOn(page);
  await chime.throttle(0.1, 1); // as good as standing still: it is stopped long before its end
  await prepareList(page, await somePeople(stack, 'Basic', 300));
  await on.button('Change 300 people').click();
  await expect(on.heading('Progress')).toBeVisible();

  for (const role of ['helpdesk', 'viewer'] as const) {
    const other = await anotherBrowser(browser, stack);
    await arrive(other.context(), stack, role);
    await other.goto(batches);
    await expect(other.getByRole('link', { name: 'New batch' })).toBeHidden();
    await other.getByRole('link', { name: '300 people to Pro' }).click();
    await expect(other.getByRole('heading', { name: 'Progress' })).toBeVisible();
    await expect(other.getByText('You can view batches but not run them.')).toBeVisible();
    await expect(other.getByRole('button', { name: /^(Pause|Stop|Resume)$/ })).toHaveCount(0);
    await other.goto(`${batches}/new`);
    await expect(other.getByText('You can view batches but not create them.')).toBeVisible();
    await expect(other.getByRole('button', { name: 'Show preview' })).toHaveCount(0);
  }
  await on.stop();
  await on.ended();
  await expect(page.getByText('Ada Okoye stopped this batch early.')).toBeVisible();
});

test('too many failures: it pauses automatically, and continues when resumed', async ({ stack, chime, page }) => {
  await arrive(page.context(), stack, 'admin');
  const on = batchOn(page);
  const people = await somePeople(stack, 'Basic', 120);
  for (const { id } of people.slice(0, 20))
    await chime.failNext('BatchUpdateUser', 'ForbiddenException', { userId: id });
  await chime.throttle(2, 1);
  await prepareList(page, people);
  await on.button('Change 120 people').click();

  await expect(page.getByText('(limit: 5 %)')).toBeVisible({ timeout: 30_000 });
  const causes = page.getByRole('table', { name: 'Why some were not changed' });
  await expect(causes.getByRole('row').filter({ hasText: 'does not allow it' })).toBeVisible();
  await chime.throttle(null);
  await on.button('Resume').click();
  await on.ended();
  await expect(page.getByText('100 changed, 20 failed.', { exact: true })).toBeVisible();
});

test('Chime falls silent: the page says so, and the batch continues automatically and fails nobody', async ({
  stack,
  chime,
  page,
}) => {
  test.setTimeout(120_000);
  await arrive(page.context(), stack, 'admin');
  const on = batchOn(page);
  await chime.delay('BatchUpdateUser', 4_000, { count: 0 }); // so that calls are left when the page has told of the first
  await prepareList(page, await somePeople(stack, 'Basic', 400));
  await on.button('Change 400 people').click();
  await expect.poll(() => on.part('changed'), { timeout: 30_000 }).toBeGreaterThan(0);
  const silence = await chime.failNext('BatchUpdateUser', 'ServiceUnavailableException', { count: 0 });

  await expect(
    page.getByText('Amazon Chime isn’t responding. The batch continues automatically as soon as it does.').last(),
  ).toBeVisible({
    timeout: 30_000,
  });
  await chime.removeFault(silence);
  await on.ended();
  await expect(page.getByText('All 400 people changed.').last()).toBeVisible();
});

test('scheduled for later: it waits for its time, can be cancelled, and never starts in the past', async ({
  stack,
  page,
  evidence,
}) => {
  await arrive(page.context(), stack, 'admin');
  const on = batchOn(page);
  await prepareList(page, await somePeople(stack, 'Basic', 30));
  await newBatchOn(page).choice('Schedule for later').check();
  const time = newBatchOn(page).start;
  await time.fill('2020-01-31T18:00');
  await on.button('Schedule change for 30 people').click();
  await expect(time).toBeFocused();
  await expect(time).toHaveAccessibleDescription(/in the future/);
  await time.fill('2031-01-31T18:00');
  await on.button('Schedule change for 30 people').click();

  await expect(page.getByText('Scheduled')).toBeVisible();
  await on.button('Change start time').click();
  await expect(time).toHaveValue('2031-01-31T18:00');
  await time.fill('2031-02-28T09:30');
  await on.button('Save start time').click();
  await expect(page.getByRole('definition').filter({ hasText: '28 Feb 2031, 09:30' })).toBeVisible();
  await on.button('Cancel this batch').click();
  await expect(on.heading('This batch was discarded. Nobody was changed.')).toBeFocused();
  expect(await evidence.journal()).toEqual([]);
});

test('temporary plans: the preview says when everyone returns to their current plan, and they do', async ({
  stack,
  page,
  evidence,
}) => {
  await arrive(page.context(), stack, 'admin');
  const on = batchOn(page);
  const people = await somePeople(stack, 'Basic', 2);
  await on.choose('', 'Pro', 'Ticket 4716');
  await newBatchOn(page).list.fill(people.map(({ id }) => id).join('\n'));
  await newBatchOn(page).choice('Temporarily').check();
  const until = newBatchOn(page).end;
  await expect(until).toHaveValue(/T18:00$/);
  await until.fill('');
  await on.button('Show preview').click();
  await expect(until).toBeFocused();
  await expect(until).toHaveAccessibleDescription('Choose an end date and time.');
  await until.fill(new Date(Date.now() + 86_400_000).toISOString().slice(0, 16)); // the browser's clock is on UTC
  await expect(until).not.toHaveAccessibleDescription('Choose an end date and time.');
  await on.preview();

  await expect(page.getByText('everyone returns to their current plan')).toBeVisible();
  await expect(page.getByText('Plans end')).toBeVisible();
  await on.button('Change 2 people').click();
  await on.ended();
  const { rows } = await sql<{ back_to: string }>`select back_to from endings where account_id = ${account}`.execute(
    stack.db,
  );
  expect(rows).toEqual([{ back_to: 'Basic' }, { back_to: 'Basic' }]);
  expect(await evidence.journal()).toHaveLength(2);
});

test('people selected in People arrive here, and a lost answer claims nothing', async ({ stack, page }) => {
  await arrive(page.context(), stack, 'admin');
  const on = batchOn(page);
  const people = await somePeople(stack, 'Basic', 3);
  await page.goto(batches);
  await page.evaluate(
    ([key, ids]) => sessionStorage.setItem(key ?? '', ids ?? ''),
    [`carillon.chosen.${account}`, JSON.stringify(people.map(({ id }) => id))],
  );
  await on.choose('?people=chosen', 'Pro', 'Ticket 4715');
  await expect(page.getByLabel('The 3 people you selected')).toBeChecked();
  await page.route(/batches\/new/, (route) => (route.request().method() === 'POST' ? route.abort() : route.continue()));
  await on.button('Show preview').click();
  await expect(page.getByRole('alert').filter({ hasText: 'Not done, as far as we know.' })).toBeVisible();
  await page.unroute(/batches\/new/);
  await on.preview();
  await expect(on.button('Will change 3')).toBeVisible();
});

type Somebody = { id: string; email: string | null };

function somePeople({ db }: Stack, license: string, count: number): Promise<Somebody[]> {
  return db
    .selectFrom('users')
    .select(['id', 'email'])
    .where('account_id', '=', account)
    .where('license', '=', license)
    .where('email', 'is not', null)
    .orderBy('id')
    .limit(count)
    .execute();
}

async function prepareList(page: Page, people: Somebody[]) {
  const on = batchOn(page);
  await on.choose('', 'Pro', 'Ticket 4711');
  await newBatchOn(page).list.fill(people.map(({ id }) => id).join('\n'));
  await on.preview();
}

/** Errors for single people of the batch that waits, far enough apart for it to go on. */
async function plantSevenFailures({ db }: Stack, chime: ChimeControl): Promise<string[]> {
  const { rows } = await sql<{ user_id: string }>`
    select user_id from batch_items where position % 170 = 169 order by position`.execute(db);
  const ids = rows.map(({ user_id }) => user_id);
  expect(ids).toHaveLength(7);
  for (const userId of ids.slice(0, 4))
    await chime.failNext('BatchUpdateUser', 'ForbiddenException', { userId, count: 0 });
  for (const userId of ids.slice(4)) {
    await chime.failNext('BatchUpdateUser', 'ServiceFailureException', { userId, count: 0 });
  }
  return ids;
}

async function approve(page: Page, address: string, label: string) {
  await page.goto(address);
  await page.getByRole('button', { name: label, exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Progress' })).toBeVisible();
}

async function anotherBrowser(browser: Browser, { url }: Stack): Promise<Page> {
  const context = await browser.newContext({ baseURL: url });
  return context.newPage();
}

/** Goes on by Tab until something with this name has the focus. */
async function tabTo(page: Page, name: string) {
  await expect(async () => {
    await page.keyboard.press('Tab');
    const found = await page.evaluate(() => {
      const focused = document.activeElement;
      const label = focused instanceof HTMLInputElement ? focused.labels?.[0]?.innerText : focused?.textContent;
      return label?.trim().split('\n')[0];
    });
    expect(found).toBe(name);
  }).toPass({ intervals: [1] });
}

/** What the page's status line has said from now on. */
async function listen(page: Page): Promise<() => Promise<string[]>> {
  const line = page.getByRole('status').first();
  await line.evaluate((status) => {
    const record = window.document.createElement('template');
    record.id = 'heard';
    window.document.head.append(record);
    new MutationObserver(() => {
      record.dataset.heard = `${record.dataset.heard ?? ''}\n${status.textContent}`;
    }).observe(status, { childList: true, subtree: true, characterData: true });
  });
  return async () => ((await page.locator('#heard').getAttribute('data-heard')) ?? '').split('\n').filter(Boolean);
}

test('the list of batches has pages, from the newest to the oldest and back', async ({
  stack,
  page,
  axe,
}, testInfo) => {
  await sql`
    insert into batches (id, account_id, request_id, operator_id, operator_name, operator_role, source, to_license,
      reason, state, created_at, submitted_at, ended_at, total, changed)
    select gen_random_uuid(), ${account}, gen_random_uuid(), 'mona', 'Mona Brandt', 'admin', '{"kind":"filter"}', 'Pro',
      'Ticket ' || number, 'done', at, at, at, number, number
    from generate_series(1, 60) number,
      lateral (select clock_timestamp() - (61 - number) * interval '1 hour' as at) moments`.execute(stack.db);
  await arrive(page.context(), stack, 'viewer');
  await page.goto(batches);
  const rows = page.getByRole('row');
  await expect(rows).toHaveCount(51);
  await expect(rows.nth(1)).toContainText('Ticket 60');
  await expect(page.getByRole('link', { name: 'Newest' })).toBeHidden();

  await page.getByRole('link', { name: 'Older' }).click();
  await expect(rows).toHaveCount(11);
  await expect(rows.nth(1)).toContainText('Ticket 10');
  await expect(rows.last()).toContainText('Ticket 1');
  await expect(page.getByRole('link', { name: 'Older' })).toBeHidden();
  await axe(page);
  await picture(page, testInfo.outputPath('older.png'), { fullPage: true });
  await page.reload();
  await expect(rows).toHaveCount(11);

  await page.getByRole('link', { name: 'Newest' }).click();
  await expect(rows).toHaveCount(51);
  await expect(page).toHaveURL(batches);
});
