import { recordExport } from '../../lib/audit/record-export.ts';
import { type BatchView, type ItemView, leftPermanently, type Part, parts } from '../../lib/batches/batch.ts';
import { groupFailures } from '../../lib/batches/counts-store.ts';
import { countItems, everyItem, type ItemFilter } from '../../lib/batches/items-store.ts';
import type { Database } from '../../lib/db/database.ts';
import { commandLine } from '../../lib/texts/terminal/command-line.ts';
import type { Holder } from '../../lib/tokens/keep-tokens.ts';
import type { SetWish } from './license-arguments.ts';

/** For programs, and for people who send it on; what is only for the person at the terminal goes to the other stream. */
export const print = (text: string) => process.stdout.write(`${text}\n`);

/** Who is told, in which account, and under which ID the audit has it. */
export type Reader = { db: Database; holder: Holder; accountId: string; requestId: string };

/** Everybody a batch is about, by what would become of them. */
export async function printPreview(reader: Reader, batch: BatchView, wish: Pick<SetWish, 'until' | 'startAt'>) {
  const { db } = reader;
  await recordTaken(reader, batch);
  for (const part of parts) await printPart(db, batch, part);
  for (const { license, people } of leftPermanently(batch)) print(commandLine.leavesPermanently(people, license));
  if (wish.startAt) print(commandLine.startsAt(wish.startAt));
  if (wish.until) print(commandLine.endsAt(wish.until));
  print(commandLine.nothingDone);
}

/** What has become of a batch, with everybody who has not got the plan. */
export async function printResult(reader: Reader, batch: BatchView, address: string): Promise<void> {
  const { db } = reader;
  await recordTaken(reader, batch);
  print(commandLine.result(batch));
  for (const { code, people } of await groupFailures(db, batch.id)) {
    print(`  ${commandLine.cause(code, people)}`);
    await printItems(db, batch.id, { state: 'failed', code }, '    ');
  }
  for (const part of parts) if (part !== 'change' && part !== 'same') await printPart(db, batch, part);
  print(address);
}

/** A batch and all of its people as one JSON document. */
export async function asJson(reader: Reader, batch: BatchView, address: string): Promise<string> {
  const { db } = reader;
  await recordTaken(reader, batch);
  const people: ItemView[] = [];
  for await (const items of everyItem(db, batch.id)) people.push(...items);
  return JSON.stringify({ address, batch, people });
}

/** People named at a terminal are an export as well, and as such in the audit. */
async function recordTaken({ db, holder, accountId, requestId }: Reader, { id: batchId }: BatchView): Promise<void> {
  const rows = await countItems(db, batchId);
  await recordExport(db, { ...holder, requestId }, { what: 'batch', accountId, batchId, filter: '', rows });
}

async function printPart(db: Database, batch: BatchView, part: Part): Promise<void> {
  if (batch.parts[part] === 0) return;
  print(commandLine.part(part, batch.parts[part]));
  await printItems(db, batch.id, { part }, '  ');
}

async function printItems(db: Database, batchId: string, filter: ItemFilter, indent: string): Promise<void> {
  for await (const items of everyItem(db, batchId, filter)) {
    const lines = items.flatMap((item) => commandLine.person(item));
    print(lines.map((line) => indent + line).join('\n'));
  }
}
