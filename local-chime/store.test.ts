import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createOrganisation, exampleAccounts } from './people/organisation.ts';
import { Store } from './store.ts';

const { enterprise } = exampleAccounts;
const cause = { operation: 'Test', requestId: 'r' };

let folder: string;
let store: Store;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'store-'));
  store = open();
  createOrganisation(store, { seed: 1, team: 5, enterprise: 20, directory: 5 });
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

function open(): Store {
  return new Store(join(folder, 'chime.sqlite'));
}

function someone(index: number) {
  const user = store.users(enterprise, {}, 0, 100)[index]?.item;
  if (!user) throw new Error('Nobody there');
  return user;
}

const setPro = (index: number) => store.write(() => store.setLicense(someone(index), 'Pro', cause));

test('of writes that arrive together, one that fails halfway undoes itself and no other', async () => {
  const failing = store.write(() => {
    store.setLicense(someone(1), 'Plus', cause);
    throw new Error('halfway');
  });

  const outcomes = await Promise.allSettled([setPro(0), failing, setPro(2)]);

  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(store.journal(0).map((entry) => [entry.userId, entry.to])).toEqual([
    [someone(0).UserId, 'Pro'],
    [someone(2).UserId, 'Pro'],
  ]);
});

test('a write that refuses before it writes leaves the others of its group alone', async () => {
  const refusing = store.write(() => {
    throw new Error('no');
  });

  const outcomes = await Promise.allSettled([setPro(0), refusing, setPro(2)]);

  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(store.journal(0)).toHaveLength(2);
});

test('after a group of nothing but failures, writes still come through', async () => {
  const failing = store.write(() => {
    store.setLicense(someone(1), 'Plus', cause);
    throw new Error('halfway');
  });
  await expect(failing).rejects.toThrow('halfway');

  await setPro(0);

  expect(store.journal(0)).toHaveLength(1);
});

test('adding somebody who is undone does not count', async () => {
  const before = store.size;

  const failing = store.write(() => {
    store.addUser({ UserId: 'new', AccountId: enterprise }, cause);
    throw new Error('halfway');
  });

  await expect(failing).rejects.toThrow('halfway');
  expect(store.size).toEqual(before);
});

test('what was written before the file is closed is there when it is opened again', async () => {
  const writing = setPro(0);
  await store.close();
  await writing;

  store = open();

  expect(someone(0).LicenseType).toBe('Pro');
  expect(store.size).toEqual({ accounts: 3, users: 30 });
});

test('a file that one Local Chime has open is refused to a second', () => {
  expect(open).toThrow('cannot be opened: Another Local Chime has this file open.');
});

test('the file is readable by its owner only', async () => {
  expect((await stat(join(folder, 'chime.sqlite'))).mode & 0o777).toBe(0o600);
  expect((await stat(join(folder, 'chime.sqlite-wal'))).mode & 0o777).toBe(0o600);
});

test('somebody removed and added again comes last in a listing', () => {
  const first = someone(0);

  store.writeNow(() => {
    store.removeUser(first, cause);
    store.addUser(first, cause);
  });

  expect(store.users(enterprise, {}, 0, 100).at(-1)?.item.UserId).toBe(first.UserId);
});
