import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './bootstrap.mjs';

/** The tests that go round for as long as they are told, each for hundreds of rounds; names narrow them. */
const named = process.argv.slice(2);
const files = readdirSync(join(root, 'lib'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.test.ts'))
  .map((file) => join('lib', file))
  .filter((file) => readFileSync(join(root, file), 'utf8').includes('testing/campaign.ts'))
  .filter((file) => named.length === 0 || named.some((name) => file.includes(name)));

if (files.length === 0) throw new Error(`No test that goes round is called ${named.join(' or ')}`);
const vitest = spawn(join(root, 'node_modules', '.bin', 'vitest'), ['run', ...files], {
  cwd: root,
  env: { ...process.env, CAMPAIGN: '1' },
  stdio: 'inherit',
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => vitest.kill(signal));
const [code] = await once(vitest, 'exit');
process.exitCode = code ?? 1;
// By name it is about those tests alone.
if (named.length === 0) await import('./checks/mutate-guards.ts');
