import { expect, test } from 'vitest';
import { withDatabase } from '../../testing/database.ts';
import { saveOperator } from '../auth/store.ts';
import { defaultPreferences } from './preferences.ts';
import { findPreferences, keepPreferences } from './store.ts';

test('an operator finds the table as it was left, and everybody else as it was made', () =>
  withDatabase(async (db) => {
    for (const id of ['dana', 'mona']) {
      await saveOperator(db, { id, username: id, name: id, role: 'viewer', passwordHash: 'none' });
    }
    await keepPreferences(db, 'dana', { columns: ['changed', 'id'], density: 'comfortable', pageSize: 50 });
    await keepPreferences(db, 'dana', { columns: ['invited', 'type'], density: 'compact', pageSize: 200 });

    expect(await findPreferences(db, 'dana')).toEqual({
      columns: ['type', 'invited'],
      density: 'compact',
      pageSize: 200,
    });
    expect(await findPreferences(db, 'mona')).toEqual(defaultPreferences);
  }));

test('a column that is no more is left out', () =>
  withDatabase(async (db) => {
    await saveOperator(db, { id: 'dana', username: 'dana', name: 'Dana', role: 'viewer', passwordHash: 'none' });
    await db
      .insertInto('preferences')
      .values({ operator_id: 'dana', columns: ['changed', 'shoe-size'], density: 'compact' })
      .execute();

    expect(await findPreferences(db, 'dana')).toEqual({ columns: ['changed'], density: 'compact', pageSize: 50 });
  }));
