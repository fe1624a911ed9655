import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { withDatabase } from '../../testing/database.ts';
import { checkpointLine } from '../audit/checkpoint.ts';
import { auditKeys } from '../audit/keys.ts';
import { readEnd } from '../audit/ledger-store.ts';
import { recordEntry } from '../audit/store.ts';
import type { Database } from '../db/database.ts';
import type { Manifest } from './backup.ts';
import { checkCopy } from './check-copy.ts';
import { judgeCopy } from './copy-verdict.ts';

const { current } = auditKeys();
const keys = new Map([[current.id, current.key]]);

/** Three entries, and what a manifest taken after the second says. */
async function fill(db: Database): Promise<Pick<Manifest, 'audit'>> {
  const add = () => recordEntry(db, { action: 'sign-in', operator: null, requestId: randomUUID() });
  await add();
  await add();
  const { sequence, hmac, keyId } = await readEnd(db);
  await add();
  return { audit: { sequence, hmac, keyId } };
}

async function* linesOf(...marks: { at: string; sequence: string; hmac: string }[]): AsyncGenerator<Uint8Array> {
  for (const mark of marks) yield Buffer.from(checkpointLine(mark, current));
}

test('a copy with every entry is good, and says how much more the checkpoints have seen', () =>
  withDatabase(async (db) => {
    const manifest = await fill(db);
    const end = await readEnd(db);
    const later = new Date(Date.parse(end.at) + 37_000).toISOString();

    const check = await checkCopy(db, keys, manifest, linesOf(end, { at: later, sequence: '9', hmac: 'of the rest' }));

    expect(check).toMatchObject({
      broken: undefined,
      hasWhatItPromised: true,
      checkpoints: 1,
      last: { sequence: '3' },
    });
    const verdict = judgeCopy({ ...check, last: { sequence: '3', at: end.at } }, undefined, true);
    expect(verdict.isGood).toBe(true);
    expect(verdict.lines[0]).toMatch(/^Good up to entry 3, .* UTC; 37 s of writes would be lost \(6 entries\)\.$/);
  }));

test('a copy that lacks what its manifest promised is not good', () =>
  withDatabase(async (db) => {
    const { audit } = await fill(db);

    const lacking = await checkCopy(db, keys, { audit: { ...audit, sequence: '4' } });
    const other = await checkCopy(db, keys, { audit: { ...audit, hmac: 'of another log' } });

    for (const check of [lacking, other]) expect(judgeCopy(check, undefined, false).isGood).toBe(false);
  }));

test('a copy with an edited entry, or another than a checkpoint has seen, is not good, and the entry is named', () =>
  withDatabase(async (db) => {
    const manifest = await fill(db);
    const forged = await checkCopy(db, keys, manifest, linesOf({ at: 'then', sequence: '2', hmac: 'another' }));
    await sql`alter table audit_entries disable trigger user`.execute(db);
    await sql`update audit_entries set action = 'sign-out' where sequence = 2`.execute(db);

    const edited = await checkCopy(db, keys, manifest);

    expect(judgeCopy(forged, undefined, true).lines).toEqual([
      'Broken at entry 2 (line 2): it differs from the entry that a checkpoint recorded.',
    ]);
    expect(judgeCopy(edited, undefined, false).lines[0]).toMatch(/^Broken at entry 2 \(line 2\): it was edited/);
  }));

test('a copy whose people are not as many as its counts say is not good', () =>
  withDatabase(async (db) => {
    const check = { ...(await checkCopy(db, keys, await fill(db))), counted: 5 };

    expect(judgeCopy(check, undefined, false).lines[0]).toContain('0 people are in it, and its counts say 5');
  }));

test('what would be lost is told by the log that still runs, and is not known without that and checkpoints', () => {
  const last = { sequence: '1200', at: '2026-11-28T14:02:10.000Z' };
  const check = { last, broken: undefined, hasWhatItPromised: true, checkpoints: 0, beyond: undefined };
  const judged = (live: typeof last | undefined) =>
    judgeCopy({ ...check, people: 3, counted: 3 }, live, false).lines[0];

  expect(judged({ sequence: '1201', at: '2026-11-28T17:02:10.000Z' })).toBe(
    'Good up to entry 1,200, 2026-11-28 14:02:10 UTC; 3 hours of writes would be lost (1 entry).',
  );
  expect(judged(last)).toContain('; nothing would be lost.');
  expect(judged(undefined)).toContain('how much would be lost is not known');
});
