import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root as repository } from './bootstrap.mjs';
import { nextCommand } from './processes/programs.ts';

const sources = [
  'app',
  'components',
  'lib',
  'public',
  'proxy.ts',
  'instrumentation.ts',
  'next.config.js',
  'tailwind.config.ts',
  'postcss.config.mjs',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
];

/** Whether the build in `.next` was made from other sources than those that are there now. */
export function isBuildStale(root: string): boolean {
  const record = recordOf(root);
  if (!existsSync(record) || !existsSync(join(root, '.next', 'BUILD_ID'))) return true;
  return readFileSync(record, 'utf8') !== hashSources(root);
}

/** Builds the web when its build is stale, telling everything on the terminal; throws when that fails. */
export async function provideBuild(root = repository): Promise<void> {
  if (!isBuildStale(root)) return;
  const hash = hashSources(root);
  const code = await new Promise((resolve) => {
    const env = { ...process.env, NODE_ENV: 'production' as const, NEXT_TELEMETRY_DISABLED: '1' };
    const build = spawn(process.execPath, [nextCommand, 'build'], {
      cwd: root,
      env,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    build.once('error', resolve);
    build.once('exit', resolve);
  });
  if (code !== 0) throw new Error(`The build failed (exit code ${code})`);
  recordBuild(root, hash);
}

/** Takes down what a build was made from: the hash from before the build, so that an edit during it makes it stale. */
export function recordBuild(root: string, hash: string) {
  writeFileSync(recordOf(root), hash);
}

export function hashSources(root: string): string {
  const hash = createHash('sha256');
  for (const file of sources.flatMap((source) => filesOf(root, source))) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

function recordOf(root: string) {
  return join(root, '.next', 'carillon-sources');
}

function filesOf(root: string, source: string): string[] {
  if (!existsSync(join(root, source))) return [];
  if (/\.\w+$/.test(source)) return [source];
  return readdirSync(join(root, source), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();
}
