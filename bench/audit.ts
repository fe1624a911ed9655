/**
 * The audit: how many entries a second are sealed and on the disk, against bare inserts into the same table by as many
 * writers; and how long a check of a million exported entries takes, by the command itself.
 */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { appendEntries } from '../lib/audit/append-entries.ts';
import { type EntryFacts, genesis, lineOf, nothing, sealOf } from '../lib/audit/chain.ts';
import { auditKeyFrom } from '../lib/audit/keys.ts';
import { recordEntry } from '../lib/audit/store.ts';
import { type Database, openDatabase } from '../lib/db/database.ts';
import { migrate } from '../lib/migrate.ts';
import { startEmbedded } from '../scripts/processes/embedded.ts';
import { timed } from './tools/measure.ts';
import { printLine, printNote } from './tools/report.ts';

const key = 'AUDIT-benchmark-key-of-enough-bytes-7261';
process.env.AUDIT_KEY ??= key;

const entry = () =>
  ({
    action: 'change',
    operator: { id: 'dana', name: 'Dana Reyes', role: 'helpdesk' },
    requestId: randomUUID(),
    accountId: '9f0d6d3e-54a6-4f5c-9d0b-2f4d3c5b6a71',
    userId: randomUUID(),
    userName: 'Ana Silva',
    from: 'Basic',
    to: 'Pro',
  }) as const;

async function entriesPerSecond(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'carillon-bench-'));
  await chmod(folder, 0o711); // PostgreSQL's own user passes through
  const server = await startEmbedded({ dataDir: join(folder, 'postgres') });
  const db = openDatabase(server.url, 50);
  try {
    await migrate(server.url);
    await sql`create table bare (like audit_entries including all)`.execute(db);
    const bareOne = await rate(db, 1, () => insertBare(db));
    const ours1 = await rate(db, 1, () => recordEntry(db, entry()));
    const bare50 = await rate(db, 50, () => insertBare(db));
    const ours50 = await rate(db, 50, () => recordEntry(db, entry()));
    const alone50 = await rate(db, 50, () => db.transaction().execute((trx) => recordEntry(trx, entry())));
    const batches = 20 * (await rate(db, 8, () => appendTwenty(db)));
    printLine({
      what: 'Audit entries a second, one writer, who waits for the disk each time',
      ours: `${Math.round(ours1)}/s`,
      reference: `${Math.round(bareOne)}/s`,
      ratio: (ours1 / bareOne).toFixed(2),
      goal: { text: '>= 0.5x', isReached: ours1 >= bareOne / 2 },
    });
    print('Audit entries a second, 50 writers', ours50, bare50);
    print('Audit entries a second, 50 writers, each in a transaction of its own', alone50, bare50);
    print('Audit entries a second, 20 in a transaction', batches, bare50);
  } finally {
    await db.destroy();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

const least = 1_000;

function print(what: string, ours: number, bare: number): void {
  printLine({
    what,
    ours: `${Math.round(ours)}/s`,
    reference: `${Math.round(bare)}/s`,
    ratio: (ours / bare).toFixed(2),
    goal: { text: `>= ${least}/s, durable`, isReached: ours >= least },
  });
}

const forMs = 4_000;

/** How often a second so many writers do it together. */
async function rate(db: Database, writers: number, write: () => Promise<unknown>): Promise<number> {
  await sql`checkpoint`.execute(db);
  let turns = 0;
  const began = performance.now();
  await Promise.all(
    Array.from({ length: writers }, async () => {
      while (performance.now() - began < forMs) {
        turns += 1;
        await write();
      }
    }),
  );
  return (turns * 1_000) / (performance.now() - began);
}

let numbers = 0;

async function insertBare(db: Database): Promise<void> {
  numbers += 1;
  const { action, operator, requestId, accountId, userId, userName, from, to } = entry();
  await sql`
    insert into bare (sequence, at, action, operator_id, operator_name, operator_role, request_id, account_id, user_id,
                      user_name, from_license, to_license, outcome)
    values (${numbers}, clock_timestamp(), ${action}, ${operator.id}, ${operator.name}, ${operator.role}, ${requestId},
            ${accountId}, ${userId}, ${userName}, ${from}, ${to}, 'applied')`.execute(db);
}

function appendTwenty(db: Database): Promise<void> {
  const facts = Array.from({ length: 20 }, () => {
    const { operator, ...rest } = entry();
    const by = { operatorId: operator.id, operatorName: operator.name, operatorRole: operator.role };
    return { ...rest, ...by, outcome: 'applied' as const };
  });
  return db.transaction().execute((trx) => appendEntries(trx, facts));
}

const most = 10;

async function checkOfAMillion(count: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'carillon-bench-'));
  try {
    const file = join(folder, 'audit.jsonl');
    const { time: writing } = await timed(() => writeExport(file, count));
    printNote(
      `An export of ${count.toLocaleString('en')} entries, sealed and written in ${(writing / 1_000).toFixed(1)} s`,
    );
    const { time } = await timed(() => verify(file));
    const { time: reading } = await timed(() => run('wc', ['-l', file]));
    printLine({
      what: `Check of ${count.toLocaleString('en')} entries`,
      ours: `${(time / 1_000).toFixed(1)} s`,
      reference: `${(reading / 1_000).toFixed(1)} s (wc -l)`,
      ratio: (time / reading).toFixed(1),
      goal: { text: `<= ${most} s`, isReached: time <= (most * 1_000 * count) / 1_000_000 },
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function writeExport(file: string, count: number): Promise<void> {
  const sealing = auditKeyFrom(key);
  const out = createWriteStream(file);
  let previous = genesis;
  for (let number = 1; number <= count; number += 1) {
    const { operator, ...rest } = entry();
    const facts: EntryFacts = {
      ...nothing,
      ...rest,
      sequence: String(number),
      at: '2026-11-25T09:30:00.123456Z',
      operatorId: operator.id,
      operatorName: operator.name,
      operatorRole: operator.role,
      awsRequestId: rest.requestId,
      outcome: 'applied',
      changeId: rest.userId,
    };
    const seal = sealOf(facts, sealing, previous);
    previous = seal.hmac;
    if (!out.write(`${lineOf({ ...facts, ...seal })}\n`)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'close');
}

const verify = (file: string) => run(process.execPath, ['scripts/audit-verify.mjs', file], { AUDIT_KEY: key });

async function run(command: string, args: string[], env: Record<string, string> = {}): Promise<void> {
  const [code] = await once(spawn(command, args, { stdio: 'ignore', env: { ...process.env, ...env } }), 'exit');
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}`);
}

if (import.meta.main) {
  await entriesPerSecond();
  await checkOfAMillion(Number(process.argv[2] ?? 1_000_000));
}
