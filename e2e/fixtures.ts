import AxeBuilder from '@axe-core/playwright';
import { test as base, expect, type Page } from '@playwright/test';
import type { Role } from '../lib/auth/permissions.ts';
import type { ChimeControl } from '../lib/local-chime/control-client.ts';
import { type Stack, startStack } from '../lib/testing/stack.ts';

type Fixtures = {
  /** Signs the page's operator in, and waits for the people of the first account. */
  signIn: (role: Role) => Promise<void>;
  /** Steers Local Chime: faults, throttling, changes from outside. */
  chime: ChimeControl;
  /** Fails on any accessibility violation of a page. */
  axe: (page: Page) => Promise<void>;
  /** `test.use({ keepsState: true })`: the test goes on with what the one before it left. */
  keepsState: boolean;
  cleanSlate: undefined;
  logsOfFailure: undefined;
  heldPolicy: undefined;
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
  heldPolicy: [
    async ({ context }, use) => {
      const broken: string[] = [];
      context.on('console', (message) => {
        if (message.text().includes('Content Security Policy')) broken.push(message.text());
      });
      await use(undefined);
      expect(broken).toEqual([]);
    },
    { auto: true },
  ],
  chime: ({ stack }, use) => use(stack.chime.control),
  signIn: ({ page, stack }, use) => use((role) => signIn(page, stack, role)),
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures that are needed from this pattern
  axe: ({}, use) => use(expectAccessible),
});

export { expect };

async function signIn(page: Page, { operators }: Stack, role: Role) {
  const { username, password } = operators[role];
  await page.goto('/sign-in');
  await page.getByLabel('User name').fill(username);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { name: 'People' })).toBeVisible();
}

async function expectAccessible(page: Page) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.map(
    ({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map((node) => node.html).join('\n  ')}`,
  );
  expect(found).toEqual([]);
}
