import { sql } from 'kysely';
import { encode } from 'next-auth/jwt';
import { beforeAll, describe, expect, test } from 'vitest';
import { withDatabase } from '../../testing/database.ts';
import { until } from '../../testing/desk.ts';
import type { Database } from '../db/database.ts';
import type { AuthConfig } from './auth-config.ts';
import { hashPassword } from './password.ts';
import { operatorOf } from './session.ts';
import { type Attempt, signInByPassword } from './sign-in-by-password.ts';
import { saveOperator } from './store.ts';
import { forgetOldTries } from './tries/tries-store.ts';

const secrets = ['only-for-this-test-and-long-enough-for-it'] as const;
const password = 'the right one';
let passwordHash: string;

beforeAll(async () => {
  passwordHash = await hashPassword(password);
});

/** A test with Dana and Mona, who have the same password. */
const withOperators = (run: (db: Database) => Promise<void>) =>
  withDatabase(async (db) => {
    for (const username of ['dana', 'mona']) {
      await saveOperator(db, { id: username, username, name: username, role: 'helpdesk', passwordHash });
    }
    await run(db);
  });

const home = '10.0.0.1';
const stranger = '192.0.2.66';

function attempt(db: Database, facts: Partial<Attempt>) {
  const usual = { username: 'dana', password, address: home, browser: undefined, session: undefined };
  return signInByPassword(db, secrets, { ...usual, ...facts });
}

/** As if so many tries had gone wrong just now, under each of these keys. */
async function wrong(db: Database, times: number, facts: Partial<Attempt> = {}) {
  for (let time = 0; time < times; time += 1) {
    await attempt(db, { password: 'wrong', ...facts });
    await sql`update sign_in_tries set held_until = last_at`.execute(db);
  }
}

/** The last of them brings a wait with it, which goes on for as long as the test does; the answer is how long it was meant to be. */
async function wrongAndHeld(db: Database, times: number, facts: Partial<Attempt> = {}): Promise<number> {
  await wrong(db, times - 1, facts);
  expect(await attempt(db, { password: 'wrong', ...facts })).toEqual({ outcome: 'refused' });
  const { rows } = await sql<{ wait: number }>`
    update sign_in_tries set held_until = held_until + interval '5 minutes' where held_until > last_at + interval '0.5 s'
    returning round(extract(epoch from old.held_until - old.last_at))::int as wait`.execute(db);
  return Math.max(0, ...rows.map(({ wait }) => wait));
}

/** Until a query on this database waits for another. */
const somebodyWaits = (db: Database) =>
  until(async () => {
    const { rows } = await sql`
      select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(db);
    return rows.length > 0;
  });

describe('a password', () => {
  test('that is right lets its operator in, wherever they are', () =>
    withOperators(async (db) => {
      expect(await attempt(db, {})).toMatchObject({ outcome: 'in' });
      expect(await attempt(db, { username: ' dana ', address: '' })).toMatchObject({ outcome: 'in' });
    }));

  test('that is replaced while it is being checked lets nobody in any more', () =>
    withOperators(async (db) => {
      const isSettled = Promise.withResolvers<void>();
      let verdict: ReturnType<typeof attempt> | undefined;
      await db.transaction().execute(async (trx) => {
        await sql`update operators set password_hash = 'another' where id = 'dana'`.execute(trx);
        verdict = attempt(db, {});
        void verdict.then(() => isSettled.resolve());
        await Promise.race([isSettled.promise, somebodyWaits(db)]);
      });

      expect(await verdict).toEqual({ outcome: 'refused' });
      const { rows } = await sql`select from sessions where operator_id = 'dana'`.execute(db);
      expect(rows).toEqual([]);
    }));

  test('that is wrong is answered like one for nobody, and both stand in the audit', () =>
    withOperators(async (db) => {
      expect(await attempt(db, { password: 'wrong' })).toEqual({ outcome: 'refused' });
      expect(await attempt(db, { username: 'nobody' })).toEqual({ outcome: 'refused' });
      expect(await attempt(db, { username: 'da\0na', password: 'x' })).toEqual({ outcome: 'refused' });

      const { rows } = await sql`select operator_id, outcome from audit_entries order by sequence`.execute(db);
      expect(rows).toEqual([
        { operator_id: 'dana', outcome: 'failed' },
        { operator_id: null, outcome: 'failed' },
        { operator_id: 'dana', outcome: 'failed' },
      ]);
    }));

  test('that nobody could type is not even hashed', () =>
    withOperators(async (db) => {
      expect(await attempt(db, { password: 'x'.repeat(100_000) })).toEqual({ outcome: 'refused' });
      expect(await attempt(db, { username: 'x'.repeat(100_000) })).toEqual({ outcome: 'refused' });
      expect((await sql`select from sign_in_tries`.execute(db)).rows).toEqual([]);
    }));
});

describe('whoever guesses', () => {
  test('has to wait after the fourth try, even with the right password then, and longer after each further one', () =>
    withOperators(async (db) => {
      expect(await wrongAndHeld(db, 3)).toBe(0);
      expect(await wrongAndHeld(db, 1)).toBe(1);
      expect(await attempt(db, {})).toMatchObject({ outcome: 'wait' });

      await sql`update sign_in_tries set held_until = last_at`.execute(db);
      expect(await wrongAndHeld(db, 3)).toBe(8);
      expect(await attempt(db, {})).toMatchObject({ outcome: 'wait' });
    }));

  test('never waits longer than 15 minutes', () =>
    withOperators(async (db) => {
      await attempt(db, { password: 'wrong' });
      await sql`update sign_in_tries set failures = 1000000`.execute(db);

      expect(await wrongAndHeld(db, 1)).toBe(15 * 60);
    }));

  test('waits as long for a name that nobody has', () =>
    withOperators(async (db) => {
      expect(await wrongAndHeld(db, 5, { username: 'nobody' })).toBe(2);
      expect(await attempt(db, { username: 'nobody' })).toMatchObject({ outcome: 'wait' });
    }));

  test('waits longer, and sooner, for a name that strangers have tried from everywhere', () =>
    withOperators(async (db) => {
      await attempt(db, { password: 'wrong', address: stranger });
      await sql`update sign_in_tries set failures = 50, held_until = last_at`.execute(db);

      expect(await wrongAndHeld(db, 1, { address: '198.51.100.7' })).toBe(8);
    }));

  test('gets nothing out of asking while waiting: no hash, no longer wait, no line in the audit', () =>
    withOperators(async (db) => {
      await wrongAndHeld(db, 4);
      await Promise.all(Array.from({ length: 50 }, () => attempt(db, { password: 'wrong' })));

      const { rows } = await sql<{ tries: number }>`
        select failures as tries from sign_in_tries union all select count(*)::int from audit_entries`.execute(db);
      for (const { tries } of rows) expect(tries).toBe(4);
    }));

  test('with a hundred tries at the same moment has no more of them looked at than there is room for', () =>
    withOperators(async (db) => {
      const room = 5; // two at a time, and three that wait for one name
      const all = await Promise.all(Array.from({ length: 100 }, () => attempt(db, { password: 'wrong' })));

      expect(all.filter(({ outcome }) => outcome === 'refused').length).toBeLessThanOrEqual(room);
      const { rows } = await sql`select from audit_entries`.execute(db);
      expect(rows.length).toBeLessThanOrEqual(room);
    }));

  test('many names from one address has to wait with all of them', () =>
    withOperators(async (db) => {
      for (let at = 0; at < 9; at += 1) await attempt(db, { username: `name${at}`, address: stranger });
      await wrongAndHeld(db, 1, { username: 'name9', address: stranger });

      expect(await attempt(db, { username: 'dana', address: stranger })).toMatchObject({ outcome: 'wait' });
      expect(await attempt(db, { username: 'dana' })).toMatchObject({ outcome: 'in' });
    }));

  test('from another address of the same network is still the same', () =>
    withOperators(async (db) => {
      for (const end of ['1', '2', '3']) await wrong(db, 1, { address: `2001:db8:0:7::${end}` });
      await wrongAndHeld(db, 1, { address: '2001:db8:0:7:ffff::9' });

      expect(await attempt(db, { address: '2001:db8:0:7::abc' })).toMatchObject({ outcome: 'wait' });
      expect(await attempt(db, { address: '2001:db8:0:8::abc' })).toMatchObject({ outcome: 'in' });
    }));
});

describe('the right person', () => {
  test('comes in from another address, while strangers guess under their name', () =>
    withOperators(async (db) => {
      await wrongAndHeld(db, 4, { address: stranger });
      await sql`update sign_in_tries set failures = 1000, last_at = clock_timestamp()`.execute(db);

      expect(await attempt(db, { address: stranger })).toMatchObject({ outcome: 'wait' });
      expect(await attempt(db, { address: home })).toMatchObject({ outcome: 'in' });
    }));

  test('comes in from the very address of the strangers with a browser that was let in before', () =>
    withOperators(async (db) => {
      const first = await attempt(db, { address: stranger });
      const browser = first.outcome === 'in' ? first.browser : undefined;
      await wrongAndHeld(db, 4, { address: stranger });

      expect(await attempt(db, { address: stranger })).toMatchObject({ outcome: 'wait' });
      expect(await attempt(db, { address: stranger, browser })).toMatchObject({ outcome: 'in' });
      expect(await attempt(db, { address: stranger, browser, username: 'mona' })).toMatchObject({ outcome: 'in' });
    }));

  test('is told to wait when that browser guesses, and cannot lend it to another name', () =>
    withOperators(async (db) => {
      const first = await attempt(db, {});
      const browser = first.outcome === 'in' ? first.browser : undefined;
      await wrongAndHeld(db, 4, { browser });
      expect(await attempt(db, { browser })).toMatchObject({ outcome: 'wait' });

      await wrongAndHeld(db, 4, { username: 'mona', browser });
      expect(await attempt(db, { username: 'mona', browser })).toMatchObject({ outcome: 'wait' });
    }));

  test('starts afresh once they are in', () =>
    withOperators(async (db) => {
      await wrong(db, 3);
      await attempt(db, {});
      await wrong(db, 3);

      expect(await attempt(db, {})).toMatchObject({ outcome: 'in' });
    }));

  test('is not counted against their address', () =>
    withOperators(async (db) => {
      for (let time = 0; time < 11; time += 1) expect(await attempt(db, {})).toMatchObject({ outcome: 'in' });
    }));
});

test('a browser cookie that is not ours changes nothing', () =>
  withOperators(async (db) => {
    await wrongAndHeld(db, 4);
    for (const browser of ['', 'x', 'eyJhbGciOiJkaXIifQ..a.b.c']) {
      expect(await attempt(db, { browser })).toMatchObject({ outcome: 'wait' });
    }
  }));

test('tries are forgotten after an hour', () =>
  withOperators(async (db) => {
    await wrongAndHeld(db, 4);
    await sql`update sign_in_tries set last_at = last_at - interval '61 minutes', held_until = clock_timestamp()`.execute(
      db,
    );
    await wrong(db, 3);
    expect(await attempt(db, {})).toMatchObject({ outcome: 'in' });

    await sql`update sign_in_tries set last_at = last_at - interval '61 minutes'`.execute(db);
    await forgetOldTries(db);
    expect((await sql`select from sign_in_tries`.execute(db)).rows).toEqual([]);
  }));

test('signing in over an older session of the same browser ends that session, and the audit says so', () =>
  withOperators(async (db) => {
    const older = await attempt(db, { username: 'mona' });
    const other = await attempt(db, { username: 'mona' });
    if (older.outcome !== 'in' || other.outcome !== 'in') throw new Error('Mona was not let in');
    const cookieOf = (sessionId: string) => encode({ token: { sessionId }, secret: secrets[0] });
    const authConfig: AuthConfig = { secrets, provider: undefined, accounts: 'all' };

    const session = await cookieOf(older.sessionId);
    expect(await attempt(db, { password: 'wrong', session })).toEqual({ outcome: 'refused' });
    expect(await operatorOf(db, authConfig, session)).toMatchObject({ id: 'mona' });
    expect(await attempt(db, { session })).toMatchObject({ outcome: 'in' });

    expect(await operatorOf(db, authConfig, session)).toBeUndefined();
    expect(await operatorOf(db, authConfig, await cookieOf(other.sessionId))).toMatchObject({ id: 'mona' });
    const ended = await db.selectFrom('audit_entries').selectAll().where('action', '=', 'sign-out').execute();
    expect(ended).toMatchObject([{ operator_id: 'mona', why: 'signed in again' }]);
  }));
