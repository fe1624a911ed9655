import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { saveOperator } from '../../lib/auth/store.ts';
import { openRestore } from '../../lib/restores/store.ts';
import { withDatabase } from '../../testing/database.ts';
import { root } from '../bootstrap.mjs';

/** The command as a process of its own, with the settings of a web. */
async function run(databaseUrl: string, ...args: string[]) {
  const { PATH, HOME, NODE_COMPILE_CACHE, AUDIT_KEY } = process.env;
  const child = spawn(process.execPath, [join(root, 'scripts', 'admin', 'admin.ts'), ...args], {
    env: {
      NODE_ENV: 'test',
      PATH,
      HOME,
      NODE_COMPILE_CACHE,
      AUDIT_KEY,
      DATABASE_URL: databaseUrl,
      CHIME_ENDPOINT: 'http://127.0.0.1:1',
      NEXTAUTH_SECRET: 'only-for-this-test-and-long-enough-for-it',
      CARILLON_HOME: join(tmpdir(), 'carillon-nowhere'),
    },
    cwd: root,
  });
  const told = { out: '', err: '' };
  child.stdout.on('data', (text) => {
    told.out += text;
  });
  child.stderr.on('data', (text) => {
    told.err += text;
  });
  const [code] = await once(child, 'close');
  return { ...told, code };
}

test('an act is done, told, and in the audit by the user at this machine', () =>
  withDatabase(async (db, url) => {
    for (const id of ['ada', 'dana']) {
      await saveOperator(db, {
        id,
        username: id,
        name: id,
        role: id === 'ada' ? 'admin' : 'viewer',
        passwordHash: 'x',
      });
    }

    expect(await run(url, 'operators', 'disable', 'dana')).toEqual({
      code: 0,
      out: 'dana (dana) is disabled\n',
      err: '',
    });

    const [entry] = await db.selectFrom('audit_entries').select(['action', 'operator_name']).execute();
    expect(entry?.action).toBe('operator-disable');
    expect(entry?.operator_name).toMatch(new RegExp(`^Console, user \\w+@${hostname()}$`));
    const listed = await run(url, 'operators', 'list');
    expect(listed.out).toMatch(/^ada +ada +admin +never +0 signed in$/m);
    expect(listed.out).toMatch(/^dana +dana +viewer +never +disabled \d{4}-/m);
  }));

test('a restore is marked by the owner of the tables, and accepted with a reason', () =>
  withDatabase(async (db, url) => {
    expect((await run(url, 'mark-restored')).out).toMatch(/^Marked: /);
    expect(await openRestore(db)).toBeDefined();

    const accepted = await run(url, 'accept-restore', '--why', 'Ticket 4711');

    expect(accepted).toMatchObject({ code: 0, err: '' });
    expect(accepted.out).toContain('0 batches are paused');
    expect(await openRestore(db)).toBeUndefined();
  }));

test('a database that is away, and a mistake, are told in one line each', async () => {
  const nowhere = 'postgresql://127.0.0.1:1/none';

  expect(await run(nowhere, 'tokens', 'list')).toMatchObject({
    code: 1,
    err: expect.stringMatching(/^The database cannot be reached: .*\n$/),
  });
  expect(await run(nowhere, 'sessions', 'end')).toMatchObject({
    code: 2,
    err: 'Write: npm run admin -- sessions end --all\n',
  });
});
