import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { withDatabase } from '../../testing/database.ts';
import { appendEntries } from '../audit/append-entries.ts';
import { auditKeyFrom } from '../audit/keys.ts';
import { recordEntry } from '../audit/store.ts';
import { consoleUser } from './console-user.ts';
import { replaceLostKey } from './replace-lost-key.ts';

const by = consoleUser('root', 'desk-1');
const lost = { current: auditKeyFrom('a-key-that-nobody-has-any-more-and-is-long'), previous: undefined };
const entry = () => ({ action: 'note', outcome: 'applied', requestId: randomUUID() }) as const;

test('a log whose key is lost goes on with a new one, and says so; a key that is not lost is kept', () =>
  withDatabase(async (db) => {
    await db.transaction().execute((trx) => appendEntries(trx, [entry()], lost));
    await expect(recordEntry(db, { action: 'note', operator: null, requestId: randomUUID() })).rejects.toThrow();

    await replaceLostKey(db, by, 'The machine with the key burnt');

    await recordEntry(db, { action: 'note', operator: null, requestId: randomUUID() });
    const entries = await db.selectFrom('audit_entries').select(['action', 'why']).orderBy('sequence').execute();
    expect(entries.map(({ action }) => action)).toEqual(['note', 'audit-key', 'note']);
    await expect(replaceLostKey(db, by, 'again')).rejects.toThrow('no key is lost');
  }));
