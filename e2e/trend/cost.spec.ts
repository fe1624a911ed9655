import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { sql } from 'kysely';
import { makeExampleHistory } from '../../lib/trend/ledger/example-history-store.ts';
import type { Stack } from '../../testing/stack.ts';
import { cost, costOn } from '../support/cost-page.ts';
import { account } from '../support/door.ts';
import { expect, test } from '../support/fixtures.ts';
import { picture } from '../support/picture.ts';
import { prices, pricesOn } from '../support/prices-page.ts';
import { trend, trendOn } from '../support/trend-page.ts';
import { valuesFileOn } from '../support/values-file.ts';
import { overflow } from '../support/words-in-lines.ts';

const money = /\b(?:EUR|USD)\b/;

test.beforeEach(async ({ stack }) => {
  await stack.db.deleteFrom('prices').execute();
  await makeExampleHistory(stack.db, account);
});

test.afterEach(({ stack }) => stack.db.deleteFrom('prices').execute());

const expectNothingCutOff = async (page: Page) => expect(await overflow(page)).toBeLessThanOrEqual(0);

const looks = [
  { name: 'desk', width: 1280, colorScheme: 'light' },
  { name: 'desk-dark', width: 1280, colorScheme: 'dark' },
  { name: 'phone', width: 320, colorScheme: 'light' },
  { name: 'phone-dark', width: 320, colorScheme: 'dark' },
] as const;

test('an admin enters a price by keyboard, is told what is wrong with it, and then what Pro can cost; a viewer sees it and cannot enter one', async ({
  page,
  comeIn,
  elsewhere,
  axe,
}, testInfo) => {
  test.slow();
  await comeIn('admin');
  await page.goto(trend);
  await expect(trendOn(page).chart).toBeVisible();
  const viewer = await elsewhere('viewer');
  for (const address of [`/accounts/${account}/licenses`, trend, cost, prices]) {
    await viewer.goto(address);
    await expect(viewer.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(viewer.getByRole('main')).not.toContainText(money);
    await expect(costOn(viewer).enterPrice).toHaveCount(0);
  }
  await expect(viewer.getByText('No price has been entered.')).toBeVisible();

  await costOn(page).enterPrice.press('Enter');
  await expect(page).toHaveURL(prices);
  const { perDay, complaint, said, last } = pricesOn(page);
  await perDay.focus();
  await page.keyboard.type('3,00');
  await page.keyboard.press('Tab');
  await page.keyboard.type('15.00');
  await page.keyboard.press('Tab');
  await page.keyboard.type('eur');
  await page.keyboard.press('Tab');
  await page.keyboard.type('2020-01-01');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Contract 4711');
  await page.keyboard.press('Enter');
  await expect(complaint).toHaveText(/“3,00” is not clear\.$/);
  await expect(perDay).toBeFocused();
  await expect(perDay).toHaveAccessibleDescription(/such as 15\.50\. “3,00” is not clear\.$/);
  await axe(page);
  await perDay.fill('3.00');
  await page.keyboard.press('Enter');
  await expect(said).toHaveText('The price from 1 January 2020 is entered.');
  await expect(last).toContainText(/1 January 2020.*EUR\s3\.00.*EUR\s15\.00.*Contract 4711/);
  await expect(perDay).toBeFocused();

  for (const address of [`/accounts/${account}/licenses`, trend, cost, '/accounts/trend']) {
    await viewer.goto(address);
    await expect(costOn(viewer).soFar).toBeVisible();
  }
  await viewer.goto(prices);
  await expect(pricesOn(viewer).last).toContainText('Contract 4711');
  await expect(pricesOn(viewer).anyField).toHaveCount(0);
  await expect(pricesOn(viewer).anyWithdraw).toHaveCount(0);
  await axe(viewer);

  await viewer.goto(`/accounts/${account}/licenses`);
  await costOn(viewer).byMonth.press('Enter');
  await expect(viewer).toHaveURL(cost);
  await expect(viewer.getByText(/^At most: every person hosted a meeting on every day/)).toBeVisible();
  await expect(viewer.getByText(/Which time zone Amazon bills by is not known/)).toBeVisible();
  await expect(viewer.getByText(/is an example and made up\.$/)).toBeVisible();
  await costOn(viewer).months.nth(1).press('Enter');
  await expect(viewer).toHaveURL(/month=\d{4}-\d\d$/);
  await expect(costOn(viewer).month('0.00')).toBeVisible();
  const highest = await costOn(viewer).highest.innerText();

  const [file] = await Promise.all([viewer.waitForEvent('download'), costOn(viewer).csv.press('Enter')]);
  const lines = (await readFile(await file.path(), 'utf8')).trimEnd().split('\r\n');
  const month = new URL(viewer.url()).searchParams.get('month') ?? 'no month';
  const ofMonth = lines.find((line) => line.startsWith(month))?.split(',') ?? [];
  expect(ofMonth.slice(5, 8)).toEqual(['0.00', highest.replace(/[^\d.]/g, ''), 'EUR']);

  const pages = { licenses: `/accounts/${account}/licenses`, trend, cost, prices };
  for (const [what, address] of Object.entries(pages)) {
    await page.goto(address);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    if (what !== 'prices') await expect(costOn(page).soFar).toBeVisible();
    for (const { name, width, colorScheme } of looks) {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme });
      await expectNothingCutOff(page);
      await axe(page);
      await picture(page, testInfo.outputPath(`${what}-${name}.png`), { fullPage: true });
    }
  }
  await page.goto(cost);
  await page.setViewportSize({ width: 794, height: 1100 });
  await page.emulateMedia({ media: 'print', colorScheme: 'light' });
  await expectNothingCutOff(page);
  await expect(costOn(page).soFar).toBeVisible();
  await picture(page, testInfo.outputPath('cost-print.png'), { fullPage: true });
});

test('an admin withdraws a price: it stays in the list, counts no more, and the audit says so', async ({
  page,
  comeIn,
}) => {
  await comeIn('admin');
  await page.goto(prices);
  const { enter, rows, complaint, withdraw, last, perDay } = pricesOn(page);
  await enter();
  await expect(rows).toHaveCount(2);
  await enter({ 'Where it is from': 'An offer' });
  await expect(complaint).toHaveText(
    'A price from 1 January 2020 is there already. Withdraw it first, or choose another day.',
  );
  await withdraw('1 January 2020').press('Enter');
  await expect(last).toContainText(/Withdrawn by .+, \d+ \w+ \d{4}/);
  await expect(perDay).toBeFocused();

  await page.goto(cost);
  await expect(page.getByText('No price of Pro has been entered, so nothing is said about money.')).toBeVisible();
  await page.goto('/audit?action=price-withdraw');
  await expect(page.getByRole('rowheader').first()).toContainText(
    'withdrew a price of Pro: “EUR 3.00 a day, at most EUR 15.00 a month, from 2020-01-01. Source: Contract 4711”',
  );
});

/** The addresses of three people who had Pro on every day of the month before this one, whatever earlier tests did to them since. */
async function hadProAllLastMonth({ db }: Stack): Promise<string[]> {
  const { rows } = await sql<{ email: string }>`
    with month as (
      select date_trunc('month', now()) as until, date_trunc('month', now()) - interval '1 month' as since
    )
    select email from users cross join month left join lateral (
      select at, from_license from movements
      where movements.account_id = users.account_id and movements.user_id = users.id and at >= month.since
      order by at, seq limit 1
    ) first_after on true
    where users.account_id = ${account} and email is not null
      and case when first_after.at is null then license when first_after.at >= month.until then from_license end = 'Pro'
    order by users.seq limit 3`.execute(db);
  return rows.map(({ email }) => email);
}

test('an admin hands in a file of hosted days: it is asked what is not clear, shown whom it means, and then raises the lower amount', async ({
  page,
  comeIn,
  elsewhere,
  stack,
  axe,
}, testInfo) => {
  await comeIn('admin');
  await page.goto(prices);
  await pricesOn(page).enter();
  await expect(pricesOn(page).rows).toHaveCount(2);
  await page.goto(cost);
  await costOn(page).months.nth(1).click();
  await expect(page).toHaveURL(/month=/);
  const always = await hadProAllLastMonth(stack);
  expect(always).toHaveLength(3);
  const [ana = '', ben = '', cleo = ''] = always;

  const { field, keep, keepRead, handIn, use } = valuesFileOn(page);
  await handIn('hosts.csv', `Email,Meetings\n${ana},2\n${ben},3\n`);
  await expect(
    page.getByText('No heading says which column has the number of days hosted. Choose the column.'),
  ).toBeVisible();
  await expect(keep).toHaveCount(0);
  await use('“Meetings” (column 2)', 'Days hosted');
  await expect(page.getByText('2 people were found in this account.')).toBeVisible();

  await handIn(
    'hosts.csv',
    `Email,Days hosted\n${ana},2\n${ana},2\n${ben},1\n${ben},4\n${cleo},40\nnobody@other.example,3\n`,
  );
  await expect(page.getByText('1 person was found in this account.')).toBeVisible();
  await expect(page.getByText('1 line names nobody in this account:')).toBeVisible();
  await expect(page.getByText('Line 7: nobody@other.example')).toBeVisible();
  await expect(
    page.getByText(`Line 4: “${ben}” has another value on line 5, so both lines are ignored.`),
  ).toBeVisible();
  await expect(page.getByText('Line 6: “40” is not a number of days.')).toBeVisible();
  await axe(page);
  await picture(page, testInfo.outputPath('hosted-days.png'), { fullPage: true });
  await page.setViewportSize({ width: 320, height: 800 });
  await expectNothingCutOff(page);
  await picture(page, testInfo.outputPath('hosted-days-phone.png'), { fullPage: true });
  await page.setViewportSize({ width: 1280, height: 800 });

  await keepRead();
  await expect(page.getByText('The file counts now, for 1 person.')).toBeVisible();
  await expect(field).toBeFocused();
  await expect(costOn(page).month('6.00')).toContainText(
    'The lower amount is that of the hosted days that “hosts.csv” tells.',
  );
  await expect(
    page.getByText(/^Hosted days from “hosts\.csv”, uploaded by .+: 1 person found, 1 not found, 3 not clear\.$/),
  ).toBeVisible();

  const viewer = await elsewhere('viewer');
  await viewer.goto(page.url());
  await expect(costOn(viewer).month('6.00')).toBeVisible();
  await expect(valuesFileOn(viewer).field).toHaveCount(0);
  await page.goto(`/accounts/${account}/audit?action=activity-file`);
  await expect(page.getByRole('rowheader').first()).toContainText(
    /uploaded hosted days: “\d{4}-\d\d: hosts\.csv, 6 lines, 1 found, 1 not found, 3 not clear”/,
  );
});
