import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { makeExampleHistory } from '../../lib/trend/ledger/example-history-store.ts';
import { departments, departmentsOn } from '../support/departments-page.ts';
import { account } from '../support/door.ts';
import { expect, test } from '../support/fixtures.ts';
import { picture } from '../support/picture.ts';
import { trend } from '../support/trend-page.ts';
import { valuesFileOn } from '../support/values-file.ts';
import { overflow } from '../support/words-in-lines.ts';

test.afterEach(({ stack }) => stack.db.deleteFrom('department_files').execute());

const expectNothingCutOff = async (page: Page) => expect(await overflow(page)).toBeLessThanOrEqual(0);

const looks = [
  { name: 'desk', width: 1280, colorScheme: 'light' },
  { name: 'desk-dark', width: 1280, colorScheme: 'dark' },
  { name: 'phone', width: 320, colorScheme: 'light' },
  { name: 'phone-dark', width: 320, colorScheme: 'dark' },
] as const;

test('an admin uploads departments, which split the counts and a comparison; a viewer sees them and cannot upload', async ({
  page,
  comeIn,
  elsewhere,
  stack,
  axe,
}, testInfo) => {
  await makeExampleHistory(stack.db, account);
  const viewer = await elsewhere('viewer');
  await viewer.goto(departments);
  await expect(viewer.getByText('Carillon does not know which department people are of.')).toBeVisible();
  await expect(viewer.getByText('An admin can upload a file that says it.')).toBeVisible();
  await expect(valuesFileOn(viewer).field).toHaveCount(0);

  await comeIn('admin');
  await page.goto(trend);
  await page.getByRole('link', { name: 'By department' }).press('Enter');
  await expect(page).toHaveURL(departments);
  const people = await stack.db
    .selectFrom('users')
    .select(['id', 'email'])
    .where('account_id', '=', account)
    .orderBy('seq')
    .execute();
  const lines = people
    .slice(0, 120)
    .map(({ id }, number) => `${id},${number < 50 ? 'Sales' : `Department ${number % 25}`},${4_711 + number}`);
  const text = ['User ID,Department,Cost center', ...lines, 'nobody@other.example,Sales,1'].join('\n');
  const { keep, keepRead, handIn, use } = valuesFileOn(page);
  await handIn('staff.csv', text);
  await expect(page.getByText(/^Which column contains the department or cost centre: /)).toBeVisible();
  await expect(keep).toHaveCount(0);
  await use('“Department” (column 2)', 'Department or cost centre');
  await expect(page.getByText('120 people were found in this account.')).toBeVisible();
  await expect(page.getByRole('table')).toHaveCount(0);
  await axe(page);
  await keepRead();
  await expect(page.getByText('The file counts now, for 120 people.')).toBeVisible();
  await expect(page.getByText(/^From “staff\.csv”, uploaded by .+: 120 people found, /)).toBeVisible();
  const { row, people: peopleOf, csv } = departmentsOn(page);
  await expect(peopleOf('Sales')).toHaveText(/50$/);
  await expect(peopleOf('Not known')).toHaveText(new RegExp(`${people.length - 120}$`));
  await expect(row('7 others')).toBeVisible();

  for (const { name, width, colorScheme } of looks) {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme });
    await expectNothingCutOff(page);
    await axe(page);
    await picture(page, testInfo.outputPath(`departments-${name}.png`), { fullPage: true });
  }
  await page.setViewportSize({ width: 1280, height: 800 });
  const [file] = await Promise.all([page.waitForEvent('download'), csv.press('Enter')]);
  expect((await readFile(await file.path(), 'utf8')).trimEnd().split('\r\n')).toHaveLength(28);

  await viewer.goto(departments);
  await expect(departmentsOn(viewer).row('Sales')).toBeVisible();
  await expect(valuesFileOn(viewer).field).toHaveCount(0);
  const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
  await viewer.goto(`/accounts/${account}/trend/compare?from=${day(300)}&to=${day(0)}`);
  const link = departmentsOn(viewer)
    .split.getByRole('row', { name: /^Not known/ })
    .getByRole('link')
    .last();
  const count = Number((await link.innerText()).replace(/\D/g, ''));
  await expect(viewer.getByText(/^Departments are those of “staff\.csv”, /)).toBeVisible();
  await axe(viewer);
  await link.press('Enter');
  await expect(viewer.getByRole('heading', { level: 1 })).toHaveText(new RegExp(`^${count.toLocaleString('en-GB')} `));
  await expect(viewer.getByText(/of no known department/).first()).toBeVisible();

  await page.goto(`/accounts/${account}/audit?action=department-file`);
  await expect(page.getByRole('rowheader').first()).toContainText(
    /uploaded departments: “staff\.csv, 121 lines, 120 found, \d+ not found, \d+ not clear”/,
  );
});

test('a file counts and the page stays where drawing it again breaks off; trying again shows what it says', async ({
  page,
  comeIn,
  stack,
}) => {
  await comeIn('admin');
  await page.goto(departments);
  const someone = stack.db.selectFrom('users').select('id').where('account_id', '=', account).limit(1);
  const { id } = await someone.executeTakeFirstOrThrow();
  const { keepRead, handIn, use } = valuesFileOn(page);
  await handIn('staff.csv', `User ID,Department\n${id},Sales`);
  await use('“Department” (column 2)', 'Department or cost centre');
  await page.route(
    ({ pathname }) => pathname === departments,
    (route) => route.abort('connectionreset'),
  );

  await keepRead();
  await expect(page.getByText('The file counts now, for 1 person.')).toBeVisible();
  const again = page.getByRole('button', { name: 'Try again' });
  await expect(again).toBeVisible();
  await expect(page.getByRole('table')).toHaveCount(0);

  await page.unrouteAll();
  await again.click();
  await expect(departmentsOn(page).people('Sales')).toHaveText(/1$/);
  await expect(again).toHaveCount(0);
});
