import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';

export type Count = { passed: number; failed: number; skipped: number };

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
});

/** A file that fails before its first test counts as one failure. */
export function countVitest(file: string): Count {
  const report = vitestReport.parse(JSON.parse(readFileSync(file, 'utf8')));
  const broken = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  const { numPassedTests, numFailedTests, numPendingTests } = report;
  return { passed: numPassedTests, failed: numFailedTests + broken.length, skipped: numPendingTests };
}

const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
  errors: z.array(z.unknown()),
});

/** A test that passed only at a second try counts as failed. */
export function countPlaywright(file: string): Count {
  const { stats, errors } = playwrightReport.parse(JSON.parse(readFileSync(file, 'utf8')));
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length, skipped: stats.skipped };
}

/** What a suite's exit code and its report say together: nothing passes without a report, nothing fails without a failure. */
export function judge(exitCode: number, file: string, count: (file: string) => Count): Count {
  if (!existsSync(file)) return { passed: 0, failed: 1, skipped: 0 };
  const counted = count(file);
  return exitCode === 0 ? counted : { ...counted, failed: Math.max(1, counted.failed) };
}

export function total(counts: Count[]): Count {
  const sum = (pick: (count: Count) => number) => counts.reduce((so, count) => so + pick(count), 0);
  return { passed: sum((it) => it.passed), failed: sum((it) => it.failed), skipped: sum((it) => it.skipped) };
}
