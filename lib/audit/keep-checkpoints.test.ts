import { randomUUID } from 'node:crypto';
import { appendFile, mkdir, mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { withDatabase } from '../../testing/database.ts';
import type { Database } from '../db/database.ts';
import { exportEntries } from '../exports/export-entries.ts';
import { checkpointLine } from './checkpoint.ts';
import { everything } from './filter.ts';
import { openCheckpoints } from './keep-checkpoints.ts';
import { auditKeys, readAuditKeys } from './keys.ts';
import { readEnd } from './ledger-store.ts';
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

/** What only the owner of the tables can do. */
async function cutAfterFirst(db: Database) {
  const first = db.selectFrom('audit_entries').select('hmac').where('sequence', '=', '1');
  const { hmac } = await first.executeTakeFirstOrThrow();
  await sql`alter table audit_entries disable trigger all`.execute(db);
  await sql`alter table audit_head disable trigger all`.execute(db);
  await sql`delete from audit_entries where sequence > 1`.execute(db);
  await sql`update audit_head set sequence = 1, hmac = ${hmac}`.execute(db);
}

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
    const keep = openCheckpoints(file);
    await keep(db);
    await expect(stat(file)).rejects.toThrow('ENOENT');
    await record(db);
    await keep(db);
    await keep(db);
    await record(db);
    await keep(db);

    expect(await linesOf(file)).toHaveLength(2);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await checked(db, file)).toMatchObject({ broken: null, checkpoints: 2 });
  }));

test('two workers write into one file, and a worker that starts again goes on with it', () =>
  withFile(async (db, file) => {
    const [one, other] = [openCheckpoints(file), openCheckpoints(file)];
    for (const keep of [one, other, one, openCheckpoints(file)]) {
      await record(db);
      await keep(db);
      await other(db);
    }

    expect(await linesOf(file)).toHaveLength(4);
    expect(await checked(db, file)).toMatchObject({ broken: null, checkpoints: 4 });
  }));

test('a worker reads from where it had come to, not the whole file again', () =>
  withFile(async (db, file) => {
    const keep = openCheckpoints(file);
    await record(db);
    await keep(db);
    await keep(db);
    const [first = ''] = await linesOf(file);
    await writeFile(file, `${'#'.repeat(first.length)}\n`);
    await record(db);

    await keep(db); // has not looked at the line again
    await expect(openCheckpoints(file)(db)).rejects.toThrow("Line 1 of the audit's checkpoints is cut short.");
  }));

test('a line that a crash has cut short is told with its number, what comes is kept, and no check calls the file sound', () =>
  withFile(async (db, file) => {
    await record(db);
    await openCheckpoints(file)(db);
    await appendFile(file, '{"at":"2026-');
    await record(db);

    await expect(openCheckpoints(file)(db)).rejects.toThrow("Line 2 of the audit's checkpoints is cut short.");
    expect(await linesOf(file)).toHaveLength(3);
    await expect(openCheckpoints(file)(db)).rejects.toThrow('Line 2');
    expect(await checked(db, file)).toMatchObject({ broken: { kind: 'torn-checkpoint', line: 2 } });

    await writeFile(file, `${(await linesOf(file)).filter((_, index) => index !== 1).join('\n')}\n`);
    await openCheckpoints(file)(db);
    expect(await checked(db, file)).toMatchObject({ broken: null, checkpoints: 2 });
  }));

test('a file that has grown for years is read from its end alone, and what is wrong there has its right number', () =>
  withFile(async (db, file) => {
    await record(db);
    await openCheckpoints(file)(db);
    const line = checkpointLine(await readEnd(db), auditKeys().current);
    await writeFile(file, `not looked at\n${line.repeat(1_000)}`);
    await openCheckpoints(file)(db);

    await appendFile(file, `torn\n${line}`);
    const keep = openCheckpoints(file);
    await expect(keep(db)).rejects.toThrow("Line 1002 of the audit's checkpoints is cut short.");
    await appendFile(file, 'torn again\n');
    await expect(keep(db)).rejects.toThrow("Line 1004 of the audit's checkpoints is cut short.");

    await writeFile(file, `${'#'.repeat(200_000)}\n${line}`); // of which the last 64 KiB have the end of one line
    await openCheckpoints(file)(db);
    await writeFile(file, '#'.repeat(200_000));
    await expect(openCheckpoints(file)(db)).rejects.toThrow('Line 1');
  }));

test('a log that was cut while it still ends with the key before is told, and nothing is noted for it', () =>
  withFile(async (db, file) => {
    for (let count = 0; count < 3; count += 1) await record(db);
    await openCheckpoints(file)(db);
    const { AUDIT_KEY } = process.env;
    const replaced = readAuditKeys({
      AUDIT_KEY: 'the-key-that-has-come-after-the-other-one',
      AUDIT_KEY_PREVIOUS: AUDIT_KEY,
    });
    await openCheckpoints(file, replaced)(db);
    expect(await linesOf(file)).toHaveLength(1);

    await cutAfterFirst(db);

    await expect(openCheckpoints(file, replaced)(db)).rejects.toThrow('Entry 3 of the audit is not the one');
    expect(await linesOf(file)).toHaveLength(1);
  }));

test.each([
  ['has been emptied', (file: string) => writeFile(file, ''), 'is empty'],
  ['has become shorter', (file: string) => truncate(file, 20), 'is shorter than it was'],
  ['has gone', (file: string) => rm(file), 'no longer exists'],
  [
    'cannot be read',
    async (file: string) => {
      await rm(dirname(file), { recursive: true });
      await writeFile(dirname(file), 'no folder');
    },
    'cannot be read',
  ],
])('nothing is noted in a file that %s while a worker was at it, and each time it says so', (_, spoil, said) =>
  withFile(async (db, file) => {
    const keep = openCheckpoints(file);
    await record(db);
    await keep(db);
    await keep(db);
    await spoil(file);
    await record(db);

    await expect(keep(db)).rejects.toThrow(said);
    await expect(keep(db)).rejects.toThrow(said);
  }),
);

test('a file that was made empty for a worker, or before the log had an entry, is begun', () =>
  withFile(async (db, file) => {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, '');
    const early = openCheckpoints(file);
    await early(db);
    await record(db);
    await early(db);
    expect(await checked(db, file)).toMatchObject({ broken: null, checkpoints: 1 });

    await writeFile(file, '');
    await openCheckpoints(file, undefined, { isNew: true })(db);
    expect(await checked(db, file)).toMatchObject({ broken: null, checkpoints: 1 });
  }));

test('a worker that finds an emptied file at its start says so too, and does not begin it anew', () =>
  withFile(async (db, file) => {
    await record(db);
    await openCheckpoints(file)(db);
    await writeFile(file, '');

    await expect(openCheckpoints(file)(db)).rejects.toThrow('is empty');
    expect((await stat(file)).size).toBe(0);
    expect(await checked(db, file)).toMatchObject({ broken: { kind: 'no-checkpoints' } });
  }));

test('a line that somebody else has written is told with its number', () =>
  withFile(async (db, file) => {
    await record(db);
    await openCheckpoints(file)(db);
    await writeFile(file, (await readFile(file, 'utf8')).replace('"sequence":"1"', '"sequence":"2"'));

    await expect(openCheckpoints(file)(db)).rejects.toThrow("Line 1 of the audit's checkpoints was not written by");
  }));

test('a log that was cut and has grown again is told at once, and found by a check of its export', () =>
  withFile(async (db, file) => {
    for (let count = 0; count < 3; count += 1) await record(db);
    await openCheckpoints(file)(db);
    await cutAfterFirst(db);
    await record(db);
    await record(db);

    await expect(openCheckpoints(file)(db)).rejects.toThrow('Entry 3 of the audit is not the one');
    expect(await checked(db, file)).toMatchObject({ broken: { kind: 'checkpoint', sequence: '3' } });
  }));
