import AxeBuilder from '@axe-core/playwright';
import { test as base, type Cookie, expect, type Page } from '@playwright/test';
import type { Role } from '../lib/auth/permissions.ts';
import { sessionCookie } from '../lib/auth/session.ts';
import type { ChimeControl } from '../lib/local-chime/control-client.ts';
import { type Stack, startStack } from '../lib/testing/stack.ts';

type Fixtures = {
  /** Signs the page's operator in, and waits for the people of the first account. */
  signIn: (role: Role) => Promise<void>;
  /** The same for a test that is not about signing in: with the session of an earlier test, while it lasts. */
  comeIn: (role: Role) => Promise<void>;
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
export const test = base.extend<Fixtures, { stack: Stack; people: number; sessions: Map<Role, Cookie> }>({
  people: [500, { option: true, scope: 'worker' }],
  stack: [
    async ({ people }, use) => {
      const stack = await startStack({ users: people });
      await use(stack);
      await stack.stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures that are needed from this pattern
  sessions: [({}, use) => use(new Map()), { scope: 'worker' }],
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
  signIn: ({ page, stack }, use) => use((role) => signIn(page, stack, role)),
  comeIn: ({ page, stack, sessions }, use) => use((role) => comeIn(page, stack, sessions, role)),
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

async function comeIn(page: Page, stack: Stack, sessions: Map<Role, Cookie>, role: Role) {
  const session = sessions.get(role);
  if (session) await page.context().addCookies([session]);
  await page.goto('/');
  if (new URL(page.url()).pathname === '/sign-in') await signIn(page, stack, role);
  else await expect(page.getByRole('heading', { name: 'People' })).toBeVisible();
  const cookies = await page.context().cookies(stack.url);
  const current = cookies.find(({ name }) => name === sessionCookie(stack.url));
  if (current) sessions.set(role, current);
}

async function expectAccessible(page: Page) {
  const builder = new AxeBuilder({ page }).options({ resultTypes: ['violations'] }); // nobody reads what passed
  builder.setLegacyMode(); // otherwise each word of axe opens a page more; only frames of another origin would need it
  const { violations } = await builder.analyze();
  const found = violations.map(
    ({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map((node) => node.html).join('\n  ')}`,
  );
  expect(found).toEqual([]);
}
