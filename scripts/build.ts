import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashSources } from '../lib/web/source-hash.ts';
import { root as repository } from './bootstrap.mjs';
import { nextCommand } from './processes/programs.ts';

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

function recordOf(root: string) {
  return join(root, '.next', 'carillon-sources');
}
