import { defineConfig } from '@playwright/test';
import { findChromium } from './scripts/tools.ts';

// Nothing that is not under test: without these, Chromium calls its maker at every start.
const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'];
const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

export default defineConfig({
  testDir: 'e2e',
  globalSetup: './e2e/global-setup.ts',
  outputDir: '.carillon/reports/e2e',
  workers: 2,
  retries: 0,
  timeout: 60_000,
  expect: {
    timeout: 15_000,
    toMatchAriaSnapshot: { children: 'deep-equal', pathTemplate: '{testDir}/structure/{arg}{ext}' },
  },
  forbidOnly: Boolean(process.env.CI),
  reporter: 'list',
  use: {
    browserName: 'chromium',
    viewport: { width: 1280, height: 800 },
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions: { executablePath: findChromium(), args: [...quiet, '--disable-quic', ...root] },
  },
});
