import type { Page } from '@playwright/test';
import { sql } from 'kysely';
import { awayCookie } from '../../lib/away.ts';
import { makeExampleHistory } from '../../lib/trend/ledger/example-history-store.ts';
import type { Stack } from '../../testing/stack.ts';
import { account, callAction, personCalled, signedIn } from '../support/door.ts';
import { expect, test } from '../support/fixtures.ts';
import { licenses, licensesOn } from '../support/licenses-page.ts';
import { picture } from '../support/picture.ts';
import { trend, trendOn } from '../support/trend-page.ts';
import { overflow } from '../support/words-in-lines.ts';

const expectNothingCutOff = async (page: Page) => expect(await overflow(page)).toBeLessThanOrEqual(0);

/** Counts begin now again, for the tests that come after. */
async function forgetHistory({ db }: Stack) {
  await sql`delete from movements`.execute(db);
  await sql`delete from count_days`.execute(db);
  await sql`delete from coverage`.execute(db);
  await sql`
    update count_ledgers set known_from = clock_timestamp(), made_up_until = null, closed_until = null, zone = null`.execute(
    db,
  );
  await sql`
    insert into coverage (account_id, seen_from, seen_until)
    select account_id, known_from, known_from from count_ledgers`.execute(db);
}

test.afterEach(({ stack }) => forgetHistory(stack));

test('a viewer reads how Pro went on the Licenses page, and goes through the days of its chart and its table by keyboard', async ({
  page,
  comeIn,
  stack,
  axe,
}, testInfo) => {
  await makeExampleHistory(stack.db, account);
  await comeIn('viewer');
  await page.goto(licenses);
  await expect(page.getByText(/^Pro went from [\d,]+ to [\d,]+ in 30 days\. Largest step: /)).toBeVisible();
  await expect(page.getByText(/^Example history before .+: made up/)).toBeVisible();
  const numbers = licensesOn(page).perPlan;
  await expect(numbers.getByRole('img', { name: /^Pro, last 30 days\. Pro went from / })).toBeVisible();
  await expect(numbers.getByText(/^[+−]\d+ 30 days$/).first()).toBeVisible();
  await axe(page);
  await picture(page, testInfo.outputPath('licenses.png'), { fullPage: true });

  await page.getByRole('main').getByRole('link', { name: 'Trend', exact: true }).press('Enter');
  await expect(page).toHaveURL(trend);
  await expect(trendOn(page).chart).toHaveAccessibleDescription(/^Pro went from .+ in 30 days\./);
  await expect(page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Trend' })).toHaveAttribute(
    'aria-current',
    'page',
  );
  await axe(page);

  const days = trendOn(page).days;
  await days.first().focus();
  await page.keyboard.press('ArrowDown');
  await expect(days.nth(1)).toBeFocused();
  await expect(days.nth(1)).toHaveAccessibleName(/^\d+ \w+ \d{4}: .* (?:person|people) afterwards\.$/);
  await page.keyboard.press('End');
  await expect(days.last()).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Tab');
  await expect(days.last()).toBeFocused();
  expect(await days.last().getAttribute('href')).toMatch(/\/trend\/step\?from=[^&]+Z&until=[^&]+Z&license=Pro$/);

  await trendOn(page).asTable.press('Enter');
  const today = page.getByRole('row').nth(1);
  await expect(today.getByRole('rowheader')).toContainText('so far');
  await expect(today).toContainText(String(await trendOn(page).proNow()));
  await expect(page.getByRole('row')).toHaveCount(31);
  await axe(page);
  await page.setViewportSize({ width: 320, height: 800 });
  await expectNothingCutOff(page);
  await picture(page, testInfo.outputPath('table-phone.png'));
  const file = await page.request.get(`/api${trend}/export`);
  expect(file.headers()['content-type']).toBe('text/csv; charset=utf-8');
  const lines = (await file.text()).trim().split('\r\n');
  const ofPro = lines.filter((line) => line.split(',')[2] === 'Pro');
  expect(ofPro.at(-1)?.split(',')[4]).toBe(String(await trendOn(page).proNow()));
  expect(lines[0]).toContain('From (UTC),Until (UTC),Plan,People at start');
});

test('the chart of 13 months fits every look, prints, and says what it is', async ({
  page,
  comeIn,
  stack,
  axe,
}, testInfo) => {
  await makeExampleHistory(stack.db, account);
  await comeIn('viewer');
  await page.goto(`${trend}?period=13m`);
  await expect(trendOn(page).chart).toBeVisible();
  await expect(page.getByText(/^Example history before .+: made up, so that/)).toBeVisible();
  await expect(page.getByText(/^Not seen from .+: Amazon Chime was not available\./).first()).toBeVisible();
  await expect(page.getByText(/Each point is a day\. Days are those of the time zone UTC\.$/)).toBeVisible();
  expect(await page.locator('svg.chart a').count()).toBe(0);
  const looks = [
    { name: 'desk', width: 1280, colorScheme: 'light', forcedColors: 'none' },
    { name: 'desk-dark', width: 1280, colorScheme: 'dark', forcedColors: 'none' },
    { name: 'desk-forced', width: 1280, colorScheme: 'light', forcedColors: 'active' },
    { name: 'phone', width: 320, colorScheme: 'light', forcedColors: 'none' },
    { name: 'phone-dark', width: 320, colorScheme: 'dark', forcedColors: 'none' },
  ] as const;
  for (const { name, width, ...media } of looks) {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia(media);
    await expectNothingCutOff(page);
    const navigation = page.getByRole('navigation', { name: 'Main' });
    await expect(navigation.getByRole('link', { name: 'Audit' })).toBeInViewport({ ratio: 1 });
    await axe(page);
    await picture(page, testInfo.outputPath(`${name}.png`), { fullPage: true });
  }
  await page.setViewportSize({ width: 794, height: 1100 });
  await page.emulateMedia({ media: 'print' });
  await expectNothingCutOff(page);
  await picture(page, testInfo.outputPath('print.png'), { fullPage: true });

  await page.emulateMedia({ media: 'screen' });
  await page.goto('/accounts/trend');
  await expect(page.getByText(/^Pro went from/).first()).toBeVisible();
  await axe(page);
  await picture(page, testInfo.outputPath('all.png'), { fullPage: true });
  await page.goto(`${trend}?from=2026-02-29&to=2026-03-01`);
  await expect(page.getByText('There is no day 2026-02-29. Write dates like 2026-11-28.')).toBeVisible();
  await page.goto(`${trend}?from=2020-01-01&to=2020-02-29`);
  await expect(page.getByText(/^We know nothing before \d+ \w+ \d{4}, \d\d:\d\d\.$/)).toBeVisible();
  await axe(page);
});

test("another operator's change moves today's point at once, without loading the page", async ({
  page,
  comeIn,
  stack,
}) => {
  const helpdesk = await signedIn(stack, 'helpdesk');
  const ana = await personCalled(stack, 'Ana Silva');
  await comeIn('viewer');
  const heard = page.waitForRequest(/\/events$/);
  await page.goto(trend);
  await heard;
  await page.evaluate(() => document.documentElement.setAttribute('data-same', 'yes'));
  const before = await trendOn(page).proNow();

  const choices = [{ userId: ana.id, from: ana.license, to: 'Pro' }];
  await callAction(stack, 'changeLicenses', { accountId: account, choices }, helpdesk);

  await expect.poll(() => trendOn(page).proNow()).toBe(before + 1);
  await expect(page.getByText(/Largest step: \+\d+ on .+, changed by /)).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('data-same', 'yes');
});

test('a drawing that breaks off leaves the page as it was, and the page says so until one succeeds', async ({
  page,
  comeIn,
  stack,
}) => {
  const helpdesk = await signedIn(stack, 'helpdesk');
  const ana = await personCalled(stack, 'Ana Silva');
  await comeIn('viewer');
  const heard = page.waitForRequest(/\/events$/);
  await page.goto(trend);
  await heard;
  await page.evaluate(() => document.documentElement.setAttribute('data-same', 'yes'));
  const before = await trendOn(page).proNow();
  // As when the connection goes away between the question whether our server is there and the drawing.
  await page.route(
    ({ pathname }) => pathname === trend,
    (route) => route.abort('connectionreset'),
  );

  const choices = [{ userId: ana.id, from: ana.license, to: 'Pro' }];
  await callAction(stack, 'changeLicenses', { accountId: account, choices }, helpdesk);
  const notice = page.getByRole('status').filter({ hasText: 'Try again' });
  await expect(notice).toBeVisible();
  expect(await trendOn(page).proNow()).toBe(before);

  await page.unrouteAll();
  await notice.getByRole('button', { name: 'Try again' }).click();
  await expect.poll(() => trendOn(page).proNow()).toBe(before + 1);
  await expect(notice).toHaveCount(0);
  await expect(page.locator('html')).toHaveAttribute('data-same', 'yes');
});

test('a page that is drawn again while nobody is there keeps no session alive; a touch does', async ({
  page,
  comeIn,
  stack,
}) => {
  await comeIn('viewer');
  const longAgo = new Date(Date.now() - 20 * 60_000);
  const sessions = stack.db
    .selectFrom('sessions')
    .where('operator_id', '=', 'example-viewer')
    .where('revoked_at', 'is', null);
  await stack.db
    .updateTable('sessions')
    .set({ seen_at: longAgo })
    .where('operator_id', '=', 'example-viewer')
    .execute();
  const seen = async () =>
    (await sessions.select('seen_at').orderBy('created_at', 'desc').executeTakeFirstOrThrow()).seen_at.getTime();

  await page.context().addCookies([{ name: awayCookie, value: '1', url: stack.url }]);
  expect((await page.request.get(trend)).status()).toBe(200);
  expect(await seen()).toBe(longAgo.getTime());

  await page.context().clearCookies({ name: awayCookie });
  expect((await page.request.get(trend)).status()).toBe(200);
  expect(await seen()).toBeGreaterThan(longAgo.getTime());
});
