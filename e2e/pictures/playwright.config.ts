import { join } from 'node:path';
import base from '../../playwright.config.ts';
import { root } from '../../scripts/bootstrap.mjs';

/** `npm run pictures`: draws the pictures of the README from the running product. */
export default {
  ...base,
  testDir: join(root, 'e2e', 'pictures'),
  globalSetup: join(root, 'e2e', 'global-setup.ts'),
  outputDir: join(root, '.carillon', 'reports', 'pictures'),
  testMatch: 'readme.ts',
  workers: 1,
  timeout: 240_000,
};
