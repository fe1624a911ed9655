import { join } from 'node:path';
import base from '../../playwright.config.ts';
import { root } from '../../scripts/bootstrap.mjs';

/** Pictures of the running product: those of the README, and a gallery of every page for the eye. */
export default {
  ...base,
  testDir: join(root, 'e2e', 'pictures'),
  globalSetup: join(root, 'e2e', 'global-setup.ts'),
  outputDir: join(root, '.carillon', 'reports', 'pictures'),
  workers: 1,
  timeout: 600_000,
  projects: [
    { name: 'readme', testMatch: 'readme.ts' },
    { name: 'gallery', testMatch: 'gallery.ts' },
  ],
};
