import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { withDatabase } from '../../testing/database.ts';
import { auditFilterFrom } from './filter.ts';
import { pageOfEntries, recordEntry } from './store.ts';

const people = [
  { userId: 'p1', userName: 'María Fernández', userEmail: 'm.f@nordwind.example' },
  { userId: 'p2', userName: 'Jörg Ødegård', userEmail: 'JO@Nordwind.example' },
  { userId: 'p3', userName: "Ana O'Brien", userEmail: 'ana@nordwind.example' },
  { userId: 'p4', userName: 'Łukasz Straße', userEmail: null },
];

const searches: [asked: string, found: string[]][] = [
  ['maria fernandez', ['p1']],
  ['fernand', ['p1']],
  ['Fernández, María', ['p1']],
  ['m.f@nordwind.example', ['p1']],
  ['m.f@', ['p1']],
  ['"Fernández, María" <M.F@nordwind.example>', ['p1']],
  ['María Fernández\tm.f@nordwind.example\tPro', ['p1']],
  ['joerg oedegaard', ['p2']],
  ['jorg odegard', ['p2']],
  ['jo@nordwind.example', ['p2']],
  ['obrien', ['p3']],
  ['O’Brien', ['p3']],
  ['lukasz strasse', ['p4']],
  ['p4', ['p4']],
  ['maria silva', []],
  ['%', []],
];

test('the audit finds the entries about a person by what finds the person in People', () =>
  withDatabase(async (db) => {
    for (const person of people) {
      const entry = { accountId: 'a', requestId: randomUUID(), operator: null, to: 'Pro', ...person };
      await recordEntry(db, { action: 'change', ...entry });
    }

    const found = [];
    for (const [asked] of searches) {
      const { entries } = await pageOfEntries(db, auditFilterFrom(new URLSearchParams({ person: asked }), 'a'));
      found.push([asked, entries.map(({ user }) => user?.id)]);
    }

    expect(found).toEqual(searches);
  }));
