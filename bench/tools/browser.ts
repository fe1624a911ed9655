import { type Browser, type BrowserContext, chromium, type Page, type Response } from '@playwright/test';
import { findChromium } from '../../scripts/tools.ts';
import type { App } from './app.ts';

/** Runs something in a real Chromium. */
export async function withBrowser(run: (browser: Browser) => Promise<void>): Promise<void> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('There is no Chromium: npm test installs one, or set CHROMIUM_PATH');
  // Nothing that is not measured: without these, Chromium calls its maker at every start.
  const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'];
  const browser = await chromium.launch({ executablePath, args: quiet, chromiumSandbox: process.getuid?.() !== 0 });
  try {
    await run(browser);
  } finally {
    await browser.close();
  }
}

/** A browser profile of its own, with an empty cache, that is signed in. */
export async function signedIn(browser: Browser, { url }: App, cookies: string): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, baseURL: url });
  const each = cookies.split('; ').map((cookie) => {
    const equals = cookie.indexOf('=');
    return { name: cookie.slice(0, equals), value: cookie.slice(equals + 1), url };
  });
  await context.addCookies(each);
  return context;
}

/**
 * Opens a page and waits until it has fetched what it fetches by itself. Playwright's own "network idle" never comes where a
 * page listens to a stream of events.
 */
export async function openQuietly(page: Page, path: string): Promise<Response | null> {
  const document = await page.goto(path, { waitUntil: 'load' });
  await page.waitForFunction(
    () => {
      const ends = performance.getEntriesByType('resource').map(({ startTime, duration }) => startTime + duration);
      return performance.now() - Math.max(0, ...ends) > 500;
    },
    undefined,
    { polling: 100 },
  );
  return document;
}

/** Something that is to be seen in the page: rows of people, and words in an element. */
export type Sight = { rows?: { first: string; count: number }; words?: { id: string; text: string } };

/**
 * Arms the page: milliseconds from the first event of this kind, by the browser's own stamp, until the frame is painted
 * in which the page shows this. Measured inside the page; what drives the browser does not count.
 */
export async function timeToPaint(
  page: Page,
  event: string,
  sight: Sight,
  act: () => Promise<unknown>,
): Promise<number> {
  const watch = await page.evaluateHandle(watchFor, { event, sight });
  await act();
  const time = await watch.evaluate(({ painted }) => painted);
  await watch.dispose();
  return time;
}

/** Runs in the page. */
function watchFor({ event, sight: { rows, words } }: { event: string; sight: Sight }): { painted: Promise<number> } {
  let began: number | undefined;
  addEventListener(event, ({ timeStamp }) => (began ??= timeStamp), { capture: true, once: true });

  const isShown = () => {
    const people = document.querySelectorAll<HTMLElement>('tbody tr[data-person]');
    if (rows && (people.length !== rows.count || people[0]?.dataset.person !== rows.first)) return false;
    return !words || document.getElementById(words.id)?.textContent?.trim() === words.text;
  };
  const { promise: painted, resolve, reject } = Promise.withResolvers<number>();
  const deadline = performance.now() + 15_000;
  const look = () => {
    if (began !== undefined && isShown()) afterThisFrame((now) => resolve(now - (began ?? now)));
    else if (performance.now() < deadline) requestAnimationFrame(look);
    else reject(new Error(`The page did not show ${JSON.stringify({ rows, words })} 15 s after ${event} at ${began}`));
  };
  const afterThisFrame = (run: (now: number) => void) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => run(performance.now());
    port2.postMessage(null);
  };
  requestAnimationFrame(look);
  return { painted };
}
