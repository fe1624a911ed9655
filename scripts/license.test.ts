import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Operator } from '../lib/auth/store.ts';
import { type BatchDesk, mona, otto, withBatches } from '../lib/testing/batches.ts';
import { makeToken, revokeToken } from '../lib/tokens/keep-tokens.ts';
import { listTokens } from '../lib/tokens/store.ts';
import { leaveSettings } from './left-settings.ts';

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
type Beside = { settings?: Settings; script?: string; interruptAt?: RegExp; hasWorker?: boolean };

/** Runs the real command; `interruptAt`: Ctrl-C at that line of its own. */
function command(args: string[], { settings, script = 'scripts/license.ts', interruptAt }: Beside = {}): Promise<Run> {
  const { PATH, AUDIT_KEY } = process.env;
  const env = { PATH, AUDIT_KEY, ...secrets, NODE_ENV: 'test' as const, CARILLON_HOME: '/nowhere', ...settings };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [script, ...args], { env }, (error, stdout, stderr) => {
      const killed = Number.NaN;
      resolve({ code: error ? Number(error.code ?? killed) : 0, stdout, stderr });
    });
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
    await new Promise(setImmediate);
  }
  return ended;
}

const tokenOf = (desk: BatchDesk) => makeToken(desk.db, operator, 'a test', randomUUID());
const setPro = (desk: BatchDesk, ...more: string[]) => ['set', '--account', desk.accountId, '--to', 'Pro', ...more];

describe.concurrent('npm run license', () => {
  test('shows with --dry-run whom it would change, and changes nobody', () =>
    withBatches(async (desk) => {
      const users = 'p0001,p2@nordwind.example,nobody@nordwind.example';
      const run = await license(desk, setPro(desk, '--users', users, '--dry-run'), await tokenOf(desk));

      expect(run).toMatchObject({ code: 1, stderr: '' });
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
    }));

  test('changes everybody with --yes, waits for the end, and is audited under the name of the token’s holder', () =>
    withBatches(async (desk) => {
      const args = setPro(desk, '--filter', 'plan=Basic', '--reason', 'Ticket 4711', '--yes', '--json');
      const run = await license(desk, args, await tokenOf(desk));

      expect(run.code).toBe(0);
      expect(run.stderr).toContain('45 changed, 0 failed, 0 left');
      const { batch, people, address } = JSON.parse(run.stdout);
      expect(batch).toMatchObject({ state: 'done', changed: 45, reason: 'Ticket 4711' });
      expect(people).toHaveLength(45);
      expect(address).toContain(`/accounts/${desk.accountId}/batches/${batch.id}`);
      await desk.expectBooksToAgree(batch.id);
      expect((await desk.audit()).at(-1)?.operator?.name).toBe('Mona Brandt');
    }));

  test('ends with 1 when anybody failed, and says why', () =>
    withBatches(async (desk) => {
      await desk.control.failNext('BatchUpdateUser', 'ForbiddenException', { userId: 'p0001' });
      const args = setPro(desk, '--users', 'p0001,p0002', '--reason', 'Ticket', '--yes');
      const run = await license(desk, args, await tokenOf(desk));

      expect(run.code).toBe(1);
      expect(run.stdout).toContain('1 changed, 0 already so, 1 failed.');
      expect(run.stdout).toContain('1 person: Amazon Chime does not allow it in this account');
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
        expect(run.code).toBe(0);
        expect((await desk.control.journal()).map(({ userId }) => userId)).toEqual(['p0001']);
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
      const address = /a second admin has to approve it: (\S+)/.exec(run.stderr)?.[1] ?? '';
      expect(await license(desk, ['status', address], await tokenOf(desk))).toMatchObject({ code: 3 });
      expect(await desk.licenseOf('p0001')).toBe('Basic');

      await desk.approve(address.split('/').at(-1) ?? '', otto);
      const end = await license(desk, ['status', address, '--wait'], await tokenOf(desk));
      expect(end.stdout).toContain('1 changed');
      expect(end.code).toBe(0);
      expect(await desk.licenseOf('p0001')).toBe('Pro');
    }));

  test('at Ctrl-C says that the batch goes on and where; its status tells the rest', () =>
    withBatches(async (desk) => {
      const token = await tokenOf(desk);
      const args = setPro(desk, '--users', 'p0001,p0002', '--reason', 'Ticket', '--yes');
      const left = await license(desk, args, token, { interruptAt: /Reading the account/, hasWorker: false });
      expect(left).toMatchObject({ code: 130, stdout: '' });
      const address = /The batch goes on without you: (\S+)/.exec(left.stderr)?.[1] ?? '';

      const early = await license(desk, ['status', address, '--json'], token, { hasWorker: false });
      expect(early).toMatchObject({ code: 1, stderr: '' });
      expect(JSON.parse(early.stdout)).toMatchObject({ address, batch: { state: 'starting', left: 2 } });

      const end = await license(desk, ['status', address, '--wait'], token);
      expect(end).toMatchObject({ code: 0, stdout: `2 changed, 0 already so, 0 failed.\n${address}\n` });
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
        const noRight = { code: 4, stdout: '', stderr: 'The holder of this token may not do this in this account.\n' };
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

        expect(await withFile('token')).toMatchObject({ code: 0, stderr: '' });
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

        expect(run).toMatchObject({ code: 0, stderr: '' });
        const { address, batch } = JSON.parse(run.stdout);
        expect(address).toContain('http://localhost:3999/accounts/');
        expect(batch.needsApproval).toBe(true);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    }));

  test.each([
    ['an account that there is not', ['set', '--account', randomUUID(), '--to', 'Pro', '--users', 'a', '--dry-run']],
    ['a batch that there is not', ['status', randomUUID()]],
    ['nobody', ['set', '--account', 'HERE', '--to', 'Pro', '--users', ' ', '--dry-run']],
  ])('calls %s a mistake', (_, args) =>
    withBatches(async (desk) => {
      const named = args.map((arg) => (arg === 'HERE' ? desk.accountId : arg));
      const run = await license(desk, named, await tokenOf(desk));
      expect(run).toMatchObject({ code: 2, stdout: '' });
      expect(run.stderr).toMatch(/^(No such account|There is no batch [-0-9a-f]+|Nobody is chosen)\.\n$/);
    }),
  );

  test.each([
    ['without a token', async () => ''],
    ['with one that is made up', async () => 'carillon_made-up'],
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
      'with one that is over its time',
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
      'with one of somebody who may not run batches any more',
      async (desk: BatchDesk) => {
        const token = await tokenOf(desk);
        await desk.db.updateTable('operators').set({ role: 'helpdesk' }).where('id', '=', 'mona').execute();
        return token;
      },
    ],
    [
      'with one of somebody who has been disabled',
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
    ['no account', ['set', '--to', 'Pro', '--users', 'a', '--dry-run'], '--account is missing.'],
    ['a plan that is none', ['set', '--account', 'a', '--to', 'Gold', '--users', 'a', '--dry-run'], 'Gold is no plan'],
    [
      'two kinds of people',
      ['set', '--account', 'a', '--to', 'Pro', '--users', 'a', '--csv', 'b', '--dry-run'],
      'one of',
    ],
    ['neither dry nor yes', ['set', '--account', 'a', '--to', 'Pro', '--users', 'a'], '--dry-run or --yes'],
    ['an option that is none', ['set', '--force'], "Unknown option '--force'"],
    [
      'a file that is a folder',
      ['set', '--account', 'a', '--to', 'Pro', '--csv', 'lib', '--dry-run'],
      'There is no file lib.',
    ],
    ['what is no batch', ['status', 'mine'], 'There is no batch mine.'],
    ['two batches', ['status', randomUUID(), randomUUID()], 'Say what to do'],
    ['nothing to do', [], 'Say what to do'],
  ])('says what is wrong with %s', async (_, args, said) => {
    const run = await command(args);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain(said);
  });
});
