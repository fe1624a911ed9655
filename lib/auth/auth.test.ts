import { sql } from 'kysely';
import { encode } from 'next-auth/jwt';
import { describe, expect, test } from 'vitest';
import type { Database } from '../db/database.ts';
import { withDatabase } from '../testing/database.ts';
import type { Entrance } from './entrance.ts';
import { createExampleOperators } from './example-operators.ts';
import { newPassword, verifyPassword } from './password.ts';
import { beginSession, endSession, operatorOf } from './session.ts';
import { findOperator, type LocalOperator, saveOperator } from './store.ts';

const secret = 'a-secret-of-more-than-thirty-two-bytes';
const entrance: Entrance = { secrets: [secret], provider: undefined };

const dana: LocalOperator = { id: 'example-helpdesk', username: 'helpdesk', name: 'Dana Reyes', role: 'helpdesk' };

/** The cookie of a fresh session of Dana's. */
async function signedIn(db: Database): Promise<string> {
  await saveOperator(db, { ...dana, passwordHash: 'none' });
  const sessionId = await beginSession(db, dana.id);
  return encode({ token: { sessionId }, secret });
}

describe('example operators', () => {
  test('are made once, one of each role, with passwords that open the door and are kept only as hashes', () =>
    withDatabase(async (db) => {
      const { created } = await createExampleOperators(db);

      expect(created.map(({ role }) => role)).toEqual(['viewer', 'helpdesk', 'admin']);
      for (const { username, password } of created) {
        const operator = await findOperator(db, username);
        expect(operator?.passwordHash).not.toContain(password);
        expect(await verifyPassword(password, operator?.passwordHash)).toBe(true);
        expect(await verifyPassword(`${password}x`, operator?.passwordHash)).toBe(false);
      }
      expect(await createExampleOperators(db)).toEqual({ created: [], existing: ['viewer', 'helpdesk', 'admin'] });
    }));

  test('get new passwords on demand, which ends their sessions', () =>
    withDatabase(async (db) => {
      const cookie = await signedIn(db);

      const { created } = await createExampleOperators(db, { newPasswords: true });

      expect(created).toHaveLength(3);
      expect(await operatorOf(db, entrance, cookie)).toBeUndefined();
    }));
});

test('an unknown user name is no different from a wrong password', async () => {
  expect(await verifyPassword('anything', undefined)).toBe(false);
});

test('new passwords are long and never the same', () => {
  const passwords = Array.from({ length: 50 }, newPassword);
  expect(new Set(passwords).size).toBe(50);
  for (const password of passwords) expect(password).toMatch(/^([a-z2-9]{5}-){3}[a-z2-9]{5}$/);
});

describe('a session', () => {
  test('leads to its operator, with the role of today', () =>
    withDatabase(async (db) => {
      const cookie = await signedIn(db);
      expect(await operatorOf(db, entrance, cookie)).toMatchObject({ name: 'Dana Reyes', role: 'helpdesk' });

      await db.updateTable('operators').set({ role: 'viewer' }).where('username', '=', 'helpdesk').execute();

      expect(await operatorOf(db, entrance, cookie)).toMatchObject({ role: 'viewer' });
    }));

  const endings: [string, (db: Database, cookie: string) => Promise<unknown>][] = [
    ['it is signed out', (db, cookie) => endSession(db, entrance, cookie)],
    ['its operator is disabled', (db) => sql`update operators set disabled_at = clock_timestamp()`.execute(db)],
    [
      'it was not used for half an hour',
      (db) => sql`update sessions set seen_at = seen_at - interval '31 minutes'`.execute(db),
    ],
    ['it is twelve hours old', (db) => sql`update sessions set expires_at = clock_timestamp()`.execute(db)],
    ['its row is gone', (db) => sql`delete from sessions`.execute(db)],
  ];
  for (const [what, end] of endings) {
    test(`opens nothing any more once ${what}`, () =>
      withDatabase(async (db) => {
        const cookie = await signedIn(db);

        await end(db, cookie);

        expect(await operatorOf(db, entrance, cookie)).toBeUndefined();
      }));
  }

  test('is not opened by a cookie that we did not make', () =>
    withDatabase(async (db) => {
      const cookie = await signedIn(db);
      const forged = [
        undefined,
        '',
        'x',
        cookie.slice(0, -2),
        await encode({ token: { sessionId: 'made-up' }, secret }),
        await encode({ token: { sub: 'example-admin', role: 'admin' }, secret }),
        await encode({ token: { sessionId: ['a', 'b'] }, secret }),
        await encode({ token: { sessionId: 'x' }, secret: 'another-secret-of-more-than-32-bytes-x' }),
      ];
      for (const attempt of forged) expect(await operatorOf(db, entrance, attempt)).toBeUndefined();
    }));

  test('stays alive while it is used', () =>
    withDatabase(async (db) => {
      const cookie = await signedIn(db);
      await sql`update sessions set seen_at = seen_at - interval '20 minutes'`.execute(db);
      await operatorOf(db, entrance, cookie);
      await sql`update sessions set seen_at = seen_at - interval '20 minutes'`.execute(db);

      expect(await operatorOf(db, entrance, cookie)).toBeDefined();
    }));
});
