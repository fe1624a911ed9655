import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../bootstrap.mjs';
import { freePort } from '../processes/ports.ts';

/** What the three commands say to settings that are not good enough, each as a process of its own. */

type Settings = Record<string, string>;

const good: Settings = {
  DATABASE_URL: 'postgresql://127.0.0.1:1/none',
  CHIME_ENDPOINT: 'http://127.0.0.1:1',
  NEXTAUTH_SECRET: 'only-for-this-test-and-long-enough-for-it',
  AUDIT_KEY: 'another-one-for-this-test-and-long-enough',
  PUBLIC_URL: 'http://localhost:3000',
};
const oidc: Settings = {
  OIDC_ISSUER: 'https://login.nordwind.example',
  OIDC_CLIENT_ID: 'carillon',
  OIDC_CLIENT_SECRET: 'of the provider',
  ACCESS_FILE: 'good.json',
};
const accessFiles: Settings = {
  'good.json': '{"help": "Ask.", "groups": {"a": {"role": "admin", "accounts": "all"}}}',
  'half.json': '{"help": "Ask.",\n "groups": {"a": {"role": "admin"',
  'boss.json': '{"help": "Ask.",\n "groups": {\n  "a": {"role": "boss", "accounts": "all"}}}',
  'twice.json': '{"help": "Ask.",\n "groups": {"a": {"role": "admin", "accounts": "all"},\n  "a": {}}}',
};

type Refused = { what: string; settings: Settings; line: RegExp };

/** What every program refuses. */
const everywhere: Refused[] = [
  {
    what: 'a database of another kind',
    settings: { DATABASE_URL: 'mysql://localhost' },
    line: /DATABASE_URL: must be/,
  },
  {
    what: 'an endpoint that is no address',
    settings: { CHIME_ENDPOINT: 'localhost' },
    line: /CHIME_ENDPOINT: must be/,
  },
  {
    what: 'an endpoint on another machine without https',
    settings: { CHIME_ENDPOINT: 'http://chime.nordwind.example' },
    line: /CHIME_ENDPOINT: must be https unless it is this machine alone/,
  },
  { what: 'an account that cannot be', settings: { CHIME_ACCOUNTS: '../a' }, line: /CHIME_ACCOUNTS: must be account/ },
  {
    what: 'a public address that is none',
    settings: { PUBLIC_URL: 'carillon' },
    line: /PUBLIC_URL: must be an address/,
  },
  {
    what: 'a public address with a path',
    settings: { PUBLIC_URL: 'http://localhost:3000/desk' },
    line: /PUBLIC_URL: must be an origin alone/,
  },
  {
    what: 'an open door without a provider',
    settings: { PUBLIC_URL: 'https://carillon.example' },
    line: /PUBLIC_URL: needs OIDC_ISSUER/,
  },
  {
    what: 'an open door without https',
    settings: { ...oidc, PUBLIC_URL: 'http://carillon.example' },
    line: /PUBLIC_URL: must be https/,
  },
  { what: 'a port open to others', settings: { BIND_ADDRESS: '0.0.0.0' }, line: /BIND_ADDRESS: lets others in/ },
  { what: 'a short secret', settings: { NEXTAUTH_SECRET: 'short' }, line: /NEXTAUTH_SECRET: must have at least 32/ },
  {
    what: 'a secret from an example',
    settings: { NEXTAUTH_SECRET: 'changeme-changeme-changeme-changeme' },
    line: /NEXTAUTH_SECRET: is an example/,
  },
  {
    what: 'a secret of one letter',
    settings: { NEXTAUTH_SECRET: 'x'.repeat(64) },
    line: /NEXTAUTH_SECRET: is not ran/,
  },
  { what: 'a short audit key', settings: { AUDIT_KEY: 'short' }, line: /AUDIT_KEY: must have at least 32/ },
  {
    what: 'the same secret twice',
    settings: { AUDIT_KEY: good.NEXTAUTH_SECRET ?? '' },
    line: /AUDIT_KEY: must not be the same as NEXTAUTH_SECRET/,
  },
  {
    what: 'a previous secret that is the present one',
    settings: { NEXTAUTH_SECRET_PREVIOUS: good.NEXTAUTH_SECRET ?? '' },
    line: /NEXTAUTH_SECRET_PREVIOUS: must not be the same/,
  },
  {
    what: 'a file of a secret that is not there',
    settings: { NEXTAUTH_SECRET: '', NEXTAUTH_SECRET_FILE: '/no/such/file' },
    line: /NEXTAUTH_SECRET_FILE: cannot be read/,
  },
  { what: 'half a provider', settings: { ...oidc, OIDC_CLIENT_SECRET: '' }, line: /OIDC_CLIENT_SECRET: is missing: / },
  {
    what: 'a provider without https',
    settings: { ...oidc, OIDC_ISSUER: 'http://a.example' },
    line: /OIDC_ISSUER: must/,
  },
  {
    what: 'a provider without an access file',
    settings: { ...oidc, ACCESS_FILE: '' },
    line: /ACCESS_FILE: is missing: /,
  },
  {
    what: 'an access file without a provider',
    settings: { ACCESS_FILE: 'good.json' },
    line: /OIDC_ISSUER: is missing/,
  },
  { what: 'no access file in its place', settings: { ...oidc, ACCESS_FILE: 'none.json' }, line: /no such file$/ },
  {
    what: 'half an access file',
    settings: { ...oidc, ACCESS_FILE: 'half.json' },
    line: /half\.json: line 2: ends where/,
  },
  {
    what: 'an access file with a role there is not',
    settings: { ...oidc, ACCESS_FILE: 'boss.json' },
    line: /boss\.json: line 3: groups\.a\.role: Invalid option/,
  },
  {
    what: 'an access file that names a group twice',
    settings: { ...oidc, ACCESS_FILE: 'twice.json' },
    line: /twice\.json: line 3: "a" stands here a second time$/,
  },
  { what: 'a proxy that is not counted', settings: { TRUST_PROXY: 'yes' }, line: /TRUST_PROXY: must be how many/ },
  { what: 'a language there is not', settings: { UI_LANGUAGE: 'tlh' }, line: /UI_LANGUAGE: must be one of en-GB, / },
  { what: 'a log level there is not', settings: { LOG_LEVEL: 'loud' }, line: /LOG_LEVEL: must be one of/ },
  {
    what: 'an address taken from headers',
    settings: { AUTH_TRUST_HOST: '1' },
    line: /AUTH_TRUST_HOST: must not be set/,
  },
  {
    what: 'certificates that nobody checks',
    settings: { NODE_TLS_REJECT_UNAUTHORIZED: '0' },
    line: /NODE_TLS_REJECT_UNAUTHORIZED: must not be 0/,
  },
];

/** What `npm start` brings along where it is not set. */
const withoutHelp: Refused[] = [
  { what: 'no database', settings: { DATABASE_URL: '' }, line: /DATABASE_URL: is missing/ },
  { what: 'no secret', settings: { NEXTAUTH_SECRET: '' }, line: /NEXTAUTH_SECRET: is missing/ },
  { what: 'no audit key', settings: { AUDIT_KEY: '' }, line: /AUDIT_KEY: is missing/ },
];

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carillon-refusals-'));
  await chmod(folder, 0o711);
  for (const [name, text] of Object.entries(accessFiles)) await writeFile(join(folder, name), text);
});

afterAll(() => rm(folder, { recursive: true }));

/** Runs a program until it ends by itself. */
async function run(file: string, settings: Settings): Promise<{ code: number | null; lines: string[] }> {
  const access = settings.ACCESS_FILE ? { ACCESS_FILE: join(folder, settings.ACCESS_FILE) } : {};
  const { PATH, NODE_COMPILE_CACHE } = process.env;
  const child = spawn(process.execPath, [join(root, file)], {
    cwd: root,
    env: { NODE_ENV: 'production', PATH, NODE_COMPILE_CACHE, ...good, ...settings, ...access },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, lines: output.split('\n').filter((line) => line.trim() !== '') };
}

describe.each([
  ['npm run web', 'lib/web/main.ts'],
  ['npm run worker', 'lib/worker/main.ts'],
])('%s', (_, file) => {
  test.concurrent.each([...everywhere, ...withoutHelp])('is refused $what, in one line', async ({ settings, line }) => {
    const port = await freePort();
    // Whoever tried to open the port would fail at that, and say so instead.
    const occupant = createServer();
    await new Promise<void>((resolve) => occupant.listen(port, '127.0.0.1', resolve));

    const { code, lines } = await run(file, { PORT: String(port), ...settings });

    occupant.close();
    expect(lines).toEqual([expect.stringMatching(line)]);
    expect(code).toBe(1);
  });
});

test('npm run web is refused a port there is not', async () => {
  expect(await run('lib/web/main.ts', { PORT: '70000' })).toEqual({
    code: 1,
    lines: [expect.stringMatching(/PORT: must be a port/)],
  });
});

// By what it hands over to: the launcher itself would first install packages where the lockfile has changed.
describe('npm start', () => {
  test.concurrent.each(everywhere)(
    'is refused $what, in one line, and starts nothing',
    async ({ what, settings, line }) => {
      const home = join(folder, what.replaceAll(' ', '-'));
      const ports = { PORT: await freePort(), CHIME_PORT: await freePort(), CHIME_CONTROL_PORT: await freePort() };
      const numbers = Object.fromEntries(Object.entries(ports).map(([name, port]) => [name, String(port)]));

      const { code, lines } = await run('scripts/serve.ts', { CARILLON_HOME: home, ...numbers, ...settings });

      expect(lines.at(-1)).toMatch(line);
      expect(lines.filter((one) => /Bad settings|ACCESS_FILE/.test(one))).toHaveLength(1);
      expect(code).toBe(1);
      expect(existsSync(join(home, 'run.json'))).toBe(false);
    },
  );
});
