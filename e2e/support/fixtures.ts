import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type BrowserContext, test as base, expect, type Page } from '@playwright/test';
import type { Role } from '../../lib/operators/roles.ts';
import type { ChimeControl } from '../../local-chime/faults/control-client.ts';
import { type Stack, startStack } from '../../testing/stack.ts';
import { arrive } from './door.ts';
import { signInOn } from './sign-in-page.ts';

type Fixtures = {
  /** Signs the page's operator in, and waits for the people of the first account. */
  signIn: (role: Role) => Promise<void>;
  /** Gives the page's browser a session, for a test that is not about signing in; the test opens a page itself. */
  comeIn: (role: Role) => Promise<void>;
  /** A page of another browser, with a session of its own. */
  elsewhere: (role: Role) => Promise<Page>;
  /** Steers Local Chime: faults, throttling, changes from outside. */
  chime: ChimeControl;
  /** Fails on any accessibility violation of a page. */
  axe: (page: Page) => Promise<void>;
  /** `test.use({ keepsState: true })`: the test goes on with what the one before it left. */
  keepsState: boolean;
  cleanSlate: undefined;
  logsOfFailure: undefined;
};

/** Each Playwright worker has a product of its own, so that a test may kill any part of it. */
export const test = base.extend<Fixtures, { stack: Stack; people: number }>({
  people: [500, { option: true, scope: 'worker' }],
  stack: [
    async ({ people }, use) => {
      const stack = await startStack({ users: people });
      await use(stack);
      await stack.stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  baseURL: ({ stack }, use) => use(stack.url),
  keepsState: [false, { option: true }],
  cleanSlate: [
    async ({ stack, keepsState }, use) => {
      await Promise.all([stack.startChime(), stack.startWorker(), stack.startWeb()]);
      if (!keepsState) await stack.reset();
      await use(undefined);
    },
    { auto: true },
  ],
  logsOfFailure: [
    async ({ stack }, use, testInfo) => {
      await use(undefined);
      if (testInfo.status === testInfo.expectedStatus) return;
      await testInfo.attach('logs', { body: stack.lastLogs(), contentType: 'text/plain' });
    },
    { auto: true },
  ],
  // Nothing that a page does is ever stopped by its own Content-Security-Policy.
  context: async ({ context }, use) => {
    const broken: string[] = [];
    context.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) broken.push(message.text());
    });
    await use(context);
    expect(broken).toEqual([]);
  },
  chime: ({ stack }, use) => use(stack.chime.control),
  signIn: ({ page, stack }, use) => use((role) => signInOn(page).arriveAs(stack.operators[role])),
  comeIn: ({ context, stack }, use) => use((role) => arrive(context, stack, role)),
  elsewhere: async ({ browser, stack }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (role) => {
      const context = await browser.newContext({ baseURL: stack.url });
      contexts.push(context);
      await arrive(context, stack, role);
      return context.newPage();
    });
    await Promise.all(contexts.map((context) => context.close()));
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures that are needed from this pattern
  axe: ({}, use) => use(expectAccessible),
});

export { expect };

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

declare global {
  interface Window {
    axe?: typeof import('axe-core');
  }
}

async function expectAccessible(page: Page) {
  if (await page.evaluate(() => window.axe === undefined)) await page.evaluate(axe); // reading it takes longer than using it
  const found = await page.evaluate(async () => {
    // What is shown of a violation is the element itself: a selector for each one looked at would be for nothing.
    const results = await window.axe?.run(document, { resultTypes: ['violations'], selectors: false });
    return results?.violations.map(
      ({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map((node) => node.html).join('\n  ')}`,
    );
  });
  expect(found).toEqual([]);
}
