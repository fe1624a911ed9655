import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { withDatabase } from '../../testing/database.ts';
import { AuditBroken, openCheckpoints } from '../audit/keep-checkpoints.ts';
import { recordEntry } from '../audit/store.ts';
import { beginSession } from '../auth/session.ts';
import { saveOperator } from '../auth/store.ts';
import type { Database } from '../db/database.ts';
import { guardRestored } from './guard-restored.ts';
import { acceptOpenRestore, markRestored, openRestore, refuseWhileRestored } from './store.ts';

const withFile = (run: (db: Database, file: string) => Promise<void>) =>
  withDatabase(async (db) => {
    const folder = await mkdtemp(join(tmpdir(), 'carillon-watch-'));
    await run(db, join(folder, 'checkpoints.jsonl'));
    await rm(folder, { recursive: true });
  });

const sign = (db: Database) => recordEntry(db, { action: 'sign-in', operator: null, requestId: randomUUID() });

/** As a restored backup has it: the log as it was at an entry. */
async function cutTo(db: Database, sequence: number): Promise<void> {
  await sql`alter table audit_entries disable trigger user`.execute(db);
  await sql`alter table audit_head disable trigger audit_goes_on`.execute(db);
  await sql`delete from audit_entries where sequence > ${sequence}`.execute(db);
  await sql`update audit_head set (sequence, hmac) = (select sequence, hmac from audit_entries where sequence = ${sequence})`.execute(
    db,
  );
  await sql`alter table audit_entries enable always trigger audit_is_append_only`.execute(db);
  await sql`alter table audit_head enable always trigger audit_goes_on`.execute(db);
}

/** How often work was run. */
async function runs(watch: ReturnType<typeof guardRestored>): Promise<number> {
  let times = 0;
  await watch.unlessRestored(async () => {
    times += 1;
  });
  return times;
}

test('a worker does nothing until it has compared the audit with its checkpoints', () =>
  withFile(async (db, file) => {
    const watch = guardRestored(db, openCheckpoints(file));
    expect(await runs(watch)).toBe(0);

    await watch.compare();

    expect(await runs(watch)).toBe(1);
  }));

test('a log that is shorter than the checkpoints say is found out, and nothing is done until that is accepted', () =>
  withFile(async (db, file) => {
    for (let entries = 0; entries < 3; entries += 1) await sign(db);
    await guardRestored(db, openCheckpoints(file)).compare();
    await cutTo(db, 1);
    const watch = guardRestored(db, openCheckpoints(file));

    await expect(watch.compare()).rejects.toThrow(AuditBroken);

    expect(await openRestore(db)).toMatchObject({ sequence: '1' });
    expect(await runs(watch)).toBe(0);
    await expect(refuseWhileRestored(db)).rejects.toMatchObject({ code: 'restored' });
    await acceptOpenRestore(db);
    await watch.compare();
    expect(await runs(watch)).toBe(1);
  }));

test('a worker that stood still while a restore was accepted does not find it out again', () =>
  withFile(async (db, file) => {
    await sign(db);
    await sign(db);
    await guardRestored(db, openCheckpoints(file)).compare();
    await cutTo(db, 1);
    await markRestored(db, 'console');
    await acceptOpenRestore(db);
    const watch = guardRestored(db, openCheckpoints(file));

    await expect(watch.compare()).rejects.toThrow(AuditBroken);

    expect(await openRestore(db)).toBeUndefined();
    expect(await runs(watch)).toBe(1);
  }));

test('marking ends every session and token, is in the audit, and happens once', () =>
  withDatabase(async (db) => {
    await saveOperator(db, { id: 'vera', username: 'vera', name: 'Vera', role: 'viewer', passwordHash: 'none' });
    await beginSession(db, 'vera');

    expect([await markRestored(db, 'restore'), await markRestored(db, 'checkpoints')]).toEqual([true, false]);

    const sessions = await db.selectFrom('sessions').select('revoked_at').execute();
    expect(sessions.map(({ revoked_at }) => revoked_at !== null)).toEqual([true]);
    const entries = await db.selectFrom('audit_entries').select(['action', 'why']).execute();
    expect(entries).toEqual([{ action: 'restore', why: 'restore' }]);
  }));
