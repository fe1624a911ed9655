import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Environment } from '../../scripts/processes/processes.ts';
import type { Version } from './versions.ts';

/** Runs a command of a version to its end; the answer is its exit code and what it said. Throws for a code that is not expected. */
export async function runNode(
  { folder }: Version,
  args: string[],
  settings: Environment,
  expected = [0],
): Promise<{ code: number; said: string }> {
  const env: NodeJS.ProcessEnv = Object.assign({ ...process.env }, { NODE_ENV: undefined }, settings);
  const child = spawn(process.execPath, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  }
  const [code] = await once(child, 'close');
  if (!expected.includes(code)) throw new Error(`node ${args.join(' ')} ended with ${code}:\n${said}`);
  return { code, said: said.trim() };
}
