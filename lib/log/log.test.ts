import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { factsForLog } from './log-facts.ts';

const hostile = [
  'Ana Silva',
  'ana.silva@nordwind.example',
  '{"level":30,"msg":"forged"}',
  'x\n{"level":30,"time":"2026-11-25T00:00:00.000Z","msg":"forged"}',
  'x\r\n\u2028forged',
  '\u001b[2Jgone',
  '    at Ana Silva (/etc/passwd:1:1)',
  'Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl',
  'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  'postgresql://carillon:s3cr3t-p4ssw0rd@db.example/carillon',
  '%s %o %j',
  '__proto__',
  '日本 花子',
];

/** Every call of the log in the source, by what it is given. */
function callsInSource(): { file: string; facts: string[] }[] {
  const files = ['lib', 'app', 'components'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file) && !file.includes('.test.') && !file.startsWith('log'))
      .map((file) => join(folder, file)),
  );
  return files.flatMap((file) => {
    const source = readFileSync(file, 'utf8');
    return [...source.matchAll(/\blog\.(?:trace|debug|info|warn|error|fatal)\(([^;]*?)\)[;,)\s]/gs)].map(
      ([, given = '']) => ({
        file,
        facts: [...(/^\{([^}]*)\}/.exec(given.trim())?.[1] ?? '').matchAll(/(\w+)(?::|,|\s*$)/g)].map(
          ([, name = '']) => name,
        ),
      }),
    );
  });
}

const run = promisify(execFile);

/** What a process of its own prints for these lines, each given a value in every fact that the source ever logs. */
async function printed(names: string[], values: string[]): Promise<string[]> {
  const script = `
    const { log } = await import(${JSON.stringify(join(process.cwd(), 'lib/log/log.ts'))});
    const { names, values } = JSON.parse(process.argv[1]);
    for (const value of values) {
      const cause = Object.assign(new TypeError(value), { detail: value, hint: value, input: value });
      const err = Object.assign(new Error(value, { cause }), { name: value, code: value, query: value, parameters: [value], [value]: value });
      log.error({ ...Object.fromEntries(names.map((name) => [name, value])), err, nested: { value }, list: [value] }, 'Hostile');
      log.error(err);
      log.error(err, 'Hostile', value);
      log.warn({ [value]: value }, 'Hostile');
    }`;
  const { stdout } = await run(
    process.execPath,
    ['--input-type=module', '-e', script, JSON.stringify({ names, values })],
    {
      env: { ...process.env, LOG_LEVEL: 'info' },
      maxBuffer: 64 << 20,
    },
  );
  return stdout.split('\n').slice(0, -1);
}

test('every call of the source logs one line of JSON, with nothing of what it was given but IDs, codes and counts', async () => {
  const calls = callsInSource();
  expect(calls.length).toBeGreaterThan(8);
  const names = [...new Set(calls.flatMap(({ facts }) => facts))].filter((name) => name !== 'complaint');
  expect(names).toContain('requestId');

  const lines = await printed(names, hostile);

  expect(lines).toHaveLength(hostile.length * 4);
  for (const line of lines) {
    expect(JSON.parse(line)).toMatchObject({ level: expect.any(Number), time: expect.any(String) });
    for (const value of hostile)
      if (value !== '__proto__') expect(line).not.toContain(JSON.stringify(value).slice(1, -1));
    for (const part of ['Ana', 'Silva', 'nordwind', 'forged', 's3cr3t', 'eyJ', '花子', 'passwd', '\u001b'])
      expect(line).not.toContain(part);
  }
});

test('what the framework prints by itself becomes one line each, without its words', async () => {
  const script = `
    const { sendConsoleToLog } = await import(${JSON.stringify(join(process.cwd(), 'lib/web/console-to-log.ts'))});
    sendConsoleToLog();
    console.error('⨯', new TypeError('Ana Silva'), { name: 'Ana' });
    console.warn('Ana\\nSilva');
    console.log('Ana');`;
  const { stdout, stderr } = await run(process.execPath, ['--input-type=module', '-e', script], {
    env: { ...process.env, LOG_LEVEL: 'info' },
  });

  const lines = stdout.trimEnd().split('\n');
  expect(stderr).toBe('');
  expect(stdout).not.toContain('Ana');
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { level: 40 },
    { level: 50, err: { type: 'TypeError' } },
  ]);
});

test('a fault of a request is one line, with the reference that the page shows and where it was, whoever tells of it first', async () => {
  const script = `
    const { sendConsoleToLog } = await import(${JSON.stringify(join(process.cwd(), 'lib/web/console-to-log.ts'))});
    const { logRequestFault } = await import(${JSON.stringify(join(process.cwd(), 'lib/log/request-faults.ts'))});
    sendConsoleToLog();
    const fault = Object.assign(new Error('about Ana'), { digest: '1234567890@E394' });
    const at = { method: 'GET', route: '/accounts/[accountId]/users', kind: 'render' };
    console.error('⨯', fault);
    logRequestFault(fault, at);
    logRequestFault(fault, at);
    logRequestFault(new TypeError('about Ben'), { ...at, route: '/accounts/Ana Silva' });
    logRequestFault('thrown', at);
    console.error(new RangeError('of the framework alone'));`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script], {
    env: { ...process.env, LOG_LEVEL: 'info' },
  });

  expect(stdout).not.toMatch(/Ana|Ben|thrown/);
  expect(
    stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toMatchObject([
    { reference: '1234567890', route: '/accounts/[accountId]/users', method: 'GET', kind: 'render' },
    { err: { type: 'TypeError' }, route: '[left out]' },
    { err: { type: 'Error' } },
    { err: { type: 'RangeError' }, msg: 'The web framework reports a fault' },
  ]);
});

test('what helps to find a fault is there: what it was, where, and the IDs of the request', async () => {
  const requestId = crypto.randomUUID();
  const err = Object.assign(new TypeError('about Ana'), {
    code: '42P01',
    constraint: 'changes_one_open',
    detail: 'Ana',
  });

  expect(factsForLog({ err, requestId, userId: 'ana', failure: 'no-answer', count: 3, accountId: 'a b' })).toEqual({
    err: {
      type: 'TypeError',
      code: '42P01',
      constraint: 'changes_one_open',
      at: expect.arrayContaining([expect.stringMatching(/log\.test\.ts:\d+:\d+$/)]),
    },
    requestId,
    userId: 'ana',
    failure: 'no-answer',
    count: 3,
    accountId: '[left out]',
  });
});

test('a place in the code cannot be forged by a message', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const message = `${text}\n    at forged (/srv/forged.ts:1:1)\n`;
      expect(JSON.stringify(factsForLog({ err: new Error(message) }))).not.toContain('forged');
    }),
  );
});
