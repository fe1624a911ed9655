import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Locator, Page } from '@playwright/test';
import type { Stack } from '../testing/stack.ts';
import { audit, auditOn } from './support/audit-page.ts';
import { account, personCalled } from './support/door.ts';
import { expect, test } from './support/fixtures.ts';
import { noteAbout } from './support/history-panel.ts';
import { peopleOn } from './support/people-page.ts';
import { picture } from './support/picture.ts';

/** A few entries of every kind, written as the product writes them. */
async function someHistory({ page, stack, comeIn, chime }: Fixtures) {
  await comeIn('helpdesk');
  const people = peopleOn(page);
  await people.go('ana silva');
  await people.choose('Ana Silva', 'Pro');
  await expect(people.row('Ana Silva')).toContainText('Saved');
  const other = await stack.db
    .selectFrom('users')
    .select(['id', 'name'])
    .where('account_id', '=', account)
    .where('license', '=', 'Basic')
    .where('name', 'is not', null)
    .where('name', '<>', 'Ana Silva')
    .orderBy('id')
    .executeTakeFirstOrThrow();
  await chime.changeOutside(account, other.id, { LicenseType: 'Pro' });
  await stack.refreshMirror();
  return other.name ?? '';
}

type Fixtures = {
  page: Page;
  stack: Stack;
  comeIn: (role: 'helpdesk') => Promise<void>;
  chime: Stack['chime']['control'];
};

async function signOut(page: Page) {
  await page.context().clearCookies();
}

/** Runs the check of an export as IT does, and tells what it said and its exit code. */
async function verify({ audit: { key, checkpoints } }: Stack, file: string) {
  const script = fileURLToPath(new URL('../scripts/audit-verify.mjs', import.meta.url));
  const program = spawn(process.execPath, [script, file, '--checkpoints', checkpoints], {
    env: { ...process.env, FORCE_COLOR: undefined, AUDIT_KEY: key, AUDIT_KEY_PREVIOUS: '' }, // with NO_COLOR Node would warn
  });
  let said = '';
  for (const stream of [program.stdout, program.stderr]) stream.on('data', (chunk) => (said += chunk));
  const [code] = await once(program, 'close');
  return { code, said };
}

test('pages lead from the newest entries to the oldest and back', async ({ page, stack, comeIn }) => {
  await comeIn('viewer');
  const file = `${stack.url}/api/accounts/${account}/audit/export?format=csv`;
  for (let count = 0; count <= 100; count += 1) await page.request.get(file);
  await comeIn('admin');
  await page.goto('/audit');
  await expect(auditOn(page).entries).toHaveCount(100);
  const newest = await auditOn(page).entries.first().innerText();
  const older = auditOn(page).older;
  for (let pages = 1; await older.isVisible(); pages += 1) {
    const first = (await auditOn(page).entries.first().innerText()).slice(-36);
    await older.click();
    await expect(page).toHaveURL(/before=\d+/);
    await expect(auditOn(page).entries.first()).not.toContainText(first);
    expect(pages).toBeLessThan(20); // what tests before this one did is in the log too
  }
  await expect(auditOn(page).entries.last().getByText('No. 1', { exact: true })).toBeVisible();
  await auditOn(page).newest.click();
  await expect(auditOn(page).entries.first()).toContainText(newest.slice(-36));
});

test('an entry is a sentence, with what was before and after, and leads to the person', async ({
  page,
  stack,
  comeIn,
  chime,
  axe,
}, testInfo) => {
  await someHistory({ page, stack, comeIn, chime });
  await page.goto(audit);

  const change = auditOn(page).entries.filter({ hasText: 'Dana Reyes changed Ana Silva' }).first();
  await expect(change).toContainText('from Basic to Pro');
  await expect(change.getByRole('cell').nth(1)).toHaveText('Before Basic, after →Pro');
  await axe(page);
  await picture(page, testInfo.outputPath('audit.png'), { fullPage: true });
  await change.getByRole('link', { name: 'Show Ana Silva in People' }).click();

  await expect(page.getByRole('heading', { name: 'People' })).toBeVisible();
  await expect(page.getByRole('row', { name: /Ana Silva/ })).toBeVisible();
});

test('people of one name are told apart in the sentences and in the links to them', async ({
  page,
  stack,
  comeIn,
  chime,
}) => {
  const other = await someHistory({ page, stack, comeIn, chime });
  const namesake = await personCalled(stack, other);
  await chime.changeOutside(account, namesake.id, { DisplayName: 'Ana Silva', LicenseType: 'Basic' });
  await stack.refreshMirror();
  await page.goto(audit);

  const ana = await stack.db
    .selectFrom('users')
    .select(['id', 'email'])
    .where('name', '=', 'Ana Silva')
    .where('account_id', '=', account)
    .execute();
  expect(ana).toHaveLength(2);
  for (const { id, email } of ana) {
    const link = page.getByRole('link', { name: `Show Ana Silva (${email}) in People`, exact: true }).first();
    await expect(link).toHaveAttribute('href', new RegExp(`q=${id}$`));
  }
});

test('the export is offered above the entries, beside the filters', async ({ page, stack, comeIn, chime }) => {
  await someHistory({ page, stack, comeIn, chime });
  await page.goto(audit);
  const top = async (part: Locator) => (await part.boundingBox())?.y ?? Number.NaN;

  expect(await top(page.getByRole('heading', { name: 'Export' }))).toBeLessThan(await top(page.getByRole('table')));
  expect(await top(auditOn(page).csv)).toBeLessThan(await top(page.getByRole('table')));
});

test('filters narrow the list, stand in the address, and come off again', async ({
  page,
  stack,
  comeIn,
  chime,
  axe,
}, testInfo) => {
  const other = await someHistory({ page, stack, comeIn, chime });
  await page.goto(audit);
  await expect(auditOn(page).entries.filter({ hasText: other }).first()).toBeVisible();

  await auditOn(page).openFilter();
  await auditOn(page).person.fill('ana sil');
  await auditOn(page).what.selectOption('Plan changes');
  await auditOn(page).outcome.selectOption('Done');
  await auditOn(page).show();

  await expect(page).toHaveURL(`${audit}?person=ana+sil&action=change&outcome=applied`);
  await expect(page.getByText('Filter · 3 on')).toBeVisible();
  await expect(auditOn(page).person).toHaveValue('ana sil');
  await expect(auditOn(page).entries.first()).toContainText('Ana Silva');
  await expect(auditOn(page).entries.filter({ hasText: other })).toHaveCount(0);
  await axe(page);
  await picture(page, testInfo.outputPath('filtered.png'), { fullPage: true });

  const request = await auditOn(page)
    .entries.first()
    .getByText(/^[0-9a-f]{8}-/)
    .innerText();
  await auditOn(page).clear.click();
  await expect(page).toHaveURL(audit);
  await expect(auditOn(page).entries.filter({ hasText: other }).first()).toBeVisible();
  await page.goto(`${audit}?request=${request.toUpperCase()}`);
  await expect(auditOn(page).entries).toHaveCount(1);
  for (const nothing of [
    'operator=nobody-of-this-name',
    'until=2020-01-01',
    'from=2199-01-01',
    'action=sign-in',
    'person=%25',
    'reason=%25',
  ]) {
    await page.goto(`${audit}?${nothing}`);
    await expect(page.getByText('No matching entries.')).toBeVisible();
  }
  await page.goto(`${audit}?operator=dana&from=2020-01-01&until=2199-01-01&action=no-such&before=x`);
  await expect(auditOn(page).entries.first()).toContainText('Dana Reyes');
});

test('admins see sign-ins and denials of all accounts, others only their accounts', async ({
  page,
  signIn,
  stack,
  axe,
}, testInfo) => {
  await signIn('viewer');
  await page.goto(audit);
  await expect(page.getByRole('heading', { name: 'Audit', exact: true })).toBeVisible();
  await expect(auditOn(page).allAccounts).toHaveCount(0);
  await page.goto('/audit');
  await expect(page.getByRole('heading', { name: 'Page not found' })).toBeVisible();
  const answer = await page.request.get(`${stack.url}/api/audit/export?format=jsonl`);
  expect(answer.status()).toBe(403);

  await signOut(page);
  await signIn('admin');
  await page.goto(audit);
  await auditOn(page).allAccounts.click();

  await expect(page.getByRole('heading', { name: 'Audit of all accounts' })).toBeVisible();
  await expect(auditOn(page).entries.filter({ hasText: 'Ada Okoye signed in.' }).first()).toBeVisible();
  await expect(
    auditOn(page).entries.filter({ hasText: 'Vera Lindqvist tried to see the audit of all accounts' }),
  ).not.toHaveCount(0);
  await axe(page);
  await picture(page, testInfo.outputPath('all.png'), { fullPage: true });
});

test('the export of everything is found sound, and any edit of it is found', async ({
  page,
  stack,
  comeIn,
  chime,
}, testInfo) => {
  await someHistory({ page, stack, comeIn, chime });
  await comeIn('admin');
  // A worker notes at its start how far the log has come.
  await stack.killWorker();
  await stack.startWorker();
  await expect
    .poll(async () => (await readFile(stack.audit.checkpoints, 'utf8').catch(() => '')).length)
    .toBeGreaterThan(0);
  await page.goto('/audit');

  const download = await auditOn(page).download('jsonl');
  expect(download.suggestedFilename()).toMatch(/^audit-all-accounts-\d{4}-\d\d-\d\d\.jsonl$/);
  const file = testInfo.outputPath('audit.jsonl');
  await download.saveAs(file);

  const sound = await verify(stack, file);
  expect(sound).toMatchObject({ code: 0, said: expect.stringMatching(/^Sound: [\d,]+ entries, none edited/) });

  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace('"from":"Basic","to":"Pro"', '"from":"Basic","to":"ProTrial"'));
  expect(await verify(stack, file)).toMatchObject({ code: 1, said: expect.stringMatching(/^Broken at entry \d+/) });

  await writeFile(file, text.split('\n').slice(0, 2).join('\n'));
  expect(await verify(stack, file)).toMatchObject({ code: 1, said: expect.stringContaining('the export ends here') });
});

test('a ticket number leads to what was done for it, on the page and in the export', async ({ page, comeIn }) => {
  await comeIn('helpdesk');
  const people = peopleOn(page);
  await people.go('ana silva');
  await people.choose('Ana Silva', 'Pro');
  await people.button('Ana Silva', 'Add a note').click();
  await noteAbout(page, 'Ana Silva').fill('Asked for in INC-4711_b by phone');
  await page.keyboard.press('Enter');
  await expect(people.row('Ana Silva')).toContainText('Note saved');

  await page.goto(audit);
  await auditOn(page).openFilter();
  await auditOn(page).reason.fill('inc-4711_b');
  await auditOn(page).show();
  await expect(page).toHaveURL(`${audit}?reason=inc-4711_b`);
  await expect(auditOn(page).entries).toHaveCount(1);
  await expect(auditOn(page).entries).toContainText('“Asked for in INC-4711_b by phone”');
  const download = await auditOn(page).download('csv');
  const [, ...lines] = (await readFile(await download.path(), 'utf8')).trimEnd().split('\r\n');
  expect(lines).toEqual([expect.stringContaining('Asked for in INC-4711_b by phone')]);
});

test('the export as CSV holds what the filters show, and no formula', async ({ page, stack, comeIn, chime }) => {
  await someHistory({ page, stack, comeIn, chime });
  await page.goto(`${audit}?person=ana&action=change&outcome=applied`);
  const download = await auditOn(page).download('csv');
  expect(download.suggestedFilename()).toMatch(/^audit-.*-filtered-.*\.csv$/);
  const [head, ...lines] = (await readFile(await download.path(), 'utf8')).trimEnd().split('\r\n');
  expect(head).toMatch(/^\uFEFFSequence,Time \(UTC\),Action/);
  expect(lines).toHaveLength(await auditOn(page).entries.count());
  expect(lines[0]).toContain('Dana Reyes');
});

test('every line in the logs of web and worker is one event, and names nobody', async ({ stack }) => {
  for (const name of ['web', 'worker']) {
    const lines = (await readFile(join(stack.logs, `${name}.log`), 'utf8')).split('\n').filter((line) => line !== '');
    for (const line of lines) {
      expect(JSON.parse(line)).toMatchObject({ level: expect.any(Number), msg: expect.any(String) });
      expect(line).not.toMatch(/Ana|Silva|Dana|@|nordwind/i);
    }
  }
});

const looks = [
  { name: 'a phone, dark', viewport: { width: 320, height: 700 }, colorScheme: 'dark', forcedColors: 'none' },
  { name: 'a desk, dark', viewport: { width: 1280, height: 800 }, colorScheme: 'dark', forcedColors: 'none' },
  {
    name: '400 %, forced colours',
    viewport: { width: 320, height: 256 },
    colorScheme: 'light',
    forcedColors: 'active',
  },
] as const;

const states = [
  ['account', audit],
  ['all', '/audit?person=ana'],
  ['none', `${audit}?person=nobody`],
] as const;

test('in every look, nothing is cut off, and axe is content', async ({ page, stack, comeIn, chime, axe }, testInfo) => {
  test.slow();
  const { id } = await personCalled(stack, 'Ana Silva');
  await comeIn('admin');
  await chime.changeOutside(account, id, {
    LicenseType: 'Pro',
    PrimaryEmail: `${'a.very.long.name.'.repeat(4)}@nordwind.example`,
  });
  await stack.refreshMirror();
  for (const [what, address] of states) {
    await page.goto(address);
    await expect(page.getByRole('heading', { name: 'Export' })).toBeVisible();
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
      });
    }
  }
});
