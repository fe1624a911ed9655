import { setTimeout as pause } from 'node:timers/promises';
import { encode } from 'next-auth/jwt';
import { expect, test } from 'vitest';
import { withDatabase } from '../../testing/database.ts';
import type { Database } from '../db/database.ts';
import type { AuthConfig } from './auth-config.ts';
import { beginSession, endOtherSessions, endSession, operatorOf } from './session.ts';
import { saveOperator } from './store.ts';

const secret = 'only-for-this-test-and-long-enough-for-it';
const authConfig: AuthConfig = { secrets: [secret], provider: undefined, accounts: 'all' };

const cookieFor = async (db: Database, operatorId: string) =>
  encode({ token: { sessionId: await beginSession(db, operatorId) }, secret });

type Way = (db: Database, id: string, cookie: string) => Promise<unknown>;

/** Each way in which a session ends by a decision of somebody's. */
const ways: [string, Way][] = [
  ['signing out', (db, _, cookie) => endSession(db, authConfig, cookie)],
  [
    'signing out from elsewhere',
    async (db, id) => {
      const elsewhere = await cookieFor(db, id);
      const operator = await operatorOf(db, authConfig, elsewhere);
      if (operator) await endOtherSessions(db, authConfig, elsewhere, operator);
    },
  ],
  [
    'disabling',
    (db, id) => db.updateTable('operators').set({ disabled_at: new Date() }).where('id', '=', id).execute(),
  ],
  [
    'a new password',
    (db, id) => saveOperator(db, { id, username: id, name: id, role: 'viewer', passwordHash: 'another' }),
  ],
];

// The long form of this goes through two web processes: bench/revocation.ts.
test.each(ways)('no request that begins after %s is let in', (_, end) =>
  withDatabase(async (db) => {
    for (let race = 0; race < 25; race += 1) {
      const id = `operator${race}`;
      await saveOperator(db, { id, username: id, name: id, role: 'admin', passwordHash: 'none' });
      const cookie = await cookieFor(db, id);
      expect(await operatorOf(db, authConfig, cookie)).toBeDefined();

      let endedAt = Number.POSITIVE_INFINITY;
      const lateAndLetIn: number[] = [];
      const ask = async () => {
        for (let late = 0; late < 3; ) {
          const beganAt = performance.now();
          const isIn = (await operatorOf(db, authConfig, cookie)) !== undefined;
          if (beganAt <= endedAt) continue;
          late += 1;
          if (isIn) lateAndLetIn.push(beganAt - endedAt);
        }
      };
      const asking = Promise.all([ask(), ask(), ask(), ask()]);
      await pause(Math.random() * 5); // the moment is the point of the test
      await end(db, id, cookie);
      endedAt = performance.now();
      await asking;

      expect(lateAndLetIn).toEqual([]);
    }
  }),
);
