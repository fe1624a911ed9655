/**
 * Runs the benchmarks, each in a process of its own: all of them, or the one named, with what follows its name: numbers of
 * people, or for the pace what to measure. Goes on after one that fails to run,
 * and then ends with 1; a missed goal is printed and is no failure.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const inOrder = [
  'local-chime',
  'one-change',
  'server-action',
  'aws-cli',
  'sync',
  'audit',
  'batch-start',
  'batches',
  'rest',
  'pace',
  'files',
  'first-load',
  'search',
  'counts',
  'trend',
  'trend-page',
  'ledger',
  'scrape',
  'users-page',
  'start-up',
  'logins',
  'revocation',
];

async function main(): Promise<void> {
  const [named, ...sizes] = process.argv.slice(2);
  if (named !== undefined && !inOrder.includes(named)) {
    throw new Error(`There is no benchmark ${named}: ${inOrder.join(', ')}`);
  }
  const failed: string[] = [];
  for (const name of named === undefined ? inOrder : [named]) {
    const file = fileURLToPath(new URL(`${name}.ts`, import.meta.url));
    if (!existsSync(file)) continue;
    console.log(`— ${name}`);
    if (!(await runsWell(file, sizes))) failed.push(name);
  }
  if (failed.length > 0) throw new Error(`Failed to run: ${failed.join(', ')}`);
}

async function runsWell(file: string, sizes: string[]): Promise<boolean> {
  const [code] = await once(spawn(process.execPath, [file, ...sizes], { stdio: 'inherit' }), 'exit');
  return code === 0;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
