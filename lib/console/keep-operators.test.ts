import { expect, test } from 'vitest';
import { withDatabase } from '../../testing/database.ts';
import { everything } from '../audit/filter.ts';
import { pageOfEntries } from '../audit/store.ts';
import type { AuthConfig } from '../auth/auth-config.ts';
import { beginSession } from '../auth/session.ts';
import { findOperator, saveOperator } from '../auth/store.ts';
import type { Database } from '../db/database.ts';
import type { Role } from '../operators/roles.ts';
import { auditSentence } from '../texts/english/audit/audit-sentence.ts';
import { consoleUser } from './console-user.ts';
import {
  disableOperator,
  enableOperator,
  endAllSessions,
  operatorNamed,
  revokeAnyToken,
  roleOf,
  signOutOperator,
} from './keep-operators.ts';
import { listOperators } from './operators-store.ts';

const local: AuthConfig = { secrets: ['only-for-this-test'], provider: undefined, accounts: 'all' };
const by = consoleUser('root', 'desk-1');

const add = (db: Database, id: string, name: string, role: Role) =>
  saveOperator(db, { id, username: id, name, role, passwordHash: 'none' });

async function withOperators(run: (db: Database) => Promise<void>): Promise<void> {
  await withDatabase(async (db) => {
    await add(db, 'ada', 'Ada Okoye', 'admin');
    await add(db, 'otto', 'Otto Lind', 'admin');
    await add(db, 'dana', 'Dana Reyes', 'helpdesk');
    await run(db);
  });
}

const sentences = async (db: Database) =>
  (await pageOfEntries(db, everything)).entries.map((entry) => auditSentence(entry));

test('an operator who is disabled is out at once, and can be let in again', () =>
  withOperators(async (db) => {
    await beginSession(db, 'dana');

    expect(await disableOperator(db, local, 'DANA', by)).toBe('Dana Reyes (dana)');

    expect(await findOperator(db, 'dana')).toBeUndefined();
    expect((await listOperators(db)).find(({ id }) => id === 'dana')).toMatchObject({ sessions: 0 });
    await enableOperator(db, 'Dana Reyes', by);
    expect(await findOperator(db, 'dana')).toMatchObject({ id: 'dana' });
    expect(await sentences(db)).toEqual([
      '**Console, user root@desk-1** enabled an operator: “Dana Reyes (dana)”',
      '**Console, user root@desk-1** disabled an operator: “Dana Reyes (dana)”',
    ]);
  }));

test('the last admin is not disabled, also when two are at it at once', () =>
  withOperators(async (db) => {
    const both = await Promise.allSettled([
      disableOperator(db, local, 'ada', by),
      disableOperator(db, local, 'otto', by),
    ]);

    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const left = (await listOperators(db)).filter((one) => one.disabledAt === null && roleOf(local, one) === 'admin');
    expect(left).toHaveLength(1);
    await expect(disableOperator(db, local, left[0]?.id ?? '', by)).rejects.toThrow(
      /is the last admin who can sign in: enable or add another one first$/,
    );
  }));

test('with a provider the role is the one of the groups of the last session', () =>
  withDatabase(async (db) => {
    const issuer = 'https://login.example';
    const rules = {
      groupsClaim: 'groups',
      scope: 'openid',
      help: '',
      groups: { owners: { role: 'admin', accounts: 'all' } },
    } as const;
    const provider = { issuer, clientId: 'carillon', clientSecret: 'none', rules: () => rules };
    const person = { id: 'p1', name: 'Ada', subject: '1', issuer, email: 'ada@example.com', groups_claim: 'groups' };
    await db.insertInto('operators').values(person).execute();
    await beginSession(db, 'p1', ['owners']);

    await expect(disableOperator(db, { ...local, provider }, 'ada@example.com', by)).rejects.toThrow('the last admin');
  }));

test('a name that nobody has, or several have, is refused with what to write instead', () =>
  withOperators(async (db) => {
    await add(db, 'otto2', 'Otto Lind', 'viewer');
    const operators = await listOperators(db);

    expect(operatorNamed(operators, 'otto').id).toBe('otto');
    expect(() => operatorNamed(operators, 'Otto Lind')).toThrow(
      '2 operators are called “Otto Lind”: name one of otto, otto2',
    );
    expect(() => operatorNamed(operators, 'nobody')).toThrow('No operator is called “nobody”');
  }));

test('sessions end by operator, or all of them', () =>
  withOperators(async (db) => {
    for (const id of ['dana', 'dana', 'ada']) await beginSession(db, id);

    expect(await signOutOperator(db, 'dana', by)).toEqual({ operator: 'Dana Reyes (dana)', sessions: 2 });
    expect(await endAllSessions(db, by)).toBe(1);
    await expect(revokeAnyToken(db, '00000000-0000-4000-8000-000000000000', by)).rejects.toThrow('No token has the ID');
  }));
