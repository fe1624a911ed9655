import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './bootstrap.mjs';

/** The tests that go round for as long as they are told, each for hundreds of rounds; names narrow them. */
const named = process.argv.slice(2);
const thatGoRound = (folder: string, ending: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending))
    .map((file) => join(folder, file))
    .filter((file) => readFileSync(join(root, file), 'utf8').includes('testing/campaign.ts'))
    .filter((file) => named.length === 0 || named.some((name) => file.includes(name)));
const [files, specs] = [thatGoRound('lib', '.test.ts'), thatGoRound('e2e', '.spec.ts')];

if (files.length + specs.length === 0) throw new Error(`No test that goes round is called ${named.join(' or ')}`);
process.exitCode = 0;
if (files.length > 0) await run('vitest', ['run', ...files]);
if (specs.length > 0) await run('playwright', ['test', ...specs]);
// By name it is about those tests alone.
if (named.length === 0) await import('./checks/mutate-guards.ts');

/** Runs one of the tools in node_modules; where it fails, so does the campaign. */
async function run(tool: string, args: string[]): Promise<void> {
  const child = spawn(join(root, 'node_modules', '.bin', tool), args, {
    cwd: root,
    env: { ...process.env, CAMPAIGN: '1' },
    stdio: 'inherit',
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => child.kill(signal));
  const [code] = await once(child, 'exit');
  if (code !== 0) process.exitCode = code ?? 1;
}
