/**
 * The users page in a real Chromium with 100,000 people: first rows, keystroke to rows, sorting, and choosing a plan to
 * the paint that shows it. The reference is a bare page of the same app on the same server: it asks for the same rows,
 * draws them in a plain table with native selects, and does nothing else.
 *
 * Each time ends when the frame is painted that shows what was wanted, so it counts in frames of 16.7 ms.
 */
import type { Browser, Page } from '@playwright/test';
import { firstPage } from '../lib/search/filter.ts';
import { pageOfUsers } from '../lib/search/show-users.ts';
import { type App, withApp } from './tools/app.ts';
import { openQuietly, type Sight, signedIn, timeToPaint, withBrowser } from './tools/browser.ts';
import { interleave, series } from './tools/measure.ts';
import { printBeside } from './tools/report.ts';
import { searchesFor, sightOf } from './tools/searches.ts';
import { signIn } from './tools/session.ts';
import { backAndForth, type Turn } from './tools/turns.ts';

const people = 100_000;
/** How many times as long as on the bare page. */
const goals = { firstRows: 1.3, keystroke: 1.2, sort: 1.2, change: 1.15 };

export async function run(): Promise<void> {
  await withApp(people, async (app) => {
    const cookies = await signIn(app);
    await withBrowser(async (browser) => {
      await measureFirstRows(browser, app, cookies);
      // A profile each, so a window each: a tab in the background draws no frames.
      const [ours, bare] = [await signedIn(browser, app, cookies), await signedIn(browser, app, cookies)];
      const pages = { ours: await ours.newPage(), bare: await bare.newPage() };
      await openQuietly(pages.ours, oursAt(app));
      await openQuietly(pages.bare, bareAt(app));
      await measureSearch(app, pages);
      await measureSort(app, pages);
      await measureChange(app, pages);
    });
  });
}

type Pages = { ours: Page; bare: Page };

const oursAt = ({ accountId }: App) => `/accounts/${accountId}/users`;
const bareAt = ({ accountId }: App) => `/bench/bare/${accountId}`;

async function measureFirstRows(browser: Browser, app: App, cookies: string): Promise<void> {
  const ours = series(() => firstRows(browser, app, cookies, oursAt(app)));
  const bare = series(() => firstRows(browser, app, cookies, bareAt(app)));
  await interleave([ours, bare], { warmUp: 3, rounds: 20 });
  printBeside('Users page, first rows, cold cache', ours.times, bare.times, goals.firstRows);
}

async function firstRows(browser: Browser, app: App, cookies: string, path: string): Promise<number> {
  const context = await signedIn(browser, app, cookies);
  try {
    const page = await context.newPage();
    await page.addInitScript(markFirstRows);
    await page.goto(path);
    await page.waitForFunction(() => performance.getEntriesByName('first rows').length > 0);
    return await page.evaluate(() => performance.getEntriesByName('first rows')[0]?.startTime ?? Number.NaN);
  } finally {
    await context.close();
  }
}

/** Runs in the page, before anything of its own. */
function markFirstRows(): void {
  const look = () => {
    if (!document.querySelector('tbody tr[data-person]')) return requestAnimationFrame(look);
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => performance.mark('first rows');
    port2.postMessage(null);
  };
  look();
}

/** No search comes twice, so that no answer is in the page's cache before. */
async function measureSearch(app: App, pages: Pages): Promise<void> {
  const everyone = await sightOf(app, '', false);
  const searches = await searchesFor(app, 3, 60);
  const { ours, bare } = onBoth(pages, searches, async (page, { letters, sights }) => {
    await searchBox(page).focus();
    let time = 0;
    for (const [place, letter] of letters.entries()) {
      time = await timeToPaint(page, 'keydown', sights[place] ?? {}, () => page.keyboard.press(letter));
    }
    await search(page, '', everyone);
    return time;
  });
  await interleave([ours, bare], { warmUp: 10, rounds: 50 });
  printBeside('Users page, third keystroke of a search to rows', ours.times, bare.times, goals.keystroke);
}

async function measureSort(app: App, pages: Pages): Promise<void> {
  const searches = await searchesFor(app, 2, 35);
  const { ours, bare } = onBoth(pages, searches, async (page, { letters, shown, descending }) => {
    const name = page.locator('thead').getByRole('button', { name: 'Name', exact: true });
    await search(page, letters.join(''), shown);
    const time = await timeToPaint(page, 'click', descending, () => name.click());
    await timeToPaint(page, 'click', shown, () => name.click());
    return time;
  });
  await interleave([ours, bare], { warmUp: 5, rounds: 30 });
  const everyone = await sightOf(app, '', false);
  for (const page of [pages.ours, pages.bare]) await search(page, '', everyone);
  printBeside('Users page, sorting a search to rows', ours.times, bare.times, goals.sort);
}

const searchBox = (page: Page) => page.getByRole('textbox');

async function search(page: Page, text: string, sight: Sight): Promise<void> {
  await timeToPaint(page, 'input', sight, () => searchBox(page).fill(text));
}

async function measureChange(app: App, pages: Pages): Promise<void> {
  const { users } = await pageOfUsers(app.deps.db, app.accountId, firstPage);
  const turns = { ours: backAndForth(users), bare: backAndForth(users) };
  const ours = series(() => chooseOnOurs(pages.ours, turns.ours.next()));
  const bare = series(() => chooseOnBare(pages.bare, turns.bare.next()));
  await interleave([ours, bare], { warmUp: 10, rounds: 50 });
  printBeside('Users page, choosing a plan to the paint that shows it', ours.times, bare.times, goals.change);
}

async function chooseOnOurs(page: Page, { userId, to }: Turn): Promise<number> {
  await page.locator(`#plan-${userId}`).click();
  const option = page.getByRole('option', { name: new RegExp(`^${to}\\b`) });
  const time = await timeToPaint(page, 'click', { words: { id: `plan-${userId}`, text: to } }, () => option.click());
  await page.locator(`tr[data-person="${userId}"]:not([aria-busy])`).waitFor();
  return time;
}

function chooseOnBare(page: Page, { userId, to }: Turn): Promise<number> {
  const select = page.locator(`#choice-${userId}`);
  return timeToPaint(page, 'change', { words: { id: `shown-${userId}`, text: to } }, () => select.selectOption(to));
}

/** The same on both pages, each with every one of the items once. */
function onBoth<Item>({ ours, bare }: Pages, items: Item[], take: (page: Page, item: Item) => Promise<number>) {
  const on = (page: Page) => {
    const left = [...items];
    return series(() => {
      const item = left.shift();
      if (item === undefined) throw new Error('There are fewer items than rounds');
      return take(page, item);
    });
  };
  return { ours: on(ours), bare: on(bare) };
}

if (import.meta.main) await run();
