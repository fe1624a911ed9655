import { randomUUID } from 'node:crypto';
import { encode } from 'next-auth/jwt';
import { expect, test, vi } from 'vitest';
import { z } from 'zod';
import { beginSession, sessionCookie } from '../../lib/auth/session.ts';
import { saveOperator } from '../../lib/auth/store.ts';
import { acceptRestore } from '../../lib/console/accept-restore.ts';
import { consoleUser } from '../../lib/console/console-user.ts';
import { deps } from '../../lib/deps.ts';
import { markRestored } from '../../lib/restores/store.ts';
import { createTestDatabase } from '../../testing/database.ts';
import { operatorAction } from './actions.ts';
import { answer, operatorPost, operatorRoute } from './routes.ts';

/** The doors that every action and route passes, as Next would call them: only what the browser sent is ours here. */

const origin = 'http://localhost:3000';
const secret = 'only-for-this-test-and-long-enough-for-it';
const browser = vi.hoisted(() => ({ cookie: '' }));
vi.mock('next/headers', () => ({
  headers: async () => new Headers({ origin: 'http://localhost:3000' }),
  cookies: async () => ({ get: () => ({ value: browser.cookie }), has: () => false }),
}));

test('while a restore waits to be accepted, actions and uploads are refused with one sentence, and looking is not', async () => {
  const database = await createTestDatabase();
  Object.assign(process.env, {
    DATABASE_URL: database.url,
    NEXTAUTH_SECRET: secret,
    CHIME_ENDPOINT: 'http://127.0.0.1:1',
  });
  const { db } = database;
  await saveOperator(db, { id: 'ada', username: 'ada', name: 'Ada', role: 'admin', passwordHash: 'none' });
  const signIn = async () => {
    browser.cookie = await encode({ token: { sessionId: await beginSession(db, 'ada') }, secret });
  };
  let changed = 0;
  const change = async () => {
    changed += 1;
    return answer({});
  };
  const nothing = { params: Promise.resolve({}) };
  const headers = { origin, cookie: sessionCookie(origin) };
  const act = () => operatorAction('save-view', 'users:view', z.object({}), async () => void (await change()))({});
  const post = () =>
    operatorPost('users:view', z.object({}), change)(new Request(origin, { method: 'POST', headers }), nothing);
  const look = () => operatorRoute('users:view', z.object({}), async () => answer({}))(new Request(origin), nothing);

  await markRestored(db, 'restore');
  await signIn();
  expect(await act()).toMatchObject({ ok: false, failure: { code: 'restored' } });
  const refused = await post();
  expect([refused.status, await refused.json()]).toMatchObject([503, { failure: { code: 'restored' } }]);
  expect((await look()).status).toBe(200);
  expect(changed).toBe(0);

  await acceptRestore(db, consoleUser('root', 'desk-1'), randomUUID());
  expect(await act()).toMatchObject({ ok: false, failure: { code: 'signed-out' } });
  await signIn();
  expect(await act()).toMatchObject({ ok: true });
  expect((await post()).status).toBe(200);
  expect(changed).toBe(2);

  await deps().db.destroy();
  await database.remove();
});
