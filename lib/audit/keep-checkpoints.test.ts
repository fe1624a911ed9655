import { randomUUID } from 'node:crypto';
import { appendFile, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { Database } from '../db/database.ts';
import { withDatabase } from '../testing/database.ts';
import { exportEntries } from './export-entries.ts';
import { everything } from './filter.ts';
import { keepCheckpoint } from './keep-checkpoints.ts';
import { auditKeys } from './keys.ts';
import { recordEntry } from './store.ts';
import { verifyExport } from './verify-export.ts';

const withFile = (run: (db: Database, file: string) => Promise<void>) =>
  withDatabase(async (db) => {
    const folder = await mkdtemp(join(tmpdir(), 'carillon-checkpoints-'));
    await run(db, join(folder, 'made', 'checkpoints.jsonl'));
    await rm(folder, { recursive: true });
  });

const record = (db: Database) => recordEntry(db, { action: 'note', operator: null, requestId: randomUUID() });
const linesOf = async (file: string) => (await readFile(file, 'utf8')).trimEnd().split('\n');

async function checked(db: Database, file: string) {
  const { id, key } = auditKeys().current;
  const bytes = async function* (texts: AsyncIterable<string> | string[]) {
    for await (const text of texts) yield Buffer.from(text);
  };
  const marks = bytes([await readFile(file, 'utf8')]);
  return verifyExport(bytes(exportEntries(db, everything, 'jsonl')), new Map([[id, key]]), marks);
}

test('a checkpoint is written when there is something new, for its owner alone', () =>
  withFile(async (db, file) => {
    await keepCheckpoint(db, file);
    await expect(stat(file)).rejects.toThrow('ENOENT');
    await record(db);
    await keepCheckpoint(db, file);
    await keepCheckpoint(db, file);
    await record(db);
    await keepCheckpoint(db, file);

    expect(await linesOf(file)).toHaveLength(2);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await checked(db, file)).toMatchObject({ broken: null, checkpoints: 2 });
  }));

test('a crash in the middle of a line costs that line alone', () =>
  withFile(async (db, file) => {
    await record(db);
    await keepCheckpoint(db, file);
    await appendFile(file, '{"at":"2026-');
    await record(db);
    await keepCheckpoint(db, file);

    expect(await checked(db, file)).toMatchObject({ broken: null, checkpoints: 2 });
  }));

test('a log that was cut and has grown again is told at once, and found by a check of its export', () =>
  withFile(async (db, file) => {
    for (let count = 0; count < 3; count += 1) await record(db);
    const { hmac } = await db
      .selectFrom('audit_entries')
      .select('hmac')
      .where('sequence', '=', '1')
      .executeTakeFirstOrThrow();
    await keepCheckpoint(db, file);

    // What only the owner of the tables can do.
    await sql`alter table audit_entries disable trigger all`.execute(db);
    await sql`alter table audit_head disable trigger all`.execute(db);
    await sql`delete from audit_entries where sequence > 1`.execute(db);
    await sql`update audit_head set sequence = 1, hmac = ${hmac}`.execute(db);
    await record(db);
    await record(db);

    await expect(keepCheckpoint(db, file)).rejects.toThrow('Entry 3 of the audit is not the one');
    expect(await checked(db, file)).toMatchObject({ broken: { kind: 'checkpoint', sequence: '3' } });
  }));
