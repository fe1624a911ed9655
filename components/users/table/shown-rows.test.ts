import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { UserRow } from '@/lib/users/user.ts';
import { mergeRows, type ShownRow } from './shown-rows.ts';

const user = (id: string, license = 'Basic'): UserRow => ({
  id,
  email: `${id}@x.example`,
  name: id,
  license,
  registration: 'Registered',
  invitation: null,
  userType: null,
  registeredOn: null,
  invitedOn: null,
  batch: null,
  open: null,
  late: null,
  lastChange: null,
  ending: null,
});
const shown = (...ids: string[]): ShownRow[] => ids.map((id) => ({ user: user(id), ghost: false }));
const ids = (rows: ShownRow[]) => rows.map((row) => row.user.id).join('');
const only =
  (...worked: string[]) =>
  (id: string) =>
    worked.includes(id);

test('without anyone worked on the new list stands as it is', () => {
  expect(ids(mergeRows(shown('a', 'b', 'c'), [user('c'), user('a')], only()))).toBe('ca');
});

test('a row being worked on keeps its place when the new order would move it', () => {
  expect(ids(mergeRows(shown('a', 'b', 'c'), [user('b'), user('c'), user('a')], only('a')))).toBe('abc');
});

test('a row being worked on stays when it no longer matches, and says so', () => {
  const rows = mergeRows(shown('a', 'b', 'c'), [user('a'), user('c')], only('b'));

  expect(ids(rows)).toBe('abc');
  expect(rows[1]?.ghost).toBe(true);
});

test('a row being worked on shows what the new list says about it', () => {
  expect(mergeRows(shown('a'), [user('a', 'Pro')], only('a'))[0]?.user.license).toBe('Pro');
});

test('a ghost that matches again is none', () => {
  const before: ShownRow[] = [{ user: user('a'), ghost: true }];

  expect(mergeRows(before, [user('a')], only('a'))[0]?.ghost).toBe(false);
});

test('everyone in the new list is shown once, and whoever is worked on is in the same place', () => {
  const letters = fc.uniqueArray(fc.constantFrom(...'abcdefgh'), { maxLength: 8 });
  fc.assert(
    fc.property(letters, letters, letters, (before, after, worked) => {
      const rows = mergeRows(
        shown(...before),
        after.map((id) => user(id)),
        only(...worked),
      );
      const got = rows.map((row) => row.user.id);
      const kept = before.filter((id) => worked.includes(id));

      expect(new Set(got).size).toBe(got.length);
      expect([...got].sort()).toEqual([...new Set([...after, ...kept])].sort());
      const others = got.length - kept.length;
      for (const id of kept) {
        const place = before.indexOf(id);
        const keptBefore = kept.filter((other) => before.indexOf(other) < place).length;
        if (place <= others + keptBefore) expect(got.indexOf(id)).toBe(place);
      }
    }),
  );
});
