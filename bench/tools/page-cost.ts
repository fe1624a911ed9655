/** What a page costs at its first load in a real Chromium: its scripts, and when its largest part is painted. */
import { gzipSync } from 'node:zlib';
import type { Browser, Response } from '@playwright/test';
import type { App } from './app.ts';
import { openQuietly, signedIn } from './browser.ts';

export const kb = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;

/** Every script that a page loads, packed as well as gzip can: those its HTML names, those it fetches until it rests, and those once it is used. */
export async function scriptBytes(browser: Browser, app: App, cookies: string, path: string) {
  const context = await signedIn(browser, app, cookies);
  const page = await context.newPage();
  const answers: Response[] = [];
  page.on('response', (response) => answers.push(response));
  const document = await openQuietly(page, path);
  const html = (await document?.text()) ?? '';
  const isNamed = (script: Response) => html.includes(`src="${new URL(script.url()).pathname}`);
  const atRest = answers.filter(isScript);
  const requests = answers.length;
  await page.mouse.move(100, 100);
  await page.waitForTimeout(2_000); // a page that rests already tells nothing more of when it rests again
  const bytes = {
    first: await packed(atRest.filter(isNamed)),
    after: await packed(atRest.filter((script) => !isNamed(script))),
    inUse: await packed(answers.filter(isScript).slice(atRest.length)),
    sent: await sum(answers.filter((one) => isScript(one) || isStyle(one)).map(sentBytes)),
    requests,
  };
  await context.close();
  return bytes;
}

const isScript = (response: Response) => response.request().resourceType() === 'script';
const isStyle = (response: Response) => response.request().resourceType() === 'stylesheet';
const sum = async (sizes: Promise<number>[]) => (await Promise.all(sizes)).reduce((all, size) => all + size, 0);
const packed = (scripts: Response[]) =>
  sum(scripts.map(async (script) => gzipSync(await script.body(), { level: 9 }).length));
const sentBytes = async (response: Response) => (await response.request().sizes()).responseBodySize;

/** Milliseconds until the largest paint, with nothing in the browser's cache. */
export async function largestPaint(browser: Browser, app: App, cookies: string, path: string): Promise<number> {
  const context = await signedIn(browser, app, cookies);
  const page = await context.newPage();
  await page.goto(path, { waitUntil: 'load' });
  const time = await page.evaluate(async () => {
    const { promise, resolve } = Promise.withResolvers<number>();
    const observer = new PerformanceObserver((list) => resolve(list.getEntries().at(-1)?.startTime ?? Number.NaN));
    observer.observe({ type: 'largest-contentful-paint', buffered: true });
    return promise;
  });
  await context.close();
  return time;
}
