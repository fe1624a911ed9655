import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('.', import.meta.url));
const tests = globSync('{lib,local-chime,testing,components,app,scripts}/**/*.test.ts', { cwd: root });

/** What tests do to things that all modules of their process share. */
const changesItsProcess =
  /\bvi\.(?:mock|hoisted|resetModules|useFakeTimers|setSystemTime|spyOn|stub)|\bglobalThis\.|\bprocess\.env\.\w+ = |\bdelete process\.env|\bassign\(process\.env\b|\bregisterHooks\(|\bspeak\(|\bopenOps\(|\bopenTraces\(|\bmeasured\./;
const alone = tests.filter((file) => changesItsProcess.test(readFileSync(`${root}${file}`, 'utf8')));

const resolve = { alias: { '@': root.replace(/\/$/, '') } };
const shared = {
  env: {
    LOG_LEVEL: 'error', // what is still being confirmed when a test takes its database away is only a warning
    AUDIT_KEY: 'a-key-for-tests-only-of-enough-bytes',
  },
  // For a busy machine: no test asserts a time of the clock.
  testTimeout: process.env.CAMPAIGN ? 7_200_000 : 60_000,
  hookTimeout: 120_000,
};

export default defineConfig({
  test: {
    globalSetup: ['testing/postgres.ts'],
    maxWorkers: '100%', // one fewer than there are cores unless told, which is a single one of two
    projects: [
      // Files that run one after another in a process, which loads what they import once.
      {
        resolve,
        test: { ...shared, name: 'together', isolate: false, include: tests.filter((file) => !alone.includes(file)) },
      },
      { resolve, test: { ...shared, name: 'alone', include: alone } },
    ],
  },
});
