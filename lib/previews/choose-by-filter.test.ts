import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { accountId, person, withPeople } from '../../testing/people.ts';
import type { Database } from '../db/database.ts';
import { Refusal } from '../failures.ts';
import type { User } from '../users/user.ts';
import { type People, prepareBatch } from './prepare-batch.ts';

const by = {
  operatorId: 'mona',
  operatorName: 'Mona',
  operatorRole: 'admin',
  groups: null,
  token: null,
  requestId: randomUUID(),
};

const people = ['Basic', 'Pro', null].flatMap((license) =>
  ['Registered', 'Suspended'].flatMap((registration) =>
    ['PrivateUser', 'SharedDevice'].flatMap((userType) =>
      ['Ana', 'Bo'].map((name) => {
        const id = `${name}-${license}-${registration}-${userType}`.toLowerCase();
        return person(id, name, { license, registration, userType });
      }),
    ),
  ),
);

/** The people a preview is about; none where it is refused. */
async function chosen(db: Database, asked: People): Promise<User[]> {
  const wish = { accountId, people: asked, to: 'Pro', reason: null } as const;
  const id = await prepareBatch({ db, chime: { accounts: 'all' } }, wish, by).catch((error) => {
    if (error instanceof Refusal && error.code === 'invalid') return undefined;
    throw error;
  });
  if (id === undefined) return [];
  const items = await db.selectFrom('batch_items').select('user_id').where('batch_id', '=', id).execute();
  return people.filter((one) => items.some(({ user_id }) => user_id === one.id));
}

/** What one part of a filter says of a person, by the words of its address alone; a part that says nothing holds for nobody. */
function holds(user: User, key: string, value: string): boolean {
  const any = (fact: string | null) =>
    value
      .toLowerCase()
      .split('.')
      .includes((fact ?? 'none').toLowerCase());
  switch (key) {
    case 'plan':
      return any(user.license);
    case 'registration':
      return any(user.registration);
    case 'type':
      return any(user.userType);
    case 'q':
      return value
        .toLowerCase()
        .split(' ')
        .every((word) => `${user.id} ${user.name} ${user.email}`.toLowerCase().includes(word));
    case 'sort':
    case 'dir':
      return true;
    default:
      return false;
  }
}

test('no filter chooses anybody whom any part of its text leaves out', () =>
  withPeople(people, async (db) => {
    const keys = [
      'q',
      'plan',
      'registration',
      'type',
      'sort',
      'plna',
      'Plan',
      'licence',
      ' plan',
      'changed',
      'outside',
    ];
    const values = [
      'Basic',
      'Pro.Gold',
      'none',
      '',
      ' ',
      'suspended',
      'ana',
      'email',
      'yes',
      'never',
      'Basic,Pro',
      '%',
      '\u0301',
    ];
    const known = fc.constantFrom(
      ...[
        ['q', 'ana'],
        ['q', 'BO pro'],
        ['plan', 'basic'],
        ['plan', 'Pro.none'],
        ['registration', 'suspended'],
      ],
      ...[
        ['type', 'SHAREDDEVICE'],
        ['sort', 'email'],
        ['dir', 'desc'],
      ],
    );
    const part = fc.oneof(
      { weight: 2, arbitrary: known.map(([key = '', value = '']): [string, string] => [key, value]) },
      { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...keys), fc.constantFrom(...values)) },
    );
    let answered = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 3 }), async (parts) => {
        const params = String(new URLSearchParams(parts));
        const found = await chosen(db, { kind: 'filter', params });
        if (found.length > 0) answered += 1;
        for (const user of found) expect(parts.filter(([key, value]) => !holds(user, key, value))).toEqual([]);
        expect(found.length).toBeLessThan(people.length);
      }),
      { numRuns: 200, examples: [[[['plna', 'Basic']]], [[['plan', 'basic']]], [[]]] },
    );
    expect(answered).toBeGreaterThan(20);
  }));

test('everybody is chosen by that name alone', () =>
  withPeople(people, async (db) => {
    expect(await chosen(db, { kind: 'everybody' })).toHaveLength(people.length);
    expect(await chosen(db, { kind: 'filter', params: '' })).toEqual([]);
    expect(await db.selectFrom('batches').select('id').execute()).toHaveLength(1);
  }));
