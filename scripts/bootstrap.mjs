// Runs on Node 20, with built-ins only: it fetches what everything else needs.

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { basename, delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { say, step } from './steps.mjs';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const neededNode = [22, 18]; // the first that runs TypeScript by itself
const fetchedNode = '24';

const parent = process.ppid;

/**
 * Brings Node and the packages up to date, then hands over to a program that may use all of them.
 * @param {string} program its path from the root
 * @param {{ inProduction?: boolean }} [choices] whether it also runs where the packages of build and tests were left out
 */
export async function launch(program, { inProduction = false } = {}) {
  try {
    const node = await provideNode();
    await providePackages(node, inProduction);
    await handOver(node, program);
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}

/** @param {string} version such as "v20.20.2" */
export function isRecentEnough(version) {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  const [neededMajor = 0, neededMinor = 0] = neededNode;
  return major > neededMajor || (major === neededMajor && minor >= neededMinor);
}

async function provideNode() {
  if (isRecentEnough(process.version)) return process.execPath;
  const home = join(root, '.carillon', 'node');
  const node = join(home, 'node_modules', 'node', 'bin', 'node');
  if (existsSync(node)) return node;
  mkdirSync(join(root, '.carillon'), { recursive: true, mode: 0o700 });
  mkdirSync(home, { recursive: true });
  // The package fetches the binary for this machine in an install script, which newer npm runs only when told so.
  writeFileSync(join(home, 'package.json'), JSON.stringify({ private: true, allowScripts: { node: true } }));
  const name = `Fetching Node ${fetchedNode} into .carillon/node (this is ${process.version})`;
  await step(name, () => npm(['install', '--no-save', `node@${fetchedNode}`, ...quiet], home));
  if (!existsSync(node)) throw new Error(`Node ${fetchedNode} could not be fetched: install Node 24 and try again`);
  return node;
}

/** @param {string} node @param {boolean} inProduction */
async function providePackages(node, inProduction) {
  if (!needsInstall(root, inProduction)) return;
  const path = [dirname(node), process.env.PATH].join(delimiter);
  // An environment that says "production" would leave out the compiler, the style sheets and the tests.
  const args = ['ci', '--include=dev', '--include=optional', ...quiet];
  await step('Installing packages (npm ci)', () => npm(args, root, { ...process.env, PATH: path }));
  recordInstall(root);
}

const quiet = ['--no-audit', '--no-fund', '--no-progress', '--loglevel=error'];
const record = join('node_modules', '.carillon-lock');

/**
 * Whether what is installed is not what the lockfile says; in production, the packages of build and tests may be missing.
 * @param {string} folder @param {boolean} [inProduction]
 */
export function needsInstall(folder, inProduction = false) {
  if (!existsSync(join(folder, 'node_modules'))) return true;
  const file = join(folder, record);
  if (existsSync(file)) return readFileSync(file, 'utf8') !== lockHash(folder);
  if (isInstalledByHand(folder, false)) recordInstall(folder);
  else return !(inProduction && isInstalledByHand(folder, true));
  return false;
}

/** @param {string} folder */
export function recordInstall(folder) {
  writeFileSync(join(folder, record), lockHash(folder));
}

/** @param {string} folder */
function lockHash(folder) {
  return createHash('sha256')
    .update(readFileSync(join(folder, 'package-lock.json')))
    .digest('hex');
}

/**
 * npm leaves its own account of what it installed: enough to know that someone ran `npm ci` before us.
 * @param {string} folder @param {boolean} withoutDev
 */
function isInstalledByHand(folder, withoutDev) {
  const file = join(folder, 'node_modules', '.package-lock.json');
  if (!existsSync(file)) return false;
  const installed = JSON.parse(readFileSync(file, 'utf8')).packages;
  const wanted = Object.entries(JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')).packages);
  return wanted.every(([path, entry]) => {
    if (path === '' || installed[path]?.version === entry.version) return true;
    return !installed[path] && (entry.optional || (withoutDev && (entry.dev || entry.devOptional)));
  });
}

/**
 * @param {string[]} args @param {string} folder @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<void>}
 */
function npm(args, folder, env = process.env) {
  return new Promise((resolve, reject) => {
    const child = spawn('npm', args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
    child.once('error', () => reject(new Error('npm was not found: it comes with Node, see https://nodejs.org')));
    const stopPassing = passSignals(child);
    child.once('close', (code, signal) => {
      stopPassing();
      if (code === 0) resolve();
      else if (signal) reject(new Error('Interrupted.'));
      else reject(new Error(`npm ${args[0]} failed in ${folder}:\n${output.trim().split('\n').slice(-20).join('\n')}`));
    });
  });
}

/**
 * Runs the program with the right Node. The channel between the two tells the program when this process is killed.
 * @param {string} node @param {string} program
 * @returns {Promise<void>}
 */
function handOver(node, program) {
  const path = [dirname(node), process.env.PATH].join(delimiter);
  const child = spawn(node, [join(root, program), ...process.argv.slice(2)], {
    cwd: root,
    env: { ...process.env, PATH: path },
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  passSignals(child);
  endWithNpm(child);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      process.exitCode = code ?? 128 + constants.signals[signal ?? 'SIGTERM'];
      resolve();
    });
  });
}

/**
 * Ends the program when npm, or the shell that npm runs commands in, is gone without a word to us: killed, or a shell that
 * passes no signal on. Started by hand, the program may outlive the terminal.
 * @param {import('node:child_process').ChildProcess} child
 */
function endWithNpm(child) {
  const isByNpm = process.env.npm_lifecycle_script?.includes(basename(process.argv[1] ?? ''));
  if (!isByNpm) return;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    child.kill('SIGTERM');
  }, 500);
  watch.unref();
}

/** @param {import('node:child_process').ChildProcess} child */
function passSignals(child) {
  const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
  /** @param {NodeJS.Signals} signal */
  const pass = (signal) => child.kill(signal);
  for (const signal of signals) process.on(signal, pass);
  return () => {
    for (const signal of signals) process.off(signal, pass);
  };
}
