import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { accountId, withPeople } from '../../testing/people.ts';
import { auditFilterFrom } from '../audit/filter.ts';
import { pageOfEntries } from '../audit/store.ts';
import { auditSentence } from '../texts/history.ts';
import { findActivityFiles } from './activity-store.ts';
import { keepActivity } from './keep-activity.ts';
import type { Activity } from './view.ts';

test('hosted days replace those of the same month as a whole, leave other months alone, and are in the audit', () =>
  withPeople([], async (db) => {
    const dana = { operator: { id: 'dana', name: 'Dana Reyes', role: 'admin' }, requestId: randomUUID() };
    const keep = (month: string, name: string, days: Activity['days']) =>
      keepActivity(db, { accountId, month, name, lines: 5, unmatched: 1, unclear: 2, days }, dana);
    await keep('2026-10', 'october.csv', [{ userId: 'ana', days: 31 }]);
    await keep('2026-11', 'first.csv', [
      { userId: 'ana', days: 3 },
      { userId: 'ben', days: 4 },
    ]);
    await keep('2026-11', 'second.csv', [{ userId: 'cleo', days: 30 }]);

    const rows = await db.selectFrom('activity_days').select(['user_id', 'days']).orderBy('month').execute();
    expect(rows).toEqual([
      { user_id: 'ana', days: 31 },
      { user_id: 'cleo', days: 30 },
    ]);
    expect(await findActivityFiles(db, [accountId], '2026-11')).toMatchObject([
      { name: 'second.csv', lines: 5, matched: 1, unmatched: 1, unclear: 2, uploadedBy: 'Dana Reyes' },
    ]);
    const { entries } = await pageOfEntries(db, auditFilterFrom(new URLSearchParams(), accountId));
    expect(auditSentence(entries[0] ?? expect.fail('There is no entry'))).toBe(
      '**Dana Reyes** uploaded hosted days: “2026-11: second.csv, 5 lines, 1 found, 1 not found, 2 not clear”',
    );
    expect(entries).toHaveLength(3);
  }));
