import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('.', import.meta.url)) } },
  test: {
    include: [
      'lib/**/*.test.ts',
      'local-chime/**/*.test.ts',
      'testing/**/*.test.ts',
      'components/**/*.test.ts',
      'app/**/*.test.ts',
      'scripts/**/*.test.ts',
    ],
    globalSetup: ['testing/postgres.ts'],
    maxWorkers: '100%', // one fewer than there are cores unless told, which is a single one of two
    // For a busy machine: no test asserts a time of the clock.
    env: {
      LOG_LEVEL: 'error', // what is still being confirmed when a test takes its database away is only a warning
      AUDIT_KEY: 'a-key-for-tests-only-of-enough-bytes',
    },
    testTimeout: process.env.CAMPAIGN ? 7_200_000 : 60_000,
    hookTimeout: 120_000,
  },
});
