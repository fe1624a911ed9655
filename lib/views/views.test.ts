import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { withDatabase } from '../../testing/database.ts';
import { saveOperator } from '../auth/store.ts';
import type { Database } from '../db/database.ts';
import { filterFromParams, paramsFromFilter } from '../search/filter.ts';
import { forgetView, keepView, listViews } from './store.ts';
import { longestViewName, maxViews, viewNameFrom, viewParamsFrom } from './view.ts';

async function withOperators(db: Database) {
  for (const id of ['dana', 'mona']) {
    await saveOperator(db, { id, username: id, name: id, role: 'helpdesk', passwordHash: 'none' });
  }
  for (const id of ['one', 'two']) {
    await db.insertInto('accounts').values({ id, name: id, supported_licenses: [] }).execute();
  }
}

describe('the views of an operator', () => {
  test('are found again by name, and only by their operator and in their account', () =>
    withDatabase(async (db) => {
      await withOperators(db);
      await keepView(db, 'dana', 'one', { name: 'View 10', params: 'plan=Pro' });
      await keepView(db, 'dana', 'one', { name: 'View 9', params: 'q=silva' });
      await keepView(db, 'dana', 'two', { name: 'View 9', params: 'q=other' });

      expect(await listViews(db, 'dana', 'one')).toEqual([
        { name: 'View 9', params: 'q=silva' },
        { name: 'View 10', params: 'plan=Pro' },
      ]);
      expect(await listViews(db, 'mona', 'one')).toEqual([]);
    }));

  test('take the place of one with the same name, and are forgotten', () =>
    withDatabase(async (db) => {
      await withOperators(db);
      await keepView(db, 'dana', 'one', { name: 'Mine', params: 'plan=Pro' });

      await keepView(db, 'dana', 'one', { name: 'Mine', params: 'plan=Basic' });

      expect(await listViews(db, 'dana', 'one')).toEqual([{ name: 'Mine', params: 'plan=Basic' }]);
      await forgetView(db, 'dana', 'one', 'Mine');
      await forgetView(db, 'dana', 'one', 'Mine');
      expect(await listViews(db, 'dana', 'one')).toEqual([]);
    }));

  test('are at most fifty in an account, also when two tabs save the last at once; the old ones can still be replaced', () =>
    withDatabase(async (db) => {
      await withOperators(db);
      for (let count = 1; count < maxViews; count += 1) {
        await keepView(db, 'dana', 'one', { name: `View ${count}`, params: '' });
      }

      const kept = await Promise.all(
        ['Left', 'Right'].map((name) => keepView(db, 'dana', 'one', { name, params: '' })),
      );

      expect(kept.toSorted()).toEqual([false, true]);
      expect(await keepView(db, 'dana', 'one', { name: 'View 1', params: 'plan=Pro' })).toBe(true);
      expect(await listViews(db, 'dana', 'one')).toHaveLength(maxViews);
    }));
});

test.each([
  ['  Pro   in\tSales ', 'Pro in Sales'],
  ['x'.repeat(longestViewName), 'x'.repeat(longestViewName)],
  ['🦔'.repeat(longestViewName), '🦔'.repeat(longestViewName)],
])('a view may be called %j', (name, kept) => {
  expect(viewNameFrom(name)).toBe(kept);
});

test.each(['', '   ', 'x'.repeat(longestViewName + 1), 'a\0b', '\ud800', 'a\u001bb'])(
  'a view cannot be called %j',
  (name) => {
    expect(viewNameFrom(name)).toBeNull();
  },
);

test('the address of a view holds a filter and nothing else, whatever it was made from', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      const params = viewParamsFrom(text);

      expect(params).toBe(paramsFromFilter(filterFromParams(new URLSearchParams(params))));
    }),
  );
  expect(viewParamsFrom('plan=Pro&at=abc&evil=1&q=ana')).toBe('q=ana&plan=Pro');
});
