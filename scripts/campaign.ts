import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './bootstrap.mjs';

/** The tests that go round for as long as they are told, each for hundreds of rounds, and the programs of `campaign/`; names narrow both. */
const named = process.argv.slice(2);
const isNamed = (file: string) => named.length === 0 || named.some((name) => file.includes(name));
const thatGoRound = (folder: string, ending: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending))
    .map((file) => join(folder, file))
    .filter((file) => readFileSync(join(root, file), 'utf8').includes('testing/campaign.ts'))
    .filter(isNamed);
const [files, specs] = [thatGoRound('lib', '.test.ts'), thatGoRound('e2e', '.spec.ts')];
const programs = readdirSync(join(root, 'campaign'))
  .filter((file) => file.endsWith('.ts'))
  .map((file) => join('campaign', file))
  .filter(isNamed);

if (files.length + specs.length + programs.length === 0)
  throw new Error(`Nothing that goes round is called ${named.join(' or ')}`);
process.exitCode = 0;
if (files.length > 0) await run(bin('vitest'), ['run', ...files]);
if (specs.length > 0) await run(bin('playwright'), ['test', ...specs]);
for (const program of programs) await run(process.execPath, [program]);
// By name it is about those tests alone.
if (named.length === 0) await import('./checks/mutate-guards.ts');

function bin(tool: string): string {
  return join(root, 'node_modules', '.bin', tool);
}

/** Runs a command; where it fails, so does the campaign. */
async function run(command: string, args: string[]): Promise<void> {
  const child = spawn(command, args, {
    cwd: root,
    env: { ...process.env, CAMPAIGN: '1' },
    stdio: 'inherit',
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => child.kill(signal));
  const [code] = await once(child, 'exit');
  if (code !== 0) process.exitCode = code ?? 1;
}
