import { expect, test } from 'vitest';
import { withDatabase } from '../../testing/database.ts';
import { findLastAccount, keepLastAccount } from './last-account-store.ts';
import { saveOperator } from './store.ts';

test('each operator is led back to the account that they looked at last', () =>
  withDatabase(async (db) => {
    for (const id of ['dana', 'mona']) {
      await saveOperator(db, { id, username: id, name: id, role: 'viewer', passwordHash: 'none' });
    }
    await keepLastAccount(db, 'dana', 'nordwind');
    await keepLastAccount(db, 'dana', 'harbour');

    expect(await findLastAccount(db, 'dana')).toBe('harbour');
    expect(await findLastAccount(db, 'mona')).toBeNull();
    expect(await findLastAccount(db, 'nobody')).toBeNull();
  }));
