import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import type { Operator } from '../lib/auth/store.ts';
import { showBatches } from '../lib/batches/show-batches.ts';
import { exportUsers } from '../lib/exports/export-users.ts';
import { firstPage } from '../lib/search/filter.ts';
import { makeToken, revokeToken } from '../lib/tokens/keep-tokens.ts';
import { listTokens } from '../lib/tokens/store.ts';
import { type BatchDesk, mona, otto, withBatches } from '../testing/batches.ts';
import { leaveSettings } from './left-settings.ts';

// Each test starts the command several times, which takes a busy machine long.
vi.setConfig({ testTimeout: 240_000 });

const operator: Operator = {
  id: mona.operatorId,
  name: mona.operatorName,
  role: 'admin',
  accounts: 'all',
  isForAll: true,
  groups: null,
};
const secrets = { NEXTAUTH_SECRET: 'only-for-this-test-and-long-enough-for-it' };

type Run = { code: number; stdout: string; stderr: string };

type Settings = Record<string, string>;
type Beside = {
  settings?: Settings;
  script?: string;
  interruptAt?: RegExp;
  hasWorker?: boolean;
  input?: string | Buffer;
  isDeaf?: boolean;
};

/** Runs the real command; `interruptAt`: Ctrl-C at that line of its own; `isDeaf`: nobody reads what it prints. */
function command(
  args: string[],
  { settings, script = 'scripts/license.ts', interruptAt, input, isDeaf }: Beside = {},
): Promise<Run> {
  const { PATH, AUDIT_KEY, NODE_COMPILE_CACHE } = process.env;
  const env = {
    PATH,
    AUDIT_KEY,
    NODE_COMPILE_CACHE,
    ...secrets,
    NODE_ENV: 'test' as const,
    CARILLON_HOME: '/nowhere',
    ...settings,
  };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [script, ...args], { env }, (error, stdout, stderr) => {
      const killed = Number.NaN;
      resolve({ code: error ? Number(error.code ?? killed) : 0, stdout, stderr });
    });
    if (isDeaf) child.stdout?.destroy();
    child.stdin?.end(input);
    if (interruptAt) child.stderr?.on('data', (said: string) => interruptAt.test(said) && child.kill('SIGINT'));
  });
}

/** The same at a desk, with a worker beside it that works until it ends. */
async function license(desk: BatchDesk, args: string[], token = '', beside: Beside = {}): Promise<Run> {
  const here = { DATABASE_URL: desk.databaseUrl, CHIME_ENDPOINT: desk.chimeService.endpoint, CARILLON_TOKEN: token };
  let isOver = false;
  const ended = command(args, { ...beside, settings: { ...here, ...beside.settings } }).finally(() => {
    isOver = true;
  });
  while (!isOver && beside.hasWorker !== false) {
    await desk.work();
    await pause(25); // a worker that looks all the time takes the command's share of the machine
  }
  return ended;
}

/** Who was changed to what, from Local Chime's journal. */
const touched = async (desk: BatchDesk) =>
  (await desk.control.journal()).map(({ userId, to }) => `${userId} ${to}`).sort();

const called = (UserId: string, PrimaryEmail: string, LicenseType = 'Basic') => ({
  UserId,
  DisplayName: UserId,
  PrimaryEmail,
  LicenseType,
});
const lookAlikes = [
  called('jose1', 'josé.peña@nordwind.example'),
  called('jose2', 'jose.pena@nordwind.example'),
  called('tara1', 'tara.wolf@nordwind.example'),
  called('tara2', 'Tara.Wolf@nordwind.example'),
  called('ana1', 'ana.silva@nordwind.example'),
  called('ben1', 'ben.okafor@nordwind.example'),
];

/** The batches that the token's holder sees in the list of batches. */
const listedBatches = async ({ db, accountId }: BatchDesk) => {
  const viewer = { id: operator.id, mayApprove: true };
  return (await showBatches(db, accountId, viewer, { withPreviews: true })).batches;
};

const tokenOf = (desk: BatchDesk) => makeToken(desk.db, operator, 'a test', randomUUID());
const setPro = (desk: BatchDesk, ...more: string[]) => ['set', '--account', desk.accountId, '--to', 'Pro', ...more];

const setA = ['set', '--account', 'a'];
const ending = (time: string) => [...setA, '--to', 'Pro', '--users', 'a1', '--dry-run', '--until', time];
const starting = (time: string) => [...setA, '--to', 'Pro', '--users', 'a1', '--dry-run', '--start', time];
const inDays = (days: number) => `${new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 16)}Z`;

describe.concurrent('npm run license', () => {
  test('shows with --dry-run who it would change, and changes nobody', () =>
    withBatches(async (desk) => {
      const users = 'p0001,p2@nordwind.example,nobody@nordwind.example';
      const run = await license(desk, setPro(desk, '--users', users, '--dry-run'), await tokenOf(desk));

      expect(run).toMatchObject({ code: 1, stderr: `Account: Nordwind Group (${desk.accountId})\n` });
      expect(run.stdout).toBe(
        [
          '2 people will change',
          '  Person 1 <p1@nordwind.example> Basic → Pro',
          '  Person 2 <p2@nordwind.example> Basic → Pro',
          '1 person not found',
          '  nobody@nordwind.example',
          'Nothing was changed.',
          '',
        ].join('\n'),
      );
      expect(await desk.control.journal()).toEqual([]);
      expect(await listedBatches(desk)).toEqual([]);
    }));

  test('lists everyone it would change, however many', () =>
    withBatches(async (desk) => {
      const run = await license(desk, setPro(desk, '--everybody', '--dry-run'), await tokenOf(desk));
      expect(run.code).toBe(0);
      expect(run.stdout).toContain('45 people will change\n');
      expect(run.stdout.match(/ {2}Person \d+ <p\d+@nordwind\.example> Basic → Pro\n/g)).toHaveLength(45);
    }));

  test('changes everyone with --yes, waits for the end, and is audited under the name of the token’s owner', () =>
    withBatches(async (desk) => {
      const args = setPro(desk, '--filter', 'plan=Basic', '--reason', 'Ticket 4711', '--yes', '--json');
      const run = await license(desk, args, await tokenOf(desk));

      expect(run.code).toBe(0);
      expect(run.stderr).toContain('45 changed, 0 failed, 0 not yet done');
      const { batch, people, address } = JSON.parse(run.stdout);
      expect(batch).toMatchObject({ state: 'done', changed: 45, reason: 'Ticket 4711' });
      expect(people).toHaveLength(45);
      expect(address).toContain(`/accounts/${desk.accountId}/batches/${batch.id}`);
      await desk.expectBooksToAgree(batch.id);
      expect((await desk.audit()).at(-1)?.operator?.name).toBe('Mona Brandt');
    }));

  test('ends with 1 when anyone failed, and says why', () =>
    withBatches(async (desk) => {
      await desk.control.failNext('BatchUpdateUser', 'ForbiddenException', { userId: 'p0001' });
      const args = setPro(desk, '--users', 'p0001,p0002', '--reason', 'Ticket', '--yes');
      const run = await license(desk, args, await tokenOf(desk));

      expect(run.code).toBe(1);
      expect(run.stdout).toContain('1 changed, 0 already on this plan, 1 failed.');
      expect(run.stdout).toContain(
        '  1 person: Amazon Chime does not allow it in this account\n    Person 1 <p1@nordwind.example> Basic → Pro\n',
      );
    }));

  test('does nothing with a file that has a line it cannot read, unless told to leave it out', () =>
    withBatches(async (desk) => {
      const folder = await mkdtemp(join(tmpdir(), 'carillon-license-'));
      try {
        const file = join(folder, 'people.csv');
        await writeFile(file, 'email,new license\np1@nordwind.example,Pro\nnot an address,Pro\n');
        const args = ['set', '--account', desk.accountId, '--csv', file, '--reason', 'Ticket', '--yes'];
        const token = await tokenOf(desk);

        const refused = await license(desk, args, token);
        expect(refused).toMatchObject({ code: 2, stdout: '' });
        expect(refused.stderr).toContain('Line 3: “not an address” is not an e-mail address.');
        expect(await desk.control.journal()).toEqual([]);

        const run = await license(desk, [...args, '--skip-complaints'], token);
        expect(run.code).toBe(1);
        expect(run.stdout).toContain(
          '1 changed, 0 already on this plan, 0 failed, 1 not readable.\n1 entry not readable\n',
        );
        expect(run.stdout).toContain('\n  line 3: not an address\n');
        expect(await touched(desk)).toEqual(['p0001 Pro']);
        const status = await license(desk, ['status', run.stdout.trim().split('\n').at(-1) ?? ''], token);
        expect(status).toEqual({ ...run, stderr: '' });
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    }));

  test('above the limits waits for a second admin, and says where', () =>
    withBatches(async (desk) => {
      for (let day = 0; day < 5; day += 1) {
        const id = await desk.prepare({ kind: 'people', userIds: ['p0044'] });
        await desk.db.updateTable('batches').set({ total: 1_000 }).where('id', '=', id).execute();
        await desk.submit(id);
      }
      const args = setPro(desk, '--users', 'p0001', '--reason', 'Ticket', '--yes');
      const run = await license(desk, args, await tokenOf(desk));
      expect(run.code).toBe(3);
      const address =
        /A second admin has to approve this change of \d+ (?:person|people): (\S+)/.exec(run.stderr)?.[1] ?? '';
      expect(await license(desk, ['status', address], await tokenOf(desk))).toMatchObject({ code: 3 });
      expect(await desk.licenseOf('p0001')).toBe('Basic');

      await desk.approve(address.split('/').at(-1) ?? '', otto);
      const end = await license(desk, ['status', address, '--wait'], await tokenOf(desk));
      expect(end.stdout).toContain('1 changed');
      expect(end.code).toBe(0);
      expect(await desk.licenseOf('p0001')).toBe('Pro');
    }));

  test('at Ctrl-C says that the batch continues and where; its status tells the rest', () =>
    withBatches(async (desk) => {
      const token = await tokenOf(desk);
      const args = setPro(desk, '--users', 'p0001,p0002', '--reason', 'Ticket', '--yes');
      const left = await license(desk, args, token, { interruptAt: /Checking current plans/, hasWorker: false });
      expect(left).toMatchObject({ code: 130, stdout: '' });
      const address = /The batch continues without you: (\S+)/.exec(left.stderr)?.[1] ?? '';

      const early = await license(desk, ['status', address, '--json'], token, { hasWorker: false });
      expect(early).toMatchObject({ code: 1, stderr: '' });
      expect(JSON.parse(early.stdout)).toMatchObject({ address, batch: { state: 'starting', left: 2 } });

      const end = await license(desk, ['status', address, '--wait'], token);
      expect(end).toMatchObject({ code: 0, stdout: `2 changed, 0 already on this plan, 0 failed.\n${address}\n` });
      expect(await desk.control.journal()).toHaveLength(2);
    }));

  test('has no rights in an account outside the scope of the token’s holder, and the audit has the attempt', () =>
    withBatches(async (desk) => {
      const folder = await mkdtemp(join(tmpdir(), 'carillon-license-'));
      try {
        const issuer = 'https://provider.example';
        const { enterprise, team } = desk.chimeService.accounts;
        const ACCESS_FILE = join(folder, 'access.json');
        const groups = {
          here: { role: 'admin', accounts: [enterprise] },
          elsewhere: { role: 'admin', accounts: [team] },
        };
        await writeFile(ACCESS_FILE, JSON.stringify({ help: 'Ask IT', groups }));
        const settings = { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: 'a', OIDC_CLIENT_SECRET: 'b', ACCESS_FILE };
        await desk.db.insertInto('operators').values({ id: 'lea', name: 'Lea', issuer, subject: 'lea' }).execute();
        const tokenIn = (group: string) =>
          makeToken(desk.db, { ...operator, id: 'lea', name: 'Lea', groups: [group] }, group, randomUUID());
        const args = setPro(desk, '--users', 'p0001', '--dry-run');

        expect(await license(desk, args, await tokenIn('here'), { settings })).toMatchObject({ code: 0 });
        const batchId = await desk.prepare();
        await desk.submit(batchId);
        const elsewhere = await tokenIn('elsewhere');
        const noRight = {
          code: 4,
          stdout: '',
          stderr: 'The owner of this token does not have permission to do this in this account.\n',
        };
        expect(await license(desk, args, elsewhere, { settings })).toEqual(noRight);
        expect((await desk.audit()).at(-1)).toMatchObject({ action: 'denied', operator: { name: 'Lea' } });
        expect(await license(desk, ['status', batchId], elsewhere, { settings })).toEqual(noRight);
        expect(await license(desk, ['status', randomUUID()], elsewhere, { settings })).toEqual(noRight);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    }));

  test('does nothing in an account that CHIME_ACCOUNTS does not name, and tells nothing of its batches', () =>
    withBatches(async (desk) => {
      const batchId = await desk.prepare();
      await desk.submit(batchId);
      const before = await desk.db.selectFrom('batches').select('id').execute();
      const beside = { settings: { CHIME_ACCOUNTS: desk.chimeService.accounts.team }, hasWorker: false };
      const token = await tokenOf(desk);
      const args = setPro(desk, '--users', 'p0001', '--reason', 'Ticket', '--yes');

      expect(await license(desk, args, token, beside)).toMatchObject({ code: 4, stdout: '' });
      expect(await license(desk, ['status', batchId], token, beside)).toMatchObject({ code: 4, stdout: '' });
      expect(await desk.db.selectFrom('batches').select('id').execute()).toEqual(before);
    }));

  test('takes the token from a file, and says so where there is none', () =>
    withBatches(async (desk) => {
      const folder = await mkdtemp(join(tmpdir(), 'carillon-license-'));
      try {
        await writeFile(join(folder, 'token'), `${await tokenOf(desk)}\n`);
        const withFile = (name: string) =>
          license(desk, setPro(desk, '--users', 'p0001', '--dry-run'), '', {
            settings: { INIT_CWD: folder, CARILLON_TOKEN_FILE: name },
          });

        expect(await withFile('token')).toMatchObject({ code: 0, stderr: expect.stringMatching(/^Account: .*\n$/) });
        expect(await withFile('none')).toMatchObject({ code: 4, stderr: 'There is no file none.\n' });
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    }));

  test('finds the installation of npm start by what that has left, as npm run license starts it', () =>
    withBatches(async (desk) => {
      const folder = await mkdtemp(join(tmpdir(), 'carillon-license-'));
      try {
        leaveSettings(folder, {
          ...secrets,
          DATABASE_URL: desk.databaseUrl,
          PUBLIC_URL: 'http://localhost:3999',
          BATCH_LIMITS: 'admin=1/1',
        });
        const args = setPro(desk, '--users', 'p0001,p0002', '--dry-run', '--json');
        const settings = { CARILLON_HOME: folder, DATABASE_URL: '', NEXTAUTH_SECRET: '' };
        const run = await license(desk, args, await tokenOf(desk), { settings, script: 'scripts/license.mjs' });

        expect(run).toMatchObject({ code: 0, stderr: expect.stringMatching(/^Account: .*\n$/) });
        const { address, batch } = JSON.parse(run.stdout);
        expect(address).toContain('http://localhost:3999/accounts/');
        expect(batch.needsApproval).toBe(true);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    }));

  test.each([
    ['an account that there is not', ['set', '--account', randomUUID(), '--to', 'Pro', '--users', 'a1', '--dry-run']],
    ['a batch that there is not', ['status', randomUUID()]],
    ['nobody', ['set', '--account', 'HERE', '--to', 'Pro', '--users', ' ', '--dry-run']],
  ])('calls %s a mistake', (_, args) =>
    withBatches(async (desk) => {
      const named = args.map((arg) => (arg === 'HERE' ? desk.accountId : arg));
      const run = await license(desk, named, await tokenOf(desk));
      expect(run).toMatchObject({ code: 2, stdout: '' });
      expect(run.stderr).toMatch(
        /^(There is no account “.*Nordwind Group.*|There is no batch .*|No e-mail or user ID .*)\n$/,
      );
    }),
  );

  test('lists the accounts that the token’s holder may see, with their IDs', () =>
    withBatches(async (desk) => {
      const token = await tokenOf(desk);
      const run = await license(desk, ['accounts'], token);
      expect(run).toMatchObject({ code: 0, stderr: '' });
      const line = run.stdout.split('\n').find((one) => one.startsWith(desk.accountId));
      expect(line?.trim().split(/ {2,}/)).toEqual([desk.accountId, 'Nordwind Group', 'Enterprise', 'Basic, Pro', '45']);

      const asJson = await license(desk, ['accounts', '--json'], token);
      expect(JSON.parse(asJson.stdout)).toContainEqual(
        expect.objectContaining({ id: desk.accountId, name: 'Nordwind Group', people: 45 }),
      );
    }));

  test('takes an account by its name, whatever its case, and asks for the ID where several have it', () =>
    withBatches(async (desk) => {
      const token = await tokenOf(desk);
      const { team } = desk.chimeService.accounts;
      const named = (name: string) => ['set', '--account', name, '--to', 'pro', '--users', 'p0001', '--dry-run'];
      const run = await license(desk, named('nordwind GROUP'), token);
      expect(run).toMatchObject({ code: 0, stderr: `Account: Nordwind Group (${desk.accountId})\n` });

      const unknown = await license(desk, named('Nordwind'), token);
      expect(unknown).toMatchObject({ code: 2, stdout: '' });
      expect(unknown.stderr).toMatch(
        /^There is no account “Nordwind”, or you have no access to it\. Accounts: .*Nordwind Group.*\n$/,
      );

      await desk.db.updateTable('accounts').set({ name: 'Nordwind group' }).where('id', '=', team).execute();
      const several = await license(desk, named('Nordwind Group'), token);
      expect(several).toMatchObject({ code: 2, stdout: '' });
      for (const id of [team, desk.accountId]) expect(several.stderr).toContain(`\n${id}  Nordwind `);
    }));

  test('does nothing with a list in which something names nobody, unless told to leave it out', () =>
    withBatches(async (desk) => {
      const token = await tokenOf(desk);
      const args = setPro(desk, '--users', 'p0001, Ana Silva, "Two, Person" <p2@nordwind.example>', '--dry-run');
      const refused = await license(desk, args, token);
      expect(refused).toMatchObject({ code: 2, stdout: '' });
      expect(refused.stderr).toBe(
        '--users: “Ana Silva” is neither an e-mail address nor a user ID.\nNothing was done. Fix this entry, or leave it out with --skip-complaints.\n',
      );
      const run = await license(desk, [...args, '--skip-complaints'], token);
      expect(run.code).toBe(1);
      expect(run.stdout).toContain('2 people will change\n');
    }));

  test.each([
    ['a misspelt filter', ['--filter', 'plna=Basic'], '“plna” is not a filter. Filters: q, plan,'],
    ['a filter of which a part is not known', ['--filter', 'plan=Basic&registered=Suspended'], '“registered” is not'],
    [
      'a value that there is not',
      ['--filter', 'plan=Gold'],
      '“Gold” is not a value of the filter “plan”. Values: Basic,',
    ],
    ['a filter that leaves nobody out', ['--filter', ''], '--everybody'],
  ])('chooses nobody by %s, and says what to type', (_, people, said) =>
    withBatches(async (desk) => {
      const run = await license(desk, setPro(desk, ...people, '--reason', 'Ticket', '--yes'), await tokenOf(desk));
      expect(run).toMatchObject({ code: 2, stdout: '' });
      expect(run.stderr).toContain(said);
      expect(await desk.db.selectFrom('batches').select('id').execute()).toEqual([]);
    }),
  );

  test('takes the values of a filter in any case, and says how it was understood', () =>
    withBatches(async (desk) => {
      const args = setPro(desk, '--filter', 'plan=basic&q=person+44', '--dry-run');
      const run = await license(desk, args, await tokenOf(desk));
      expect(run.code).toBe(0);
      expect(run.stderr).toContain('People: all matching “Plan: Basic” and “person 44”\n');
      expect(run.stdout).toContain('1 person will change\n  Person 44 ');
    }));

  test.each(['--csv', '--users'])('changes by %s the one alone of two who look alike whose address it is', (option) =>
    withBatches(async (desk) => {
      const address = 'José.Peña@nordwind.example';
      const input = option === '--csv' ? `email\n${address}\n` : '';
      const args = setPro(desk, option, input === '' ? address : '-', '--reason', 'Ticket', '--yes');
      const run = await license(desk, args, await tokenOf(desk), { input });
      expect(run.code).toBe(0);
      expect(await touched(desk)).toEqual(['jose1 Pro']);
    }, lookAlikes),
  );

  test('changes nobody by an address that only looks like theirs, or that several have, and shows everyone who may be meant', () =>
    withBatches(async (desk) => {
      const users = 'josè.pena@nordwind.example,TARA.WOLF@nordwind.example';
      const args = setPro(desk, '--users', users, '--reason', 'Ticket', '--yes');
      const run = await license(desk, args, await tokenOf(desk));
      expect(run.code).toBe(1);
      expect(run.stdout).toBe(
        [
          '2 entries not clear',
          '  josè.pena@nordwind.example: nobody has exactly this e-mail. If one of these is the right person, use the user ID:',
          '    jose1 <josé.peña@nordwind.example>, user ID jose1',
          '    jose2 <jose.pena@nordwind.example>, user ID jose2',
          '  TARA.WOLF@nordwind.example: several people have this e-mail. Use the user ID of the right person:',
          '    tara1 <tara.wolf@nordwind.example>, user ID tara1',
          '    tara2 <Tara.Wolf@nordwind.example>, user ID tara2',
          'Nothing was changed.',
          '',
        ].join('\n'),
      );
      expect(await touched(desk)).toEqual([]);
    }, lookAlikes));

  test('changes nobody by a line with the ID of one and the e-mail of another, nor by two lines that want different plans', () =>
    withBatches(async (desk) => {
      const input =
        'user id,email,new plan\nana1,ben.okafor@nordwind.example,Pro\n,jose.pena@nordwind.example,Pro\njose2,,Basic\ntara1,,Pro\n';
      const args = ['set', '--account', desk.accountId, '--csv', '-', '--reason', 'Ticket', '--yes'];
      const token = await tokenOf(desk);
      const run = await license(desk, args, token, { input });
      expect(run.code).toBe(1);
      expect(run.stdout.split('\n').slice(0, -2)).toEqual([
        '1 changed, 0 already on this plan, 0 failed, 3 not clear.',
        '3 entries not clear',
        '  line 2: ben.okafor@nordwind.example ana1: the user ID and the e-mail belong to different people. Use the user ID of the right person:',
        '    ana1 <ana.silva@nordwind.example>, user ID ana1',
        '    ben1 <ben.okafor@nordwind.example>, user ID ben1',
        '  line 3: jose.pena@nordwind.example: the same person is given another plan on line 4. Keep one of these lines:',
        '    jose2 <jose.pena@nordwind.example>, user ID jose2',
        '  line 4: jose2: the same person is given another plan on line 3. Keep one of these lines:',
        '    jose2 <jose.pena@nordwind.example>, user ID jose2',
      ]);
      expect(await touched(desk)).toEqual(['tara1 Pro']);

      const status = await license(desk, ['status', run.stdout.trim().split('\n').at(-1) ?? '', '--json'], token);
      expect(status.code).toBe(1);
      const unclear = JSON.parse(status.stdout).people.filter(({ part }: { part: string }) => part === 'unclear');
      expect(unclear).toMatchObject([
        { line: 2, unclear: { cause: 'contradiction', candidates: [{ id: 'ana1' }, { id: 'ben1' }] } },
        { line: 3, unclear: { cause: 'two-wishes', candidates: [{ id: 'jose2' }], lines: [4] } },
        { line: 4, unclear: { cause: 'two-wishes', candidates: [{ id: 'jose2' }], lines: [3] } },
      ]);
    }, lookAlikes));

  test('takes an ID and an e-mail in one list for two people, and loses neither', () =>
    withBatches(async (desk) => {
      const token = await tokenOf(desk);
      const both = await license(desk, setPro(desk, '--users', 'p0001,p2@nordwind.example', '--dry-run'), token);
      expect(both).toMatchObject({ code: 0, stdout: expect.stringContaining('2 people will change\n') });
      const one = await license(desk, setPro(desk, '--users', 'x99,p2@nordwind.example', '--dry-run'), token);
      expect(one).toMatchObject({ code: 1, stdout: expect.stringContaining('1 person not found\n  x99\n') });
    }));

  test('gives everyone in our own export the plan that is asked for, and ends with 0 only if all have it', () =>
    withBatches(
      async (desk) => {
        let input = '';
        for await (const piece of exportUsers(desk.deps, desk.accountId, firstPage)) input += piece;
        const args = ['set', '--account', desk.accountId, '--to', 'Basic', '--csv', '-', '--reason', 'Ticket', '--yes'];
        const token = await tokenOf(desk);
        await desk.control.failNext('BatchUpdateUser', 'ForbiddenException', { userId: 'ben1' });

        const some = await license(desk, args, token, { input });
        expect(some.code).toBe(1);
        expect(some.stdout).toContain('1 changed, 1 already on this plan, 1 failed.');
        expect(await touched(desk)).toEqual(['ana1 Basic']);

        const all = await license(desk, args, token, { input });
        expect(all.code).toBe(0);
        expect(all.stdout).toContain('1 changed, 2 already on this plan, 0 failed.');
        expect(await touched(desk)).toEqual(['ana1 Basic', 'ben1 Basic']);
        expect(desk.licenses()).toEqual(['Basic', 'Basic', 'Basic']);
      },
      [
        called('ana1', 'ana@nordwind.example', 'Pro'),
        called('ben1', 'ben@nordwind.example', 'Pro'),
        called('cleo1', 'cleo@nordwind.example'),
      ],
    ));

  test('takes from a file with current and target plans the target ones, and none of them where a plan is said', () =>
    withBatches(
      async (desk) => {
        const input =
          'Email,Current plan,Target plan\nana@nordwind.example,Basic,Pro\nben@nordwind.example,Pro,Basic\n';
        const set = ['set', '--account', desk.accountId, '--csv', '-', '--reason', 'Ticket', '--yes'];
        const token = await tokenOf(desk);

        expect(await license(desk, set, token, { input })).toMatchObject({ code: 0 });
        expect(await touched(desk)).toEqual(['ana1 Pro', 'ben1 Basic']);

        const run = await license(desk, [...set, '--to', 'Pro'], token, { input });
        expect(run.stderr).toContain('Not used: “Target plan” (column 3).');
        expect(run).toMatchObject({ code: 0, stdout: expect.stringContaining('1 changed, 1 already on this plan') });
        expect(await touched(desk)).toEqual(['ana1 Pro', 'ben1 Basic', 'ben1 Pro']);
      },
      [called('ana1', 'ana@nordwind.example'), called('ben1', 'ben@nordwind.example', 'Pro')],
    ));

  test('reads letters of Windows-1252 from standard input, and keeps the reason as it was written', () =>
    withBatches(async (desk) => {
      const input = Buffer.from('E-Mail;Grund\njos\xe9.pe\xf1a@nordwind.example;Umzug nach K\xf6ln\n', 'latin1');
      const args = setPro(desk, '--csv', '-', '--reason', 'Ticket', '--yes', '--json');
      const run = await license(desk, args, await tokenOf(desk), { input });
      expect(run.code).toBe(0);
      expect(run.stderr).toContain('Read as Windows-1252');
      expect(JSON.parse(run.stdout).people).toMatchObject([{ user: { id: 'jose1' }, reason: 'Umzug nach Köln' }]);
      expect(await touched(desk)).toEqual(['jose1 Pro']);
    }, lookAlikes));

  test('reads a file from standard input', () =>
    withBatches(async (desk) => {
      const args = setPro(desk, '--csv', '-', '--reason', 'Ticket', '--yes');
      const run = await license(desk, args, await tokenOf(desk), { input: 'email\np1@nordwind.example\n' });
      expect(run.code).toBe(0);
      expect((await desk.control.journal()).map(({ userId }) => userId)).toEqual(['p0001']);
      expect((await listedBatches(desk)).map(({ source }) => source)).toEqual([
        { kind: 'file', name: 'standard input' },
      ]);
    }));

  test.each([
    [
      'our own export, whose plans are those that people have',
      'Name,E-mail,Plan,Status,User ID,Type\nPerson 1,p1@nordwind.example,Basic,Registered,p0001,Person\n',
      ['--to', 'Pro'],
      '  Not used: “Plan” (column 3). This is an export from Carillon: these are the plans people have',
    ],
    [
      'a current license, which is not the one that is asked for',
      'E-mail;Current license\np1@nordwind.example;Basic\n',
      ['--to', 'Pro'],
      '  Not used: “Current license” (column 2).',
    ],
    [
      'a column of plans, because it is said to be one',
      'E-mail;License\np1@nordwind.example;Pro\n',
      ['--plan-column', 'license'],
      '  Plan: “License” (column 2)\n',
    ],
    [
      'the person, the line of the headings, the separator and the encoding that are said',
      'Report\nMail A|Mail B|Gr\u00fcnde\nboss@nordwind.example|p1@nordwind.example|f\u00fcr K\u00f6ln\n',
      [
        '--to',
        'Pro',
        '--person-column',
        '2',
        '--header-line',
        '2',
        '--delimiter',
        'pipe',
        '--encoding',
        'windows-1252',
      ],
      '  E-mail: “Mail B” (column 2)\n',
    ],
  ])('reads a file with %s, and says so', (_, text, more, said) =>
    withBatches(async (desk) => {
      const args = ['set', '--account', desk.accountId, '--csv', '-', ...more, '--dry-run'];
      const input = more.includes('windows-1252') ? Buffer.from(text, 'latin1') : text;
      const run = await license(desk, args, await tokenOf(desk), { input });
      expect(run.stderr).toContain('People: standard input\n  Read as ');
      expect(run.stderr).toContain(said);
      expect(run.stdout).toContain('1 person will change\n  line ');
      expect(run.stdout).toContain('Person 1 <p1@nordwind.example> Basic → Pro\n');
      expect(run.code).toBe(0);
    }),
  );

  test.each([
    [
      'plans that may be those that people have',
      'email,license\np1@nordwind.example,Pro\n',
      [],
      [
        'Type --to and the new plan',
        'Or, only if “license” (column 2) gives the new plan',
        'Type --plan-column "license".',
      ],
    ],
    [
      'no plan at all',
      'email\np1@nordwind.example\n',
      [],
      ['No column gives the new plan', 'Type --to and the new plan'],
    ],
    [
      'two addresses in a line',
      'Work e-mail;Business mail\np1@nordwind.example;p2@nordwind.example\n',
      ['--to', 'Pro'],
      ['Type --person-column "Work e-mail" or --person-column "Business mail".'],
    ],
    [
      'a column that there is not',
      'email\na@x.example\n',
      ['--to', 'Pro', '--person-column', 'mail'],
      ['no column “mail”'],
    ],
    [
      'a heading that is there twice',
      'x,mail,mail\n1,a@x.example,b@x.example\n',
      ['--to', 'Pro', '--person-column', 'mail'],
      ['several columns are called “mail”. Type the number of one of them: 2 or 3.'],
    ],
    [
      'a plan and a column of plans',
      'email,p\na@x.example,Pro\n',
      ['--to', 'Pro', '--plan-column', 'p'],
      ['contradict'],
    ],
    [
      'an encoding that is none',
      'email\n',
      ['--to', 'Pro', '--encoding', 'EBCDIC'],
      ['Type UTF-8, UTF-16 or Windows-1252.'],
    ],
    [
      'a separator that is none',
      'email\n',
      ['--to', 'Pro', '--delimiter', 'x'],
      ['Type comma, semicolon, tab or pipe.'],
    ],
    ['a line that is none', 'email\n', ['--to', 'Pro', '--header-line', 'first'], ['is not a line.']],
  ])('changes nobody by a file with %s, and says what to type', async (_, input, more, said) => {
    const run = await command([...setA, '--csv', '-', ...more, '--reason', 'Ticket', '--yes'], { input });
    expect(run).toMatchObject({ code: 2, stdout: '' });
    for (const part of said) expect(run.stderr).toContain(part);
    expect(run.stderr).not.toContain('npm run license -- set');
  });

  test('gives temporary plans, from a time on, and says both with their zone', () =>
    withBatches(async (desk) => {
      const token = await tokenOf(desk);
      const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
      const times = ['--start', `${day(2)} 18:00 Europe/Berlin`, '--until', `${day(3)}T18:00Z`];
      const args = setPro(desk, '--users', 'p0001', ...times);
      const dry = await license(desk, [...args, '--dry-run'], token);
      expect(dry.code).toBe(0);
      expect(dry.stdout).toMatch(/Would start on .*, 18:00:00 (CET|CEST|GMT[+-]\d+)\./);
      expect(dry.stdout).toMatch(/On .*, 18:00:00 UTC everyone would return to their current plan\./);

      const run = await license(desk, [...args, '--reason', 'Ticket', '--yes'], token);
      expect(run).toMatchObject({ code: 3, stdout: '' });
      const address = /Starts on .*: (\S+)\n/.exec(run.stderr)?.[1] ?? '';
      const [batch] = await listedBatches(desk);
      expect(batch).toMatchObject({ state: 'scheduled', startAt: expect.stringContaining(day(2)) });
      expect((await desk.show(batch?.id ?? '')).end).toEqual({ at: `${day(3)}T18:00:00.000Z`, zone: 'UTC' });
      expect(await license(desk, ['status', address], token)).toMatchObject({ code: 3 });
      expect(await desk.licenseOf('p0001')).toBe('Basic');
    }));

  test('leaves nothing in the list of batches when nobody reads what it shows', () =>
    withBatches(async (desk) => {
      const args = setPro(desk, '--everybody', '--dry-run');
      const run = await license(desk, args, await tokenOf(desk), { isDeaf: true });
      expect(run.code).not.toBe(0);
      expect(await listedBatches(desk)).toEqual([]);
    }));

  test('tells in a sentence with a reference when the database cannot be reached', async () => {
    const settings = { DATABASE_URL: 'postgres://carillon@127.0.0.1:1/none', CARILLON_TOKEN: 'carillon_any' };
    const run = await command(['accounts'], { settings });
    expect(run).toMatchObject({ code: 5, stdout: '' });
    expect(run.stderr).toMatch(/^Carillon’s database cannot be reached\. .* Reference: [-0-9a-f]{36}\n$/);
  });

  test.each([
    ['without a token', async () => ''],
    ['with an invented one', async () => 'carillon_made-up'],
    [
      'with one that was revoked',
      async (desk: BatchDesk) => {
        const token = await tokenOf(desk);
        const [{ id } = { id: '' }] = await listTokens(desk.db, operator.id);
        await revokeToken(desk.db, operator, id, randomUUID());
        return token;
      },
    ],
    [
      'with an expired one',
      async (desk: BatchDesk) => {
        const token = await tokenOf(desk);
        await desk.db
          .updateTable('operator_tokens')
          .set({ expires_at: new Date(0) })
          .execute();
        return token;
      },
    ],
    [
      'with one whose owner no longer has permission to run batches',
      async (desk: BatchDesk) => {
        const token = await tokenOf(desk);
        await desk.db.updateTable('operators').set({ role: 'helpdesk' }).where('id', '=', 'mona').execute();
        return token;
      },
    ],
    [
      'with one whose owner has been disabled',
      async (desk: BatchDesk) => {
        const token = await tokenOf(desk);
        await desk.db.updateTable('operators').set({ disabled_at: new Date() }).where('id', '=', 'mona').execute();
        return token;
      },
    ],
  ])('does nothing %s', (_, token) =>
    withBatches(async (desk) => {
      const args = setPro(desk, '--users', 'p0001', '--reason', 'Ticket', '--yes');
      const run = await license(desk, args, await token(desk));
      expect(run).toMatchObject({ code: 4, stdout: '' });
      expect(await desk.db.selectFrom('batches').selectAll().execute()).toEqual([]);
    }),
  );

  test.each([
    ['no account', ['set', '--to', 'Pro', '--users', 'a', '--dry-run'], 'Type --account and the name or the ID'],
    [
      'a plan that is none',
      [...setA, '--to', 'Gold', '--users', 'a', '--dry-run'],
      '“Gold” is not a plan. Type Basic,',
    ],
    ['two kinds of people', [...setA, '--to', 'Pro', '--users', 'a', '--csv', 'b', '--dry-run'], 'one of --csv'],
    ['no people', [...setA, '--to', 'Pro', '--dry-run'], 'one of --csv'],
    ['neither dry nor yes', [...setA, '--to', 'Pro', '--users', 'a'], '--dry-run to see'],
    ['no plan for a filter', [...setA, '--filter', 'plan=Pro', '--dry-run'], 'Type --to and the plan'],
    ['no reason', [...setA, '--to', 'Pro', '--users', 'a', '--yes'], 'Type --reason and the reason'],
    ['an option that is none', ['set', '--force'], "Unknown option '--force'. “npm run license -- --help”"],
    ['an option without its value', ['set', '--to'], "Option '--to <value>' argument missing."],
    ['an option that stands there twice', [...setA, '--to', 'Pro', '--to', 'Basic'], '--to is given twice.'],
    ['an option of something else', ['status', randomUUID(), '--to', 'Pro'], '--to does not work with status.'],
    ['a file that is a folder', [...setA, '--to', 'Pro', '--csv', 'lib', '--dry-run'], 'There is no file lib.'],
    [
      'a column without a file',
      [...setA, '--to', 'Pro', '--users', 'a1', '--yes', '--reason-column', '2'],
      'only works with --csv',
    ],
    ['an end that has passed', ending('2020-01-01T10:00'), '--until: 2020-01-01T10:00 has passed.'],
    ['an end that is far away', ending('2199-01-01T10:00'), 'is more than a year away.'],
    ['an end that is no time', ending('tomorrow'), '--until: tomorrow is not a time. Write it like 2026-12-24T18:00'],
    ['a zone that is none', ending('2199-01-01 10:00 Berlin'), 'has an unknown time zone.'],
    [
      'a time that clocks leave out',
      ending('2027-03-28 02:30 Europe/Berlin'),
      'does not exist: clocks go forward then.',
    ],
    ['a time that clocks show twice', ending('2027-10-31 02:30 Europe/Berlin'), 'exists twice: clocks go back then.'],
    ['a start that has passed', starting('2020-01-01T10:00'), '--start: 2020-01-01T10:00 has passed.'],
    ['an end before its start', [...ending(inDays(2)), '--start', inDays(3)], 'would end before they start.'],
    ['what is no batch', ['status', 'mine'], 'There is no batch mine.'],
    ['two batches', ['status', randomUUID(), 'more'], '“more” is one word too many.'],
    ['a batch that is missing', ['status'], 'Type the ID or the address of the batch'],
    ['a word that is none', ['get'], 'There is no “get”. Type accounts, set or status'],
  ])('says in a line or two what is wrong with %s', async (_, args, said) => {
    const run = await command(args);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain(said);
    expect(run.stderr.trim().split('\n').length).toBeLessThanOrEqual(2);
  });

  test.each([
    ['without a word', []],
    ['when it is asked for', ['set', '--help']],
  ])('is explained %s', async (_, args) => {
    const run = await command(args);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toContain('npm run license -- accounts\n');
  });
});
