/**
 * What the users page costs at its first load in a real Chromium, against an empty page of the same app: scripts (gzip),
 * largest contentful paint, and the slowest of what an operator does then (opening a list of plans and choosing).
 */
import type { Browser, Page } from '@playwright/test';
import { type App, withApp } from './tools/app.ts';
import { openQuietly, signedIn, withBrowser } from './tools/browser.ts';
import { interleave, series } from './tools/measure.ts';
import { kb, largestPaint, scriptBytes } from './tools/page-cost.ts';
import { printLine, printNote, printWithin } from './tools/report.ts';
import { signIn } from './tools/session.ts';

const goals = { scriptsKb: 155, withAfterKb: 175, paintMs: 500, interactionMs: 100 };
const changes = 40;

export async function run(): Promise<void> {
  await withApp(5_000, async (app) => {
    const cookies = await signIn(app);
    await withBrowser(async (browser) => {
      await measureScripts(browser, app, cookies);
      await measurePaint(browser, app, cookies);
      await measureInteractions(browser, app, cookies);
    });
  });
}

const emptyPage = '/bench/empty';
const usersPage = ({ accountId }: App) => `/accounts/${accountId}/users`;

async function measureScripts(browser: Browser, app: App, cookies: string): Promise<void> {
  const ours = await scriptBytes(browser, app, cookies, usersPage(app));
  const empty = await scriptBytes(browser, app, cookies, emptyPage);
  printLine({
    what: 'Users page, first-load JS (gzip -9)',
    ours: kb(ours.first),
    reference: `${kb(empty.first)} (an empty page)`,
    ratio: `${(ours.first / empty.first).toFixed(2)} (added ${kb(ours.first - empty.first)})`,
    goal: { text: `<= ${goals.scriptsKb} kB`, isReached: ours.first <= goals.scriptsKb * 1000 },
  });
  const [oursAll, emptyAll] = [ours.first + ours.after, empty.first + empty.after];
  printLine({
    what: 'Users page, with what it fetches by itself right after it',
    ours: kb(oursAll),
    reference: `${kb(emptyAll)} (an empty page)`,
    ratio: (oursAll / emptyAll).toFixed(2),
    goal: { text: `<= ${goals.withAfterKb} kB`, isReached: oursAll <= goals.withAfterKb * 1000 },
  });
  printNote(`… and when the operator begins, or 1.5 s later: ${kb(ours.inUse)}, the empty page ${kb(empty.inUse)}`);
  printNote(`Requests until then, all of them: ${ours.requests}, the empty page ${empty.requests}`);
  printNote(`Scripts and styles as they are sent: ${kb(ours.sent)}, the empty page ${kb(empty.sent)}`);
}

async function measurePaint(browser: Browser, app: App, cookies: string): Promise<void> {
  const ours = series(() => largestPaint(browser, app, cookies, usersPage(app)));
  const empty = series(() => largestPaint(browser, app, cookies, emptyPage));
  await interleave([ours, empty], { warmUp: 3, rounds: 20 });
  printWithin('Users page, largest contentful paint, cold cache', ours.times, empty.times, goals.paintMs);
}

async function measureInteractions(browser: Browser, app: App, cookies: string): Promise<void> {
  const context = await signedIn(browser, app, cookies);
  const page = await context.newPage();
  await openQuietly(page, usersPage(app));
  const controls = page.locator('tbody [role=combobox]');
  const ours = await interactionTimes(page, 2 * changes, async () => {
    for (let turn = 0; turn < changes; turn += 1) {
      await controls.nth(turn % 20).click();
      await page.locator('[role=option][aria-selected=false]:not([aria-disabled=true])').first().click();
      await page.waitForTimeout(100);
    }
  });
  await openQuietly(page, '/bench/action');
  const reference = await interactionTimes(page, changes, async () => {
    for (let turn = 0; turn < changes; turn += 1) {
      await page.getByRole('button').click();
      await page.waitForTimeout(100);
    }
  });
  await context.close();
  printWithin('Users page, interaction to next paint: open the list, choose', ours, reference, goals.interactionMs);
}

/**
 * How long each of so many interactions took until the next paint, by the browser's own Event Timing. It does not report
 * those below 16 ms, and rounds to 8: what it is silent about counts as 16.
 */
async function interactionTimes(page: Page, count: number, interact: () => Promise<void>): Promise<number[]> {
  const slowest = await page.evaluateHandle(() => {
    const durations = new Map<number, number>();
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        if (!(entry instanceof PerformanceEventTiming) || !entry.interactionId) continue;
        durations.set(entry.interactionId, Math.max(entry.duration, durations.get(entry.interactionId) ?? 0));
      }
    });
    const events = { type: 'event', buffered: false, durationThreshold: 16 };
    observer.observe(events);
    return durations;
  });
  await interact();
  const reported = await slowest.evaluate((durations) => [...durations.values()]);
  return [...reported, ...Array.from({ length: Math.max(0, count - reported.length) }, () => 16)];
}

if (import.meta.main) await run();
