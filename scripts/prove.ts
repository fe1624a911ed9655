import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { constants } from 'node:os';
import { join, relative } from 'node:path';
import { hashSources } from '../lib/web/source-hash.ts';
import { root } from './bootstrap.mjs';
import { isBuildStale, recordBuild } from './build.ts';
import { type Count, countPlaywright, countVitest, judge, total } from './checks/suites.ts';
import { nextCommand } from './processes/programs.ts';
import { say, seconds, step } from './steps.mjs';
import { chromiumPackage, findAwsCli, findChromium, installDebianPackages } from './tools.ts';

/** Proves everything, in this order, and goes on after a failure so that all of them are seen. */
async function prove() {
  mkdirSync(reports, { recursive: true });
  const chromium = await provideTools();
  const counts: Count[] = [];

  counts.push(await check('Lint and format', 'biome', 'ci', ...(process.stdout.isTTY ? [] : ['--colors=off']), '.'));
  await run('Types of the routes', process.execPath, [nextCommand, 'typegen']);
  counts.push(await check('Types', 'tsc', '--noEmit'));
  counts.push(await check('Code, files and packages that nothing uses', 'knip'));
  counts.push(await suite('Unit and integration tests', 'vitest', ['run'], countVitest));
  const build = await buildWeb();
  counts.push(build);
  if (build.failed > 0) counts.push(skip('End-to-end tests', 'there is no build'));
  else if (!chromium) counts.push(skip('End-to-end tests', 'there is no Chromium'));
  else counts.push(await suite('End-to-end tests', 'playwright', ['test'], countPlaywright));

  const { passed, failed, skipped } = total(counts);
  say(`\n${skipped > 0 ? `${skipped} skipped; ` : ''}all in ${seconds(begun).trim()}`);
  say(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}

const plain = process.stdout.isTTY ? {} : { NO_COLOR: '1' };
const begun = performance.now();
const reports = join(root, '.carillon', 'reports');
/** For every suite and each program that its tests start: hundreds, which all would compile the same modules. */
const shared = {
  CI: 'true',
  NEXT_TELEMETRY_DISABLED: '1',
  NODE_COMPILE_CACHE: join(root, '.carillon', 'compile-cache'),
};

async function provideTools(): Promise<string | undefined> {
  const missing = [...(findChromium() ? [] : [chromiumPackage]), ...(findAwsCli() ? [] : ['awscli'])];
  if (missing.length > 0) {
    const name = `Installing ${missing.join(' and ')}`;
    const complaint = await step(name, async () => installDebianPackages(missing));
    if (complaint) say(`    Not there: ${missing.join(' and ')}; ${complaint}`);
  }
  return findChromium();
}

/** One of the tools in node_modules that only says yes or no. */
async function check(name: string, tool: string, ...args: string[]): Promise<Count> {
  const code = await run(name, bin(tool), args);
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
}

/** One that counts its tests: read from the report it leaves. */
async function suite(name: string, tool: 'vitest' | 'playwright', args: string[], count: (file: string) => Count) {
  const report = join(reports, `${tool}.json`);
  rmSync(report, { force: true });
  const reporters = {
    vitest: ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    playwright: ['--reporter=list,json'],
  };
  const code = await run(name, bin(tool), [...args, ...reporters[tool]], { PLAYWRIGHT_JSON_OUTPUT_FILE: report });
  return judge(code, report, count);
}

async function buildWeb(): Promise<Count> {
  if (!isBuildStale(root)) {
    say('\n— Build: fresh already');
    return { passed: 1, failed: 0, skipped: 0 };
  }
  const hash = hashSources(root);
  const code = await run('Build', process.execPath, [nextCommand, 'build']);
  if (code === 0) recordBuild(root, hash);
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
}

function skip(name: string, reason: string): Count {
  say(`\n— ${name}: not run, ${reason}`);
  return { passed: 0, failed: 1, skipped: 0 };
}

function bin(tool: string) {
  return join(root, 'node_modules', '.bin', tool);
}

let current: ChildProcess | undefined;

async function run(name: string, command: string, args: string[], env = {}): Promise<number> {
  say(`\n— ${name}: ${[relative(root, command) || command, ...args].join(' ')}`);
  const started = performance.now();
  const child = spawn(command, args, {
    cwd: root,
    env: { ...process.env, ...shared, ...plain, ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  current = child;
  const code = await new Promise<number>((resolve) => {
    child.once('error', () => resolve(127));
    child.once('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal ?? 'SIGTERM']));
  });
  current = undefined;
  say(`— ${name}: ${code === 0 ? 'passed' : `FAILED (exit code ${code})`} after ${seconds(started).trim()}`);
  return code;
}

// The suite is told to stop, cleans up after itself, and nothing further is begun.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    const child = current;
    if (!child) process.exit(128 + constants.signals[signal]);
    child.kill(signal);
    child.once('exit', () => process.exit(128 + constants.signals[signal]));
  });
}

await prove();
