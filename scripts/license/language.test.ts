import { execFile } from 'node:child_process';
import { expect, test, vi } from 'vitest';
import { pseudoTag } from '../../lib/locale.ts';

// Each starts a program, which takes a busy machine long.
vi.setConfig({ testTimeout: 120_000 });

type Run = { code: number; said: string };

function command(script: string, args: string[], language: string): Promise<Run> {
  const { PATH, NODE_COMPILE_CACHE } = process.env;
  const env = { PATH, NODE_COMPILE_CACHE, NODE_ENV: 'test' as const, CARILLON_HOME: '/nowhere', UI_LANGUAGE: language };
  return new Promise((resolve) => {
    execFile(process.execPath, [script, ...args], { env }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, said: stdout + stderr }),
    );
  });
}

/** What of a text is not between the marks of the pseudo-language. */
function outside(text: string): string {
  let depth = 0;
  let rest = '';
  for (const letter of text) {
    if (letter === '⟦') depth += 1;
    else if (letter === '⟧') depth -= 1;
    else if (depth === 0) rest += letter;
  }
  return rest.trim();
}

test.each([
  ['its usage', 'scripts/license.ts', ['--help'], 0],
  ['a command there is not', 'scripts/license.ts', ['sett'], 2],
  ['a word too many', 'scripts/license.ts', ['accounts', 'now'], 2],
  ['no batch', 'scripts/license.ts', ['status'], 2],
  ['an option there is not', 'scripts/license.ts', ['accounts', '--fast'], 2],
  ['an option twice', 'scripts/license.ts', ['set', '--to', 'Pro', '--to', 'Basic'], 2],
  ['no account', 'scripts/license.ts', ['set', '--everybody', '--to', 'Pro', '--yes'], 2],
  ['a plan there is not', 'scripts/license.ts', ['set', '--account', 'a', '--everybody', '--to', 'Gold', '--yes'], 2],
  ['the usage of the audit’s check', 'scripts/audit-verify.ts', ['--help'], 0],
])('the command line says %s in the language of the installation', async (_, script, args, code) => {
  const run = await command(script, args, pseudoTag);

  expect(run.said).toMatch(/⟦.+⟧/s);
  expect(outside(run.said)).toBe('');
  expect(run.code).toBe(code);
});

test('a language there is not is refused, by its name', async () => {
  expect(await command('scripts/license.ts', ['--help'], 'tlh')).toEqual({
    code: 5,
    said: 'Bad settings: UI_LANGUAGE: must be one of en-GB, ar-XB-u-nu-arab\n',
  });
});
