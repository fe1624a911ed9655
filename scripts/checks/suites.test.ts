import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { countPlaywright, countVitest, judge, total } from './suites.ts';

let file: string;

beforeEach(async () => {
  file = join(await mkdtemp(join(tmpdir(), 'carillon-suites-')), 'report.json');
});

afterEach(() => rm(join(file, '..'), { recursive: true }));

const vitest = { numPassedTests: 5, numFailedTests: 1, numPendingTests: 2, testResults: [] };
const playwright = { stats: { expected: 4, unexpected: 1, flaky: 1, skipped: 3 }, errors: [] };

test("Vitest's tests are counted, and a file that broke before its first test is one failure", async () => {
  const testResults = [
    { status: 'passed', assertionResults: [{}] },
    { status: 'failed', assertionResults: [{}] },
    { status: 'failed', assertionResults: [] },
  ];
  await writeFile(file, JSON.stringify({ ...vitest, testResults }));

  expect(judge(1, file, countVitest)).toEqual({ passed: 5, failed: 2, skipped: 2 });
});

test("Playwright's tests are counted; one that needed luck is a failure, an error outside of tests too", async () => {
  await writeFile(file, JSON.stringify({ ...playwright, errors: [{ message: 'no server' }] }));

  expect(judge(1, file, countPlaywright)).toEqual({ passed: 4, failed: 3, skipped: 3 });
});

test('a suite that failed without a report, or without a failed test in it, is a failure', async () => {
  const withoutReport = judge(1, file, countVitest);
  await writeFile(file, JSON.stringify({ ...vitest, numFailedTests: 0 }));

  expect(withoutReport).toEqual({ passed: 0, failed: 1, skipped: 0 });
  expect(judge(1, file, countVitest)).toEqual({ passed: 5, failed: 1, skipped: 2 });
});

test('a suite that passed without a report is a failure: nothing shows that it ran', () => {
  expect(judge(0, file, countVitest)).toEqual({ passed: 0, failed: 1, skipped: 0 });
});

test('counts add up', () => {
  const counts = [
    { passed: 1, failed: 0, skipped: 2 },
    { passed: 2, failed: 1, skipped: 0 },
  ];

  expect(total(counts)).toEqual({ passed: 3, failed: 1, skipped: 2 });
});
