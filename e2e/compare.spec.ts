import { readFile, writeFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { sql } from 'kysely';
import { makeExampleHistory } from '../lib/trend/ledger/example-history-store.ts';
import type { Stack } from '../testing/stack.ts';
import { compare, compareOn } from './support/compare-page.ts';
import { account, callAction, personCalled, signedIn } from './support/door.ts';
import { expect, test } from './support/fixtures.ts';
import { picture } from './support/picture.ts';

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
const asTyped = (day: string) => day.replace(/(\d{4})-(\d\d)-(\d\d)/, '$2$3$1');

test.beforeEach(async ({ stack }) => {
  const accounts = await stack.db.selectFrom('accounts').select('id').execute();
  for (const { id } of accounts) await makeExampleHistory(stack.db, id);
});

/** The printed line of a plan. */

/** What a printed line comes to by its terms, and what it says. */
function sumOf(line: string): [number, number] {
  const [terms = '', result = ''] = line.replaceAll(',', '').split(' = ');
  const numbers = terms.replaceAll('− ', '-').replaceAll('+ ', '').match(/-?\d+/g) ?? [];
  return [numbers.reduce((sum, term) => sum + Number(term), 0), Number(result)];
}

const numberIn = (text: string | null) => Number((text ?? '').replaceAll(',', ''));

test('a viewer compares two dates by keyboard, follows a number to its people, and sends the address on', async ({
  page,
  comeIn,
  elsewhere,
  stack,
}) => {
  test.slow();
  const helpdesk = await signedIn(stack, 'helpdesk');
  const ana = await personCalled(stack, 'Ana Silva');
  const choices = [{ userId: ana.id, from: ana.license, to: 'Pro' }];
  await callAction(stack, 'changeLicenses', { accountId: account, choices }, helpdesk);
  await comeIn('viewer');
  await page.goto(compare);
  await expect(page).toHaveURL(/from=\d{4}-\d\d-01&to=/);

  const [from, to] = [daysAgo(380), daysAgo(0)];
  await compareOn(page).from.focus();
  await page.keyboard.type(asTyped(from));
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`${compare}?from=${from}&to=${to}`);

  for (const plan of ['Basic', 'Pro', 'Everyone']) {
    const line = await compareOn(page).line(plan).innerText();
    const [sum, result] = sumOf(line);
    expect(sum, line).toBe(result);
  }
  await expect(compareOn(page).line('Pro')).toContainText(' up ');

  const cell = page.getByRole('link', { name: /people: from Basic to Pro$/ });
  const people = numberIn(await cell.textContent());
  await cell.focus();
  await page.keyboard.press('Enter');
  await expect(compareOn(page).title).toHaveText(
    new RegExp(`^${people.toLocaleString('en-GB')} people from Basic to Pro$`),
  );
  const address = page.url();
  const rows = compareOn(page).people;
  let seen = await rows.count();
  const next = compareOn(page).next;
  while (await next.isVisible()) {
    const before = page.url();
    await next.press('Enter');
    await expect(page).not.toHaveURL(before);
    await expect(compareOn(page).first).toBeVisible();
    seen += await rows.count();
  }
  expect(seen).toBe(people);
  expect(people).toBeGreaterThan(50);
  const changed = rows.filter({ hasText: 'Ana Silva' });
  await expect(changed).toContainText('Basic');
  await expect(changed).toContainText('Dana Reyes');

  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Export all as CSV' }).press('Enter'),
  ]);
  const lines = (await readFile(await file.path(), 'utf8')).trimEnd().split('\r\n');
  expect(lines).toHaveLength(people + 1);
  expect(lines.at(-1)).toContain('Ana Silva');

  const other = await elsewhere('viewer');
  await other.goto(address);
  await expect(other.getByRole('heading', { level: 1 })).toHaveText(
    new RegExp(`^${people.toLocaleString('en-GB')} people from Basic to Pro$`),
  );

  await page.getByRole('link', { name: 'Audit entry of Ana Silva' }).press('Enter');
  await expect(compareOn(page).people).toHaveCount(1);
  await expect(page.getByRole('rowheader')).toContainText(/^Dana Reyes changed Ana Silva .* from Basic to Pro\./);
});

test('a change made elsewhere moves the numbers of a period that ends now', async ({ page, comeIn, stack, chime }) => {
  await comeIn('viewer');
  await page.goto(`${compare}?from=${daysAgo(30)}&to=${daysAgo(0)}`);
  const total = async () => sumOf(await compareOn(page).line('Pro').innerText())[1];
  const before = await total();
  await page.evaluate(() => document.documentElement.setAttribute('data-same', 'yes'));

  await chime.changeOutside(account, (await personCalled(stack, 'Ana Silva')).id, { LicenseType: 'Pro' });
  await stack.refreshMirror();

  await expect.poll(total).toBe(before + 1);
  await expect(page.locator('html')).toHaveAttribute('data-same', 'yes');
});

const looks = [
  { name: 'a phone, dark', viewport: { width: 320, height: 700 }, colorScheme: 'dark', forcedColors: 'none' },
  { name: 'a phone, light', viewport: { width: 320, height: 700 }, colorScheme: 'light', forcedColors: 'none' },
  { name: 'a desk, light', viewport: { width: 1280, height: 800 }, colorScheme: 'light', forcedColors: 'none' },
  { name: 'a desk, dark', viewport: { width: 1280, height: 800 }, colorScheme: 'dark', forcedColors: 'none' },
  { name: 'forced colours', viewport: { width: 1280, height: 800 }, colorScheme: 'dark', forcedColors: 'active' },
] as const;

test('in every look nothing is cut off and axe is content, and a comparison is one sheet of A4', async ({
  page,
  comeIn,
  axe,
  stack,
}, testInfo) => {
  test.slow();
  await comeIn('viewer');
  const days = `from=${daysAgo(120)}&to=${daysAgo(0)}`;
  const pages = {
    compare: `${compare}?${days}`,
    'compare all': `/accounts/trend/compare?${days}`,
    people: `/accounts/${account}/trend/cell?${days}&was=Basic&is=Pro`,
    steps: `/accounts/${account}/trend/step?from=${daysAgo(30)}T00:00:00Z&until=${daysAgo(20)}T00:00:00Z`,
    'too early': `${compare}?from=2020-01-01&to=2020-02-01`,
  };
  for (const [what, address] of Object.entries(pages)) {
    await page.goto(address);
    await expect(compareOn(page).title).toBeVisible();
    for (const { name, viewport, ...media } of looks) {
      await test.step(`${what} on ${name}`, async () => {
        await page.setViewportSize(viewport);
        await page.emulateMedia(media);
        await axe(page);
        await picture(page, testInfo.outputPath(`${what} on ${name}.png`), { fullPage: true });
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(overflow).toBeLessThanOrEqual(0);
        expect(await cutTables(page)).toEqual([]);
      });
    }
    if (what.startsWith('compare')) await expectOneSheet(page, testInfo.outputPath(`${what}.pdf`));
  }

  await makeManyGroups(stack);
  await page.goto(pages.compare);
  await expect(page.getByRole('rowheader', { name: /^\d+ others?$/ })).toHaveCount(3);
  await expectOneSheet(page, testInfo.outputPath('many groups.pdf'));
});

/** More operators, batches and domains than are shown. */
async function makeManyGroups({ db }: Stack) {
  await sql`update users set cause = gen_random_uuid(),
    email = seq || '@department-' || seq % 30 || '.subsidiary.nordwind.example'`.execute(db);
  await sql`update movements set by = 'operator-' || abs(seq) % 15,
    batch_id = case when seq % 2 = 0 then ('00000000-0000-4000-8000-00000000' || 1000 + abs(seq) / 2 % 20)::uuid end
    where by is not null`.execute(db);
}

async function expectOneSheet(page: Page, path: string) {
  const sheet = await page.pdf({ preferCSSPageSize: true });
  if (process.env.PICTURES) await writeFile(path, sheet);
  expect(sheet.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
  await page.emulateMedia({ media: 'print', forcedColors: 'none' });
  await page.setViewportSize({ width: 703, height: 1000 }); // A4 without its margins
  expect(await cutTables(page)).toEqual([]);
  await page.emulateMedia({ media: null });
}

/** Tables that are wider than the frame that shows them, which cuts them off without making the page wider. */
const cutTables = (page: Page) =>
  page
    .getByRole('table')
    .evaluateAll((tables) =>
      tables.flatMap((table) =>
        table.scrollWidth > (table.parentElement?.clientWidth ?? 0)
          ? (table.querySelector('caption')?.innerText ?? '')
          : [],
      ),
    );

test('what is wrong with an address is said in a sentence', async ({ page, comeIn }) => {
  await comeIn('viewer');
  const wrong = {
    'from=2026-11-28&to=2026-11-01': 'Choose a later end.',
    'from=2999-01-01&to=2999-02-01': '1 January 2999 is in the future.',
    'from=2026-02-29&to=2026-03-31': 'There is no day 2026-02-29.',
    'from=2020-01-01&to=2020-02-01': 'We know nothing before',
  };
  for (const [days, sentence] of Object.entries(wrong)) {
    await page.goto(`${compare}?${days}`);
    await expect(page.getByText(sentence)).toBeVisible();
    await page.goto(`/accounts/${account}/trend/cell?${days}&was=Basic&is=Pro`);
    await expect(page.getByText(sentence)).toBeVisible();
  }
  await page.goto(`/accounts/${account}/trend/cell?from=${daysAgo(3)}&to=${daysAgo(0)}&batch=17`);
  await expect(page.getByText('This address is not complete.')).toBeVisible();
  await page.goto('/accounts/00000000-0000-4000-8000-000000000000/trend/compare');
  await expect(page.getByRole('heading', { name: 'Page not found' })).toBeVisible();
});
