import { expect, test } from 'vitest';
import { accountId, insertPeople, person, withPeople } from '../../testing/people.ts';
import type { Database } from '../db/database.ts';
import { findElsewhere } from './find-elsewhere-store.ts';

const addAccount = (db: Database, id: string, name: string) =>
  db
    .insertInto('accounts')
    .values({ id, name, supported_licenses: ['Basic', 'Pro'] })
    .execute();

const inOthers = (run: (db: Database) => Promise<void>) =>
  withPeople([person('ana', 'Ana Silva')], async (db) => {
    await addAccount(db, 'clinics', 'Meridian Clinics');
    await addAccount(db, 'books', 'Harbour Books');
    await addAccount(db, 'secret', 'Secret');
    await insertPeople(db, [
      person('ruth', 'Ruth Adler', { accountId: 'clinics' }),
      person('ruth2', 'Ruth Silva', { accountId: 'clinics' }),
      person('jo', 'Jörg Müller', { accountId: 'books' }),
      person('ruth', 'Ruth Adler', { accountId: 'secret' }),
      ...Array.from({ length: 150 }, (_, place) => person(`many${place}`, 'Maria Many', { accountId: 'books' })),
    ]);
    await run(db);
  });

const mine = [accountId, 'clinics', 'books'];

test('a search is looked for in the other accounts that the operator may see, and in no other', () =>
  inOthers(async (db) => {
    expect(await findElsewhere(db, mine, accountId, 'ruth adler')).toEqual([
      { accountId: 'clinics', name: 'Meridian Clinics', people: 1, isMore: false },
    ]);
    expect(await findElsewhere(db, mine, accountId, 'joerg mueller')).toMatchObject([
      { accountId: 'books', people: 1 },
    ]);
    expect(await findElsewhere(db, mine, accountId, 'silva')).toMatchObject([{ accountId: 'clinics', people: 1 }]);
    expect(await findElsewhere(db, 'all', 'clinics', 'ruth')).toMatchObject([{ accountId: 'secret' }]);
    expect(await findElsewhere(db, [accountId], accountId, 'ruth')).toEqual([]);
  }));

test('many people are not counted to the end, and a search that no index leads to is not made', () =>
  inOthers(async (db) => {
    expect(await findElsewhere(db, mine, accountId, 'maria')).toMatchObject([{ people: 100, isMore: true }]);
    for (const search of ['', 'm', 'ma', '"', '\0'])
      expect(await findElsewhere(db, mine, accountId, search)).toEqual([]);
  }));

test('an answer that takes long is none', () =>
  inOthers(async (db) => {
    await db.transaction().execute(async (holding) => {
      await holding.schema.alterTable('users').addColumn('extra', 'text').execute(); // keeps every reader waiting
      expect(await findElsewhere(db, mine, accountId, 'ruth')).toEqual([]);
    });
  }));
