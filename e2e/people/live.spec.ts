import type { Browser, Page, Request } from '@playwright/test';
import { awayHeader } from '../../lib/away.ts';
import type { Stack } from '../../testing/stack.ts';
import { account, callAction, personCalled, signedIn } from '../support/door.ts';
import { expect, test } from '../support/evidence.ts';
import { peopleOn } from '../support/people-page.ts';
import { picture } from '../support/picture.ts';
import { signInOn } from '../support/sign-in-page.ts';

const ana = 'Ana Silva';

/** Server-sent events as they come in, name and value, until it is closed. */
async function listen({ url }: Pick<Stack, 'url'>, cookie: string, headers: Record<string, string> = {}) {
  const closing = new AbortController();
  const response = await fetch(`${url}/api/accounts/${account}/events`, {
    headers: { cookie, ...headers },
    signal: closing.signal,
  });
  const events: { id: string; name: string; value: unknown }[] = [];
  const over = read(response, events).catch(() => undefined);
  return {
    response,
    events,
    /** Resolves when the server has ended it, or the connection is gone. */
    over,
    async heard(name: string, fits: (value: unknown) => boolean = () => true) {
      await expect.poll(() => events.some((event) => event.name === name && fits(event.value))).toBe(true);
    },
    close: () => closing.abort(),
  };
}

async function read(response: Response, events: { id: string; name: string; value: unknown }[]) {
  let text = '';
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk;
    const parts = text.split('\n\n');
    text = parts.pop() ?? '';
    for (const part of parts) {
      const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(part)?.[1];
      const name = field('event');
      if (name) events.push({ id: field('id') ?? '', name, value: JSON.parse(field('data') ?? 'null') });
    }
  }
}

const names = (userId: string) => (value: unknown) => JSON.stringify(value).includes(userId);

async function anaTo(stack: Stack, to: 'Basic' | 'Pro') {
  const { id: userId, license: from } = await personCalled(stack, ana);
  return { accountId: account, choices: [{ userId, from, to }] };
}

test('a change made through one web instance is heard at another', async ({ stack }) => {
  const another = { url: await stack.startAnotherWeb() };
  const { cookie } = await signedIn(stack, 'viewer');
  const helpdesk = await signedIn(stack, 'helpdesk');
  const ear = await listen(another, cookie);
  await ear.heard('hello');

  await callAction(stack, 'changeLicenses', await anaTo(stack, 'Pro'), helpdesk);

  await ear.heard('changed', names((await personCalled(stack, ana)).id));
  expect(ear.response.headers.get('content-type')).toContain('text/event-stream');
  ear.close();
});

test('a page that was away hears on coming back whether anything was missed', async ({ stack }) => {
  const { cookie } = await signedIn(stack, 'viewer');
  const helpdesk = await signedIn(stack, 'helpdesk');
  const ear = await listen(stack, cookie);
  await ear.heard('hello');
  const lastId = ear.events.at(-1)?.id ?? '';
  ear.close();
  await callAction(stack, 'changeLicenses', await anaTo(stack, 'Pro'), helpdesk);

  const back = await listen(stack, cookie, { 'last-event-id': lastId });

  await back.heard('hello', (value) => JSON.stringify(value) === '{"missed":true}');
  back.close();
});

test('who has been signed out hears nothing more', async ({ stack }) => {
  const viewer = await signedIn(stack, 'viewer');
  const ear = await listen(stack, viewer.cookie);
  await ear.heard('hello');

  await callAction(stack, 'signOut', '[]', viewer);

  await ear.over;
});

/** The people page of an operator in a browser of their own. */
async function openPeople(browser: Browser, url: string, { operators }: Stack, role: 'helpdesk' | 'admin') {
  const page = await (await browser.newContext({ baseURL: url })).newPage();
  await signInOn(page).arriveAs(operators[role]);
  return page;
}

/** Nothing here was loaded anew since. */
async function markDocument(page: Page) {
  await page.evaluate(() => document.documentElement.setAttribute('data-same', 'yes'));
  return async () => expect(page.locator('html')).toHaveAttribute('data-same', 'yes');
}

test('two operators at two web instances see each other’s changes and counts without loading anything', async ({
  stack,
  browser,
}, testInfo) => {
  const here = await openPeople(browser, stack.url, stack, 'helpdesk');
  const there = await openPeople(browser, await stack.startAnotherWeb(), stack, 'admin');
  const mine = peopleOn(here);
  const theirs = peopleOn(there);
  await mine.go('ana silva');
  await theirs.go('ana silva');
  const expectSame = await markDocument(there);
  await expect(theirs.plan(ana)).toHaveText('Basic');
  await expect(
    there
      .getByRole('link', { name: /^Pro 0$/ })
      .or(there.getByRole('link', { name: /^Pro\b/ }))
      .first(),
  ).toBeVisible();

  await mine.choose(ana, 'Pro');

  await expect(theirs.plan(ana)).toHaveText('Pro');
  await expect(theirs.row(ana)).toContainText('Dana Reyes');
  await expect(there.getByRole('link', { name: /^Pro 1$/ }).first()).toBeVisible();
  await expectSame();
  await picture(there, testInfo.outputPath('theirs.png'));
});

/** Requests of a page that are on their way and keep the session alive; the stream of events never does. */
function attendedRequests(page: Page): Set<Request> {
  const requests = new Set<Request>();
  page.on('request', (request) => {
    const isStream = request.url().includes('/events');
    if (!isStream && !(awayHeader in request.headers())) requests.add(request);
  });
  page.on('requestfinished', (request) => requests.delete(request));
  page.on('requestfailed', (request) => requests.delete(request));
  return requests;
}

test('a page that keeps reading while nobody is there keeps no session alive; a touch does', async ({
  page,
  stack,
  signIn,
}) => {
  await page.clock.install();
  await signIn('viewer');
  const attended = attendedRequests(page);
  await peopleOn(page).go('ana');
  await page.clock.fastForward(70_000); // from here on nobody is there
  await expect.poll(() => attended.size).toBe(0); // nor is anything on its way that was asked for before
  const longAgo = new Date(Date.now() - 20 * 60_000);
  const session = () =>
    stack.db.selectFrom('sessions').where('revoked_at', 'is', null).where('operator_id', '=', 'example-viewer');
  await stack.db
    .updateTable('sessions')
    .set({ seen_at: longAgo })
    .where('operator_id', '=', 'example-viewer')
    .execute();
  const seen = async () => {
    const { seen_at } = await session().select('seen_at').orderBy('created_at', 'desc').executeTakeFirstOrThrow();
    return seen_at.getTime();
  };

  const byItself = page.waitForResponse(/\/api\/accounts\/[^/]+\/users\?/);
  await page.clock.fastForward(130_000);
  expect((await byItself).status()).toBe(200);
  expect(await seen()).toBe(longAgo.getTime());

  const asked = page.waitForResponse(/\/users\?q=ana\+silva/);
  await page.keyboard.press('End');
  await peopleOn(page).search.fill('ana silva');
  expect((await asked).status()).toBe(200);
  await expect.poll(seen).toBeGreaterThan(longAgo.getTime());
});

test('a change made outside is seen at the next sync, in the row, the history and the audit', async ({
  page,
  comeIn,
  stack,
  chime,
  axe,
}, testInfo) => {
  await comeIn('helpdesk');
  const people = peopleOn(page);
  await people.go('ana silva');
  const expectSame = await markDocument(page);
  const { id } = await personCalled(stack, ana);

  await chime.changeOutside(account, id, { LicenseType: 'Pro' });
  await stack.refreshMirror();

  await expect(people.plan(ana)).toHaveText('Pro');
  await expect(people.row(ana)).toContainText('outside');
  await expectSame();
  await page.getByRole('button', { name: `Plan history of ${ana}` }).click();
  const history = page.getByRole('dialog');
  await expect(history).toContainText('Ana Silva was changed outside Carillon, from Basic to Pro.');
  await expect(history).toContainText(/Between \d+ \w+ 20\d\d, \d\d:\d\d:\d\d.* and .*\d\d:\d\d:\d\d/);
  await axe(page);
  await picture(page, testInfo.outputPath('history.png'));
  await page.goto(`/accounts/${account}/audit`);
  await expect(page.getByRole('row').filter({ hasText: 'was changed outside Carillon' }).first()).toContainText(
    'Noticed',
  );
  await axe(page);
  await picture(page, testInfo.outputPath('audit.png'));
});
