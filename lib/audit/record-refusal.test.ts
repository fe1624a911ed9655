import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { withDatabase } from '../../testing/database.ts';
import type { Database } from '../db/database.ts';
import { everything } from './filter.ts';
import { maxInFull, recordRefusal, tellCounted } from './record-refusal.ts';
import type { RefusedAttempt } from './refusals-store.ts';
import { pageOfEntries } from './store.ts';

const vera = { id: 'vera', name: 'Vera Lindqvist', role: 'viewer' };
const refusal = { code: 'not-allowed', message: 'The role viewer does not allow it.' } as const;
const attempt = (more: Partial<RefusedAttempt> = {}): RefusedAttempt => ({
  attempt: 'audit:view-all',
  operator: vera,
  requestId: randomUUID(),
  ...more,
});

const refuse = (db: Database, times: number, more: Partial<RefusedAttempt> = {}) =>
  Promise.all(Array.from({ length: times }, () => recordRefusal(db, attempt(more), refusal)));

/** As if the minute in which they came were over. */
const letAMinutePass = (db: Database) =>
  sql`update refusal_counts set minute = minute - interval '1 minute'`.execute(db);

const entries = async (db: Database) => (await pageOfEntries(db, everything)).entries;

test('of many refusals in a minute the first are written in full, and one entry says how many more there were', () =>
  withDatabase(async (db) => {
    await refuse(db, maxInFull + 7);
    expect(await entries(db)).toHaveLength(maxInFull);
    await tellCounted(db);
    expect(await entries(db)).toHaveLength(maxInFull);

    await letAMinutePass(db);
    await Promise.all([tellCounted(db), tellCounted(db)]);

    const [last, ...others] = await entries(db);
    expect(others).toHaveLength(maxInFull);
    expect(last).toMatchObject({
      action: 'denied',
      outcome: 'failed',
      operator: { name: 'Vera Lindqvist', role: 'viewer' },
      refused: { attempt: 'audit:view-all', more: { count: 7 } },
    });
  }));

test('whoever is refused often hides no refusal of another kind, and none of somebody else', () =>
  withDatabase(async (db) => {
    await refuse(db, maxInFull + 1);
    await refuse(db, 1, { attempt: 'approve-batch' });
    await refuse(db, 1, { operator: { ...vera, id: 'otto' } });

    const found = await entries(db);
    expect(found).toHaveLength(maxInFull + 2);
    await letAMinutePass(db);
    await tellCounted(db);
    expect(await entries(db)).toHaveLength(maxInFull + 3);
  }));

test('the next minute begins anew', () =>
  withDatabase(async (db) => {
    await refuse(db, maxInFull + 1);
    await letAMinutePass(db);
    await refuse(db, 1);
    expect(await entries(db)).toHaveLength(maxInFull + 1);
  }));

test('an entry says what was tried and why it was refused, however long the reason', () =>
  withDatabase(async (db) => {
    await recordRefusal(db, attempt({ attempt: 'approve-batch', batchId: randomUUID() }), {
      code: 'not-allowed',
      message: `Another admin has to approve it.${' '.repeat(10_000)}`,
    });

    const [entry] = await entries(db);
    expect(entry?.refused?.said).toMatch(/^Another admin has to approve it\. *$/);
    expect(entry?.refused?.said?.length).toBeLessThan(1_000);
  }));
