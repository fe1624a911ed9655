import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import { ChimeClient, GetUserCommand, ListUsersCommand, UpdateUserCommand } from '@aws-sdk/client-chime';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ChimeControl } from './faults/control-client.ts';
import { exampleAccounts } from './people/organisation.ts';

const main = fileURLToPath(new URL('main.ts', import.meta.url));
const { enterprise: AccountId } = exampleAccounts;
const keys = {
  LOCAL_CHIME_ACCESS_KEY_ID: 'AKIDMAIN',
  LOCAL_CHIME_SECRET_ACCESS_KEY: 'a-secret-for-this-test',
  LOCAL_CHIME_CONTROL_TOKEN: 'a-token-for-this-test',
};

let folder: string;
let data: string;
let running: ChildProcess[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'main-'));
  data = join(folder, 'data', 'chime.sqlite');
});
afterEach(async () => {
  for (const child of running) await end(child, 'SIGKILL');
  running = [];
  await rm(folder, { recursive: true });
});

function launch(args: string[], environment: Record<string, string> = keys): ChildProcess {
  const { PATH, NODE_COMPILE_CACHE } = process.env;
  const child = spawn(process.execPath, [main, '--data', data, '--port', '0', '--control-port', '0', ...args], {
    cwd: folder,
    env: { NODE_ENV: 'test', PATH, NODE_COMPILE_CACHE, ...environment },
  });
  running.push(child);
  return child;
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  }
  return child.exitCode;
}

/** Waits for the line that says where it listens. */
async function start(args: string[] = [], environment: Record<string, string> = keys) {
  const child = launch(args, environment);
  const lines: string[] = [];
  if (!child.stdout) throw new Error('No output to read');
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    const [, endpoint, control] = /^Local Chime listens on (\S+) \(control on (\S+)\)/.exec(line) ?? [];
    if (endpoint && control) return { child, lines, endpoint, control };
  }
  throw new Error(`It ended without listening: ${lines.join(' / ')}`);
}

/** Runs it to its end. */
async function outcome(args: string[]) {
  const child = launch(args);
  const output: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => output.push(chunk));
  await once(child, 'close');
  return { code: child.exitCode, output: Buffer.concat(output).toString() };
}

function clientOf(endpoint: string, found: Partial<typeof keys> = keys) {
  const { LOCAL_CHIME_ACCESS_KEY_ID: accessKeyId = '', LOCAL_CHIME_SECRET_ACCESS_KEY: secretAccessKey = '' } = found;
  return new ChimeClient({
    endpoint,
    region: 'us-east-1',
    maxAttempts: 1,
    credentials: { accessKeyId, secretAccessKey },
  });
}

test('it creates its organisation once, and keeps what was changed in it', async () => {
  const first = await start(['--users', '20']);
  const { Users = [] } = await clientOf(first.endpoint).send(new ListUsersCommand({ AccountId }));
  const ana = Users.find((user) => user.DisplayName === 'Ana Silva');
  await clientOf(first.endpoint).send(new UpdateUserCommand({ AccountId, UserId: ana?.UserId, LicenseType: 'Pro' }));
  expect(await end(first.child, 'SIGTERM')).toBe(0);

  const second = await start();

  expect(first.lines[0]).toContain('Creating the example organisation of 380 people');
  expect(second.lines).toHaveLength(1);
  const { User } = await clientOf(second.endpoint).send(new GetUserCommand({ AccountId, UserId: ana?.UserId }));
  expect(User?.LicenseType).toBe('Pro');
});

test('every update it answered is there after it was killed in the middle of them', async () => {
  const killed = await start(['--users', '200']);
  const client = clientOf(killed.endpoint);
  const { Users = [] } = await client.send(new ListUsersCommand({ AccountId, MaxResults: 200 }));
  const answered: { requestId: string | undefined; userId: string | undefined; to: string }[] = [];
  const updateUntilKilled = async (first: number) => {
    for (let index = first; ; index += 16) {
      const { UserId } = Users[index % Users.length] ?? {};
      const LicenseType = index % 3 === 0 ? 'Basic' : 'Pro';
      const { $metadata } = await client.send(new UpdateUserCommand({ AccountId, UserId, LicenseType }));
      answered.push({ requestId: $metadata.requestId, userId: UserId, to: LicenseType });
      if (answered.length === 300) killed.child.kill('SIGKILL');
    }
  };
  await Promise.allSettled(Array.from({ length: 16 }, (_, first) => updateUntilKilled(first)));
  await end(killed.child, 'SIGKILL');

  const again = await start();

  const journal = await new ChimeControl(again.control, keys.LOCAL_CHIME_CONTROL_TOKEN).journal();
  const written = new Map(journal.map(({ requestId, userId, to }) => [requestId, { requestId, userId, to }]));
  expect(answered.length).toBeGreaterThanOrEqual(300);
  expect(answered.map(({ requestId }) => written.get(requestId ?? ''))).toEqual(answered);
  const { Users: after = [] } = await clientOf(again.endpoint).send(
    new ListUsersCommand({ AccountId, MaxResults: 200 }),
  );
  const last = new Map(journal.map(({ userId, to }) => [userId, to]));
  const wrong = after.filter(({ UserId = '', LicenseType }) => last.has(UserId) && last.get(UserId) !== LicenseType);
  expect(wrong).toEqual([]);
});

test('a page token goes on after a restart', async () => {
  const first = await start(['--users', '20']);
  const page = await clientOf(first.endpoint).send(new ListUsersCommand({ AccountId, MaxResults: 15 }));
  await end(first.child, 'SIGINT');

  const second = await start();

  const { Users } = await clientOf(second.endpoint).send(
    new ListUsersCommand({ AccountId, NextToken: page.NextToken }),
  );
  expect(Users).toHaveLength(5);
});

test('a second one on the same file is told who has it', async () => {
  await start(['--users', '20']);

  const { code, output } = await outcome([]);

  expect(code).toBe(1);
  expect(output).toBe(`Local Chime: ${data} cannot be opened: Another Local Chime has this file open.\n`);
});

test.each(['SIGTERM', 'SIGINT'] as const)(
  '%s, also twice at once, lets it answer what is in flight, and ends it',
  async (signal) => {
    const { child, endpoint, control } = await start(['--users', '20']);
    const chimeControl = new ChimeControl(control, keys.LOCAL_CHIME_CONTROL_TOKEN);
    await chimeControl.delay('ListUsers', 400);
    const listing = clientOf(endpoint).send(new ListUsersCommand({ AccountId }));
    await expect.poll(() => chimeControl.calls()).toMatchObject([{ operation: 'ListUsers', status: null }]);

    child.kill(signal);
    const code = await end(child, signal);

    expect((await listing).Users).toHaveLength(20);
    expect(code).toBe(0);
  },
);

test.each([
  [['--users', '30'], '--users 20 --seed 1'],
  [['--seed', '2'], '--users 20 --seed 1'],
])('data made to another measure than %j is refused, and --reset makes it anew', async (other, found) => {
  const first = await start(['--users', '20']);
  await end(first.child, 'SIGTERM');

  const refused = await outcome(other);
  const reset = await start([...other, '--reset']);

  expect(refused.code).toBe(1);
  expect(refused.output).toContain(`was made with ${found}; add --reset`);
  expect(reset.lines[0]).toContain('Creating the example organisation');
});

test.each([
  ['API', '--port'],
  ['control', '--control-port'],
])('a taken port is told as the %s port, with its number, before anything is created', async (name, option) => {
  const squatter = createServer().listen(0, '127.0.0.1');
  await once(squatter, 'listening');
  const address = squatter.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;

  const { code, output } = await outcome([option, `${port}`]);

  squatter.close();
  expect(code).toBe(1);
  expect(output).toBe(`Local Chime: The ${name} port ${port} is already in use on 127.0.0.1\n`);
});

test.each([
  [['--users', '1000001'], '--users must be a whole number from 0 to 1000000'],
  [['--port', 'x'], '--port must be a whole number from 0 to 65535'],
  [['--nonsense'], "Unknown option '--nonsense'"],
])('the arguments %j are refused in one line', async (args, reason) => {
  const { code, output } = await outcome(args);

  expect(code).toBe(1);
  expect(output).toContain(reason);
  expect(output.trim().split('\n')).toHaveLength(1);
});

test('keys that the environment does not set are made once, kept for the owner only, and used again', async () => {
  const first = await start(['--users', '0'], {});
  const kept = parseEnv(await readFile(`${data}.keys`, 'utf8'));
  await end(first.child, 'SIGTERM');

  const second = await start([], {});

  expect((await stat(`${data}.keys`)).mode & 0o777).toBe(0o600);
  expect(first.lines.at(-1)).toContain(`${data}.keys`);
  await clientOf(second.endpoint, kept).send(new ListUsersCommand({ AccountId }));
  expect(parseEnv(await readFile(`${data}.keys`, 'utf8'))).toEqual(kept);
  await new ChimeControl(second.control, kept.LOCAL_CHIME_CONTROL_TOKEN ?? '').health();
});

test('--help tells how to point the AWS CLI at it, with an example of each operation', async () => {
  const { code, output } = await outcome(['--help', '--port', '4620']);

  expect(code).toBe(0);
  expect(output).toContain(`${data}.keys`);
  expect(output).toContain('. ./.carillon/keys.env');
  for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_DEFAULT_REGION', 'AWS_ENDPOINT_URL_CHIME']) {
    expect(output).toContain(name);
  }
  for (const command of [
    'list-accounts',
    'get-account',
    'list-users',
    'get-user',
    'update-user',
    'batch-update-user',
  ]) {
    expect(output).toContain(`aws chime --endpoint-url http://127.0.0.1:4620 ${command}`);
  }
});
