import { test as base } from './evidence.ts';
import { startOpenStack, startProvider, type TestProvider } from './provider.ts';

type Open = Awaited<ReturnType<typeof startOpenStack>>;

/** Tests at a product whose operators a provider knows, let in by these rules. */
export const openTest = (rules: object) =>
  base.extend<object, { provider: TestProvider; open: Open }>({
    provider: [
      // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures that are needed from this pattern
      async ({}, use) => {
        const provider = await startProvider();
        await use(provider);
        await provider.stop();
      },
      { scope: 'worker' },
    ],
    open: [
      async ({ provider }, use) => {
        const open = await startOpenStack(provider, rules);
        await use(open);
        await open.stop();
      },
      { scope: 'worker', timeout: 120_000 },
    ],
    stack: [({ open }, use) => use(open.stack), { scope: 'worker', timeout: 120_000 }],
  });
