import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { withDatabase } from '../../testing/database.ts';
import { checkpointLine } from '../audit/checkpoint.ts';
import { everything } from '../audit/filter.ts';
import { auditKeys } from '../audit/keys.ts';
import { readEnd } from '../audit/ledger-store.ts';
import { recordEntry } from '../audit/store.ts';
import { verifyExport } from '../audit/verify-export.ts';
import { type Database, openAppDatabase } from '../db/database.ts';
import { exportEntries } from '../exports/export-entries.ts';
import { consoleUser } from './console-user.ts';
import { cutAudit } from './cut-audit.ts';

const by = consoleUser('root', 'desk-1');
const { current } = auditKeys();
const keys = new Map([[current.id, current.key]]);

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);

/** Entries that were written so many days ago each, with seals as they would have had then. */
async function writeEntries(db: Database, days: number[]): Promise<void> {
  await sql`
    create function public.clock_timestamp() returns timestamptz language sql as
      $$ select pg_catalog.clock_timestamp() - current_setting('carillon.days')::int * interval '1 day' $$`.execute(db);
  for (const day of days) {
    await db.transaction().execute(async (trx) => {
      await sql`select set_config('search_path', 'public, pg_catalog', true), set_config('carillon.days', ${String(day)}, true)`.execute(
        trx,
      );
      await recordEntry(trx, { action: 'note', operator: null, requestId: randomUUID(), why: `${day} days ago` });
    });
  }
  await sql`drop function public.clock_timestamp()`.execute(db);
}

async function linesOf(db: Database): Promise<string[]> {
  const texts: string[] = [];
  for await (const text of exportEntries(db, everything, 'jsonl')) texts.push(text);
  return texts.join('').split('\n').slice(0, -1);
}

async function* bytesOf(lines: string[]) {
  for (const line of lines) yield Buffer.from(`${line}\n`);
}

const check = async (lines: string[], marks?: string[]) =>
  verifyExport(bytesOf(lines), keys, marks && bytesOf(marks.map((mark) => mark.trimEnd())));

test('what was cut is gone, the newest entry says so, and what is left is believed', () =>
  withDatabase(async (db) => {
    await writeEntries(db, [800, 700, 600, 200, 100]);
    const marks = [checkpointLine(await readEnd(db), current)];

    const cut = await cutAudit(db, by, daysAgo(300), 'Kept for a year');

    expect(cut).toMatchObject({ first: '1', last: '3', entries: '3' });
    const lines = await linesOf(db);
    expect(lines).toHaveLength(3);
    expect(JSON.parse(lines[2] ?? '')).toMatchObject({
      action: 'audit-cut',
      operatorName: by.operatorName,
      why: 'Kept for a year (entries 1 to 3)',
      count: '3',
    });
    expect(await check(lines, marks)).toMatchObject({ broken: null, checkpoints: 1, state: { cut: { last: '3' } } });

    await cutAudit(db, by, daysAgo(150), 'Again');
    const later = await linesOf(db);
    expect(later).toHaveLength(3);
    expect(await check(later, marks)).toMatchObject({ broken: null, state: { cut: { first: '4', last: '4' } } });
  }));

test('what begins later and no entry says why is not believed, nor what a cut does not fit', () =>
  withDatabase(async (db) => {
    await writeEntries(db, [800, 700, 600, 200, 100]);
    const whole = await linesOf(db);
    expect(await check(whole.slice(1))).toMatchObject({ broken: { kind: 'missing', sequence: '2', line: 1 } });

    await cutAudit(db, by, daysAgo(300), 'Kept for a year');

    const left = await linesOf(db);
    expect(await check(left.slice(1))).toMatchObject({ broken: { kind: 'missing', sequence: '5', line: 1 } });
    expect(await check(left.slice(0, -1))).toMatchObject({ broken: { kind: 'missing', sequence: '4', line: 1 } });
    const edited = [left[0]?.replace('200 days', '201 days') ?? '', ...left.slice(1)];
    expect(await check(edited)).toMatchObject({ broken: { kind: 'edited', sequence: '4' } });
  }));

test('nothing young, nothing unnamed and nothing by web and worker is removed', () =>
  withDatabase(async (db, url) => {
    await writeEntries(db, [800, 100]);

    await expect(cutAudit(db, by, daysAgo(30), 'Too soon')).rejects.toThrow('last 90 days');
    await expect(cutAudit(db, by, daysAgo(900), 'Nothing')).rejects.toThrow('no entry from before then');
    const app = openAppDatabase(url, 1);
    await expect(cutAudit(app, by, daysAgo(300), 'Not theirs')).rejects.toThrow('permission denied');
    await app.destroy();
    await cutAudit(db, by, daysAgo(300), 'Kept for a year');
    await expect(sql`delete from audit_entries`.execute(db)).rejects.toThrow('append-only');

    expect(await linesOf(db)).toHaveLength(2);
  }));
