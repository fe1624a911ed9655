import type { Page, TestInfo } from '@playwright/test';
import { sql } from 'kysely';
import type { Stack } from '../../testing/stack.ts';
import { expect, test } from '../support/fixtures.ts';
import { enterprise, peopleOn } from '../support/people-page.ts';
import { picture } from '../support/picture.ts';

type Axe = (page: Page) => Promise<void>;

const looks = [
  { name: 'desk', viewport: { width: 1280, height: 800 }, colorScheme: 'light' },
  { name: 'desk, dark', viewport: { width: 1280, height: 800 }, colorScheme: 'dark' },
  { name: 'phone', viewport: { width: 320, height: 700 }, colorScheme: 'light' },
  { name: '400 %, dark', viewport: { width: 320, height: 256 }, colorScheme: 'dark' },
] as const;
type Look = (typeof looks)[number];
const onDesks = looks.slice(0, 2);

/** A picture of a state in every look, nothing cut off, and axe's word on it; then back to the first look. */
const pictures =
  (axe: Axe, testInfo: TestInfo) =>
  async (page: Page, name: string, inLooks: readonly Look[] = looks): Promise<void> => {
    for (const look of inLooks) {
      await wear(page, look);
      await picture(page, testInfo.outputPath(`${name} (${look.name}).png`));
      if (look.name !== 'desk, dark') await axe(page);
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow).toBeLessThanOrEqual(0);
    }
    await wear(page, looks[0]);
  };

async function wear(page: Page, { viewport, colorScheme }: Look) {
  await page.setViewportSize(viewport);
  await page.emulateMedia({ colorScheme });
}

const plans = (page: Page) => page.getByRole('navigation', { name: 'Plans' });
const numberIn = (text: string) => Number(/[\d,]+$/.exec(text.trim())?.[0]?.replaceAll(',', ''));

/** The number beside a plan, once it is there. */
async function peopleOnPlan(page: Page, plan: string): Promise<number> {
  const link = plans(page).getByRole('link', { name: new RegExp(`^${plan}( \\d|$)`) });
  await expect(link).toHaveText(/\d$/);
  return numberIn(await link.innerText());
}

const countInDb = async ({ db }: Stack, license?: string) => {
  const { count } = await db
    .selectFrom('users')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('account_id', '=', enterprise)
    .$if(license !== undefined, (query) => query.where('license', '=', license ?? ''))
    .executeTakeFirstOrThrow();
  return Number(count);
};

test.describe('filters', () => {
  test('plans and their numbers are in sight; a number leads to exactly those people, without a page load', async ({
    page,
    comeIn,
    stack,
    axe,
  }, testInfo) => {
    await comeIn('helpdesk');
    await peopleOn(page).go();
    const pro = await countInDb(stack, 'Pro');
    expect(await peopleOnPlan(page, 'All')).toBe(await countInDb(stack));
    expect(await peopleOnPlan(page, 'Pro')).toBe(pro);
    await page.evaluate(() => document.body.setAttribute('data-loaded', 'once'));

    await plans(page)
      .getByRole('link', { name: /^Pro( \d|$)/ })
      .click();

    await expect(page).toHaveURL(/\?plan=Pro$/);
    await expect(page.getByText(new RegExp(`1–50 of ${pro}$`))).toBeVisible();
    await expect(page.locator('body[data-loaded=once]')).toBeVisible();
    await expect(plans(page).getByRole('link', { name: /^Pro( \d|$)/ })).toHaveAttribute('aria-current', 'true');
    await pictures(axe, testInfo)(page, 'one plan');
    await page.goBack();
    await expect(plans(page).getByRole('link', { name: /^All\b/ })).toHaveAttribute('aria-current', 'true');
    await expect(page).toHaveURL(/\/users$/);
  });

  test('several values of one fact can be chosen with keys alone, and each chip takes one away', async ({
    page,
    comeIn,
    axe,
  }, testInfo) => {
    await comeIn('helpdesk');
    await peopleOn(page).go();
    const menu = page.getByRole('group', { name: 'Registration' });

    await page.getByRole('button', { name: 'Registration' }).focus();
    await page.keyboard.press('Enter');
    await expect(menu.getByRole('link').first()).toBeVisible();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await expect(menu.getByRole('checkbox', { checked: true })).toHaveCount(2);
    await pictures(axe, testInfo)(page, 'a filter open', onDesks);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('button', { name: 'Registration' })).toBeFocused();

    const active = page.getByRole('list', { name: 'Active filters' });
    await expect(active.getByRole('link', { name: /^Remove filter/ })).toHaveCount(2);
    await active
      .getByRole('link', { name: /^Remove filter/ })
      .first()
      .press('Enter');
    await expect(active.getByRole('link', { name: /^Remove filter/ })).toHaveCount(1);
    await expect(active.getByRole('link', { name: /^Remove filter/ })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(active).toHaveCount(0);
    await expect(peopleOn(page).search).toBeFocused();
    await expect(page).toHaveURL(/\/users$/);
  });

  test('on a phone the filters are one button that opens a sheet', async ({ page, comeIn, axe }, testInfo) => {
    await page.setViewportSize({ width: 320, height: 700 });
    await comeIn('helpdesk');
    await peopleOn(page).go();

    await page.getByRole('button', { name: 'Filters', exact: true }).click();
    const sheet = page.getByRole('dialog', { name: 'Filters' });
    await sheet.getByRole('checkbox', { name: 'Suspended' }).check();

    await expect(sheet.getByRole('button', { name: /^Show \d+ (person|people)$/ })).toBeVisible();
    await picture(page, testInfo.outputPath('sheet.png'));
    await axe(page);
    await sheet.getByRole('button', { name: /^Show/ }).click();
    await expect(page.getByRole('button', { name: 'Filters (1)' })).toBeFocused();
    await expect(page).toHaveURL(/registration=Suspended/);
  });

  test('an address that nobody wrote by hand shows the page and no error', async ({ page, comeIn, axe }) => {
    await comeIn('helpdesk');
    const errors: Error[] = [];
    page.on('pageerror', (error) => errors.push(error));
    const hostile = [
      '?plan=Gold&registration=none&type=%27%3B--',
      '?q=%00%25_%5C&sort=nonsense&dir=up&at=%ff%fe',
      `?q=${'x'.repeat(10_000)}`,
      '?q=%F0%9F%A6%94&q=second&changed=99&outside=maybe',
      '?q=%ED%A0%80&list=AAAAAAAAAAAAAAAAAAAAAAAA',
      '?q=%E2%80%AEevil&at=eyJ4IjoxfQ&plan=Pro.Pro.Pro.Basic',
    ];
    for (const address of hostile) {
      const response = await page.goto(`/accounts/${enterprise}/users${address}`);
      expect(response?.status()).toBe(200);
      await expect(page.getByRole('heading', { name: 'People' })).toBeVisible();
      await expect(page.getByText('Something went wrong')).toHaveCount(0);
    }
    expect(errors).toEqual([]);
    await axe(page);
  });
});

test('columns and rows are as each operator wants them, on every visit', async ({ page, comeIn, axe }, testInfo) => {
  await comeIn('viewer');
  await peopleOn(page).go();
  await expect(page.getByRole('columnheader')).toHaveCount(4);

  await page.getByRole('button', { name: 'Columns' }).click();
  const saved = page.waitForResponse((response) => response.request().method() === 'POST');
  await page.getByRole('checkbox', { name: 'User ID' }).check();
  await saved;
  await expect(page.getByRole('columnheader', { name: 'User ID' })).toBeAttached();
  for (const column of ['User type', 'Registered on', 'E-mail in its own column']) {
    await page.getByRole('checkbox', { name: column }).check();
  }
  const last = page.waitForResponse((response) => response.request().method() === 'POST');
  await page.getByLabel('Compact').check();
  await pictures(axe, testInfo)(page, 'choosing columns');
  await last;
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Columns' })).toBeFocused();
  await pictures(axe, testInfo)(page, 'all columns');
  await page.getByRole('columnheader', { name: 'Registered on' }).getByRole('button').click();
  await expect(page).toHaveURL(/sort=registered&dir=desc/);
  await expect(page.getByRole('columnheader', { name: 'Registered on' })).toHaveAttribute('aria-sort', 'descending');

  await expect(async () => {
    await page.reload();
    await expect(page.getByRole('columnheader')).toHaveCount(8, { timeout: 1_000 });
  }).toPass();
  await expect(page.locator('table')).toHaveAttribute('data-density', 'compact');
});

test('a choice of columns that cannot be kept says so, and holds all the same', async ({ page, comeIn }) => {
  await comeIn('helpdesk');
  await peopleOn(page).go();
  await page.route('**/users*', (route) => (route.request().method() === 'POST' ? route.abort() : route.fallback()));

  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('checkbox', { name: 'Invited on' }).check();

  await expect(page.getByRole('alert').filter({ hasText: 'This could not be saved.' })).toBeVisible();
  await expect(page.getByRole('columnheader', { name: 'Invited on' })).toBeAttached();
});

test('views are kept under a name, opened, replaced and removed', async ({ page, comeIn, axe }, testInfo) => {
  await comeIn('helpdesk');
  await peopleOn(page).go();
  await plans(page)
    .getByRole('link', { name: /^Pro( \d|$)/ })
    .click();
  await page.getByRole('button', { name: 'Views' }).click();
  const menu = page.getByRole('group', { name: 'Views' });
  await expect(menu).toContainText('You have no views in this account yet.');

  await menu.getByRole('button', { name: 'Save' }).click();
  await expect(menu).toContainText('Enter a name with 1 to 60 characters.');
  await menu.getByLabel('Name of the view').fill('Everybody on Pro');
  await page.keyboard.press('Enter');
  await expect(menu).toContainText('View “Everybody on Pro” saved.');
  await pictures(axe, testInfo)(page, 'views', onDesks);
  await page.keyboard.press('Escape');

  await peopleOn(page).go();
  await page.getByRole('button', { name: 'Views' }).click();
  await menu.getByRole('link', { name: 'Everybody on Pro' }).click();
  await expect(page).toHaveURL(/\?plan=Pro$/);
  await expect(menu).toBeHidden();

  await page.getByRole('button', { name: 'Views' }).click();
  await menu.getByLabel('Name of the view').fill('Everybody on Pro');
  await expect(menu).toContainText('This replaces your view “Everybody on Pro”.');
  await menu.getByRole('button', { name: 'Remove the view Everybody on Pro' }).click();
  await expect(menu).toContainText('View “Everybody on Pro” removed.');
  await expect(menu.getByRole('link')).toHaveCount(0);
  await expect(menu.getByLabel('Name of the view')).toBeFocused();
});

/** Lets no script come to the page but those its HTML names, until the answer is called. */
async function holdLaterScripts(page: Page, address: string): Promise<() => void> {
  const html = await (await page.request.get(address)).text();
  const { promise: gate, resolve: open } = Promise.withResolvers<void>();
  await page.route('**/_next/static/chunks/**', async (route) => {
    if (!html.includes(new URL(route.request().url()).pathname)) await gate;
    await route.continue();
  });
  return open;
}

test('a button pressed before its script has come does its work when it comes', async ({ page, comeIn, stack }) => {
  await comeIn('helpdesk');
  const address = `/accounts/${enterprise}/users`;
  const open = await holdLaterScripts(page, address);
  await page.goto(address, { waitUntil: 'commit' });
  await expect(peopleOn(page).search).toBeFocused();
  await stack.killWorker();

  await page.getByRole('button', { name: 'Refresh' }).click();
  open();

  await expect(page.getByText(/Updating from Chime/)).toBeVisible();
});

test('what the server has drawn stays until its script has come, and then says what has changed since', async ({
  page,
  comeIn,
}) => {
  await comeIn('helpdesk');
  const address = `/accounts/${enterprise}/users`;
  const open = await holdLaterScripts(page, address);
  await page.goto(address, { waitUntil: 'commit' });
  const people = peopleOn(page);
  await expect(people.search).toBeFocused();
  const pager = page.getByRole('navigation', { name: 'Pages', exact: true });
  await expect(pager).toContainText('1–50 of 500');

  await people.search.pressSequentially('ana silva');
  await expect(people.row('Ana Silva')).toBeVisible();
  await expect(page.getByRole('row')).not.toHaveCount(51);
  await expect(pager).toContainText('1–50 of 500');
  open();

  await expect(pager).toContainText('matching “ana silva”');
});

test.describe('a pasted list', () => {
  test('is looked up: who was found, who was not, and a search within it', async ({
    page,
    comeIn,
    stack,
    context,
    axe,
  }, testInfo) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await comeIn('helpdesk');
    const people = peopleOn(page);
    await people.go();
    const emails = await someEmails(stack, 6);
    await paste(page, [...emails, 'nobody@nordwind.example', 'no.one@nordwind.example'].join('\r\n'));

    await expect(page.getByText('Pasted list: 6 of 8 found')).toBeVisible();
    await expect(page.getByText('2 not found: nobody@nordwind.example, no.one@nordwind.example')).toBeVisible();
    await expect(page.getByRole('row')).toHaveCount(7);
    await expect(people.search).toHaveValue('');
    await pictures(axe, testInfo)(page, 'pasted list');
    await page.getByRole('button', { name: 'Copy those not found' }).click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
      'nobody@nordwind.example\nno.one@nordwind.example',
    );

    await people.search.fill(emails[0] ?? '');
    await expect(page.getByRole('row')).toHaveCount(2);
    await expect(page.getByText('Pasted list: 6 of 8 found')).toBeVisible();
    await expect(page).toHaveURL(/q=/);
    await page.reload();
    await expect(page.getByRole('row')).toHaveCount(2);

    await page.getByRole('link', { name: 'Clear list' }).click();
    await expect(page.getByText('Pasted list')).toHaveCount(0);
    await expect(people.search).toBeFocused();
  });

  test('that is too long is refused where it was pasted, and not lost', async ({
    page,
    comeIn,
    stack,
    context,
    axe,
  }, testInfo) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await comeIn('helpdesk');
    await peopleOn(page).go();
    const long = Array.from({ length: 501 }, (_, place) => `person${place}@nordwind.example`).join('\n');
    await paste(page, long);

    const box = page.getByRole('textbox', { name: 'Pasted list' });
    await expect(page.getByRole('alert').filter({ hasText: 'at most 500' })).toBeVisible();
    await expect(box).toHaveValue(long);
    await pictures(axe, testInfo)(page, 'refused list');

    await box.fill((await someEmails(stack, 2)).join(', '));
    await page.getByRole('button', { name: 'Look up' }).click();
    await expect(page.getByText('Pasted list: 2 of 2 found')).toBeVisible();
  });
});

test('the ID of a request leads to the attempt behind it and to the person', async ({
  page,
  comeIn,
  stack,
  axe,
}, testInfo) => {
  await comeIn('helpdesk');
  const people = peopleOn(page);
  await people.go('ana silva');
  await people.choose('Ana Silva', 'Pro');
  await expect(people.row('Ana Silva')).toContainText('Saved');
  const { aws_request_id: id } = await stack.db
    .selectFrom('audit_entries')
    .select('aws_request_id')
    .where('action', '=', 'change')
    .orderBy('sequence', 'desc')
    .executeTakeFirstOrThrow();

  await people.search.fill(id ?? '');

  await expect(page.getByText('Dana Reyes changed Ana Silva from Basic to Pro.')).toBeVisible();
  await expect(page.getByRole('row')).toHaveCount(2);
  await expect(people.plan('Ana Silva')).toHaveText('Pro');
  await pictures(axe, testInfo)(page, 'request');
});

test('with keys alone: search, narrow, go back and forth, keep the view, hand on the link, take the list along', async ({
  page,
  comeIn,
  stack,
  elsewhere,
}) => {
  test.slow();
  await comeIn('helpdesk');
  const people = peopleOn(page);
  await people.go();
  await page.keyboard.type('nordwind');
  await expect(page).toHaveURL(/q=nordwind$/);
  await expect(page.getByText(/^1–50 of \d+ matching “nordwind”/)).toBeVisible();

  await tabTo(page, plans(page).getByRole('link', { name: /^Basic\b/ }));
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/q=nordwind&plan=Basic$/);
  await tabTo(page, page.getByRole('button', { name: 'Registration' }));
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByRole('checkbox', { name: 'Registered', exact: true }));
  await page.keyboard.press('Space');
  await expect(page).toHaveURL(/q=nordwind&plan=Basic&registration=Registered$/);
  await page.keyboard.press('Escape');
  const found = await registeredBasic(stack); // the page has those of the last filter a moment longer than its address
  await expect(plans(page).getByRole('link', { name: /^Basic \d/ })).toHaveText(new RegExp(`\\D${found}$`));
  await expect(page.getByText(new RegExp(`1–50 of ${found} matching “nordwind”`))).toBeVisible();

  await page.goBack();
  await expect(page.getByRole('list', { name: 'Active filters' }).getByRole('listitem')).toHaveCount(2);
  await page.goForward();
  await expect(page.getByRole('list', { name: 'Active filters' }).getByRole('listitem')).toHaveCount(3);
  await expect(people.search).toHaveValue('nordwind');

  await tabTo(page, page.getByRole('button', { name: 'Views' }));
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByLabel('Name of the view'));
  await page.keyboard.type('Basic and here');
  await page.keyboard.press('Enter');
  await expect(page.getByText('View “Basic and here” saved.')).toBeVisible();
  await page.keyboard.press('Escape');

  const theirs = await elsewhere('admin');
  await theirs.goto(page.url());
  await expect(theirs.getByText(new RegExp(`1–50 of ${found} matching “nordwind”`))).toBeVisible();
  expect(await peopleOn(theirs).shown()).toEqual(await people.shown());
  await theirs.context().close();

  await tabTo(page, page.getByRole('link', { name: 'Export list' }));
  const download = page.waitForEvent('download');
  await page.keyboard.press('Enter');
  const lines = (await readAll(await (await download).createReadStream())).trim().split('\r\n');
  expect(lines).toHaveLength(found + 1);
});

test('a link followed while a search is still being typed leads where it says, and Back to the search', async ({
  page,
  comeIn,
}) => {
  await comeIn('helpdesk');
  const people = peopleOn(page);
  await people.go();
  const isWritten = page.waitForURL(/q=silva$/);
  await page.route(/\/licenses\?/, async (route) => {
    await isWritten; // the page arrives after the address of the search was written
    await route.continue();
  });

  await people.search.pressSequentially('silva');
  await page.getByRole('link', { name: 'Licenses', exact: true }).click();

  await expect(page.getByRole('heading', { name: 'Licenses', exact: true })).toBeVisible();
  await expect(page).toHaveURL(`/accounts/${enterprise}/licenses`);
  await page.goBack();
  await expect(people.search).toHaveValue('silva');
});

test('what is typed while the address of the letters before it is written stays', async ({ page, comeIn }) => {
  await comeIn('helpdesk');
  const people = peopleOn(page);
  await people.go();
  await people.search.evaluate((box) => {
    const replace = window.history.replaceState;
    window.history.replaceState = function typeMeanwhile(...given) {
      window.history.replaceState = replace;
      replace.apply(this, given);
      queueMicrotask(() => {
        Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(box, 'silva');
        box.dispatchEvent(new Event('input', { bubbles: true }));
      });
    };
  });

  await people.search.fill('s');

  await expect(page).toHaveURL(/q=silva$/);
  await expect(people.search).toHaveValue('silva');
  await expect(people.plan('Ana Silva')).toBeVisible();
});

test('no letter is lost where the router hears of an address only after the next one is written', async ({
  page,
  comeIn,
}) => {
  await comeIn('helpdesk');
  const people = peopleOn(page);
  await people.go();
  await page.evaluate(() => {
    const { history } = window;
    const toRouter = history.replaceState;
    const first: Parameters<typeof toRouter>[] = [];
    history.replaceState = (...given) => {
      History.prototype.replaceState.apply(history, given);
      if (first.push(given) < 2) return;
      history.replaceState = toRouter;
      for (const late of first.slice(0, 1)) toRouter.apply(history, late);
    };
  });

  await people.search.fill('a');
  await page.waitForFunction(() => window.location.search === '?q=a');
  await people.search.fill('ana silva');
  await page.waitForFunction(() => window.location.search === '?q=a'); // again: the router puts it back
  await page.evaluate(async () => {
    for (let frame = 0; frame < 20; frame += 1) await new Promise(requestAnimationFrame);
  });

  await expect(people.search).toHaveValue('ana silva');
  await expect(people.plan('Ana Silva')).toBeVisible();
});

async function registeredBasic({ db }: Stack): Promise<number> {
  const { count } = await db
    .selectFrom('users')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('account_id', '=', enterprise)
    .where('email', 'like', '%nordwind%')
    .where('license', '=', 'Basic')
    .where('registration', '=', 'Registered')
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Presses Tab until this has the focus; after the last of the page it begins anew. */
async function tabTo(page: Page, target: import('@playwright/test').Locator) {
  await expect(target).toBeVisible();
  for (let presses = 0; presses < 400; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('Tab does not lead there');
}

async function readAll(stream: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  for await (const chunk of stream) text += chunk.toString();
  return text;
}

async function someEmails({ db }: Stack, count: number): Promise<string[]> {
  const rows = await db
    .selectFrom('users')
    .select('email')
    .where('account_id', '=', enterprise)
    .orderBy('id')
    .limit(count)
    .execute();
  return rows.map(({ email }) => email ?? '');
}

/** Puts a text on the clipboard and pastes it into the search. */
async function paste(page: Page, text: string) {
  await page.evaluate((words) => navigator.clipboard.writeText(words), text);
  await peopleOn(page).search.press('Control+v');
}

test.describe('the state of the list', () => {
  test('nobody matches: near hits, and the way back', async ({ page, comeIn, axe }, testInfo) => {
    await comeIn('helpdesk');
    const people = peopleOn(page);
    await people.go();
    await people.search.fill('ana silvva');
    await expect(page.getByText('Nobody matches “ana silvva”.')).toBeVisible();
    await expect(page.getByText('Did you mean')).toBeVisible();
    await expect(page.getByRole('link', { name: 'Everyone called “Ana Silva”' })).toBeVisible();
    await pictures(axe, testInfo)(page, 'nobody matches');

    await page.getByRole('link', { name: 'Ana Silva', exact: true }).click();

    await expect(people.row('Ana Silva')).toBeVisible();
    await expect(people.search).toBeFocused();
    await page.goto(`/accounts/${enterprise}/users?q=zzzz&plan=Pro`);
    await page.getByRole('link', { name: 'Clear search' }).click();
    await expect(page).toHaveURL(/users\?plan=Pro$/);
    await page.goto(`/accounts/${enterprise}/users?plan=Gold`);
    await expect(page.getByText('Nobody matches these filters.')).toBeVisible();
    await page.getByRole('link', { name: 'Clear filters' }).last().click();
    await expect(people.row('Ana Silva').or(page.getByText('1–50 of')).first()).toBeVisible();
  });

  test('a failed load keeps the rows and offers to try again', async ({ page, comeIn, axe }, testInfo) => {
    await comeIn('helpdesk');
    const people = peopleOn(page);
    await people.go();
    await people.search.fill('silva');
    await expect(page.getByText(/ matching “silva”$/)).toBeVisible();
    await page.route('**/api/accounts/*/users?*', (route) => route.abort());
    await people.search.fill('ana');
    await expect(page.getByText('The list could not be loaded. You see the last version.')).toBeVisible();
    await expect(page.getByText(/ matching “silva”$/)).toBeVisible();
    await expect(people.row('Ana Silva')).toBeVisible();
    await pictures(axe, testInfo)(page, 'failed load');

    await page.unroute('**/api/accounts/*/users?*');
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByText('The list could not be loaded.')).toHaveCount(0);
  });

  test('old people are called old, and a refresh tells how far it is', async ({
    page,
    comeIn,
    stack,
    chime,
    axe,
  }, testInfo) => {
    await comeIn('helpdesk');
    await stack.killWorker();
    await sql`
      update accounts set complete_as_of = clock_timestamp() - interval '18 minutes',
        sync_touched_at = clock_timestamp() - interval '18 minutes'`.execute(stack.db);
    await peopleOn(page).go();
    await expect(page.getByText(/As of \d\d:\d\d \(18 minutes ago\)/)).toBeVisible();
    await pictures(axe, testInfo)(page, 'stale');

    await chime.delay('ListUsers', 2_500, { count: 0 });
    await page.getByRole('button', { name: 'Refresh' }).click();
    await stack.startWorker();

    await expect(page.getByText(/Updating from Chime: 200 of about 500/)).toBeVisible();
    await pictures(axe, testInfo)(page, 'refreshing');
    await chime.clear();
    await expect(page.getByText(/^as of \d\d:\d\d$/)).toBeVisible();
    await expect(page.getByRole('button', { name: 'Refresh' })).toBeVisible();
  });

  test('the first listing: a skeleton, then what is there already, then everybody, by itself', async ({
    page,
    comeIn,
    stack,
    chime,
    axe,
  }, testInfo) => {
    test.slow();
    await comeIn('helpdesk');
    await stack.killWorker();
    await forgetPeople(stack, null);
    await page.goto(`/accounts/${enterprise}/users`);
    await expect(page.getByText('Loading people…')).toBeVisible();
    await pictures(axe, testInfo)(page, 'loading');

    await chime.delay('ListUsers', 9_500, { count: 0 });
    await stack.startWorker();
    await expect(page.getByText(/Still loading/)).toBeVisible();
    await pictures(axe, testInfo)(page, 'still loading', [looks[2], looks[0]]);
    await chime.clear();
    await chime.delay('ListUsers', 6_000, { count: 0 });
    await expect(page.getByText('Showing 200 people so far. Search finds only these for now.')).toBeVisible();
    await expect(page.getByRole('row')).toHaveCount(51);
    await pictures(axe, testInfo)(page, 'partial');

    await chime.clear();
    await expect(page.getByText('500 people')).toBeVisible();
    await expect(page.getByText(/1–50 of 500/)).toBeVisible();
  });

  test('an account without people is no empty search', async ({ page, comeIn, stack, axe }, testInfo) => {
    await comeIn('helpdesk');
    await stack.killWorker();
    await forgetPeople(stack, new Date());
    await page.goto(`/accounts/${enterprise}/users`);
    await expect(page.getByText('No people in this account yet.')).toBeVisible();
    await pictures(axe, testInfo)(page, 'nobody yet');
  });
});

/** As if the account had been listed with nobody in it, or never. */
async function forgetPeople({ db }: Stack, listed: Date | null) {
  await db.transaction().execute(async (trx) => {
    await sql`delete from users where account_id = ${enterprise}`.execute(trx);
    await sql`
      update accounts set complete_as_of = ${listed}, sync_started_at = null, listing_started_at = null
      where id = ${enterprise}`.execute(trx);
  });
}

test.describe('what others do', () => {
  test('is seen in another browser within a moment, numbers included, and the row at hand does not move', async ({
    page,
    comeIn,
    elsewhere,
  }) => {
    await comeIn('helpdesk');
    const people = peopleOn(page);
    const listening = page.waitForResponse(/\/events/);
    await page.goto(`/accounts/${enterprise}/users?plan=Basic`);
    await listening;
    const basic = await peopleOnPlan(page, 'Basic');
    const [first] = await people.some(1, ['Basic']);
    const name = first?.name ?? '';
    const theirs = await elsewhere('admin');
    await peopleOn(theirs).go(name);

    await peopleOn(theirs).choose(name, 'Pro');

    await expect(people.plan(name)).toHaveCount(0);
    await expect(plans(page).getByRole('link', { name: /^Basic\b/ })).toHaveText(new RegExp(`${basic - 1}$`));

    const second = (await people.some(1, ['Basic']))[0]?.name ?? '';
    await people.plan(second).focus();
    await peopleOn(theirs).go(second);
    await peopleOn(theirs).choose(second, 'Pro');
    await expect(people.row(second)).toContainText('No longer in this filter');
    await expect(people.plan(second)).toHaveText('Pro');
    await expect(people.plan(second)).toBeFocused();
    await theirs.context().close();
  });

  test('in Chime itself arrives with the next listing, as made outside Carillon', async ({
    page,
    comeIn,
    stack,
    chime,
  }) => {
    await comeIn('helpdesk');
    const people = peopleOn(page);
    const listening = page.waitForResponse(/\/events/);
    await people.go('ana silva');
    await listening;
    const ana = await page
      .locator('tr[data-person]')
      .filter({ hasText: 'Ana Silva' })
      .first()
      .getAttribute('data-person');
    await chime.changeOutside(enterprise, ana ?? '', { LicenseType: 'Pro' });

    await stack.refreshMirror();

    await expect(people.plan('Ana Silva')).toHaveText('Pro');
    await expect(people.row('Ana Silva')).toContainText('outside Carillon');
    await page.getByRole('link', { name: /^Changed outside Carillon 1$/ }).click();
    await expect(people.row('Ana Silva')).toBeVisible();
  });

  test('is not asked for while nobody looks, and caught up on coming back', async ({ page, comeIn, elsewhere }) => {
    await comeIn('helpdesk');
    const people = peopleOn(page);
    const listening = page.waitForResponse(/\/events/);
    await people.go('ana silva');
    await listening;
    const ended = page.waitForEvent('requestfailed', (request) => request.url().includes('/events'));
    await hide(page, true);
    await ended;
    const theirs = await elsewhere('admin');
    await peopleOn(theirs).go('ana silva');
    await peopleOn(theirs).choose('Ana Silva', 'Pro');
    await expect(peopleOn(theirs).row('Ana Silva')).toContainText('Saved');
    await theirs.context().close();

    await hide(page, false);

    await expect(people.plan('Ana Silva')).toHaveText('Pro');
  });
});

/** Tells the page that its tab is hidden, as a browser does. */
const hide = (page: Page, isHidden: boolean) =>
  page.evaluate((hidden) => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
    document.dispatchEvent(new Event('visibilitychange'));
  }, isHidden);
