import type { ItemView } from '../batches/batch.ts';
import { everyItem } from '../batches/items-store.ts';
import type { Batch } from '../batches/store.ts';
import { csvHead, csvLine, csvMoment } from '../csv.ts';
import type { Database } from '../db/database.ts';
import { outcomeWord } from '../texts/batches.ts';
import { reasons } from '../texts/failures.ts';
import { lineComplaint } from '../texts/files.ts';
import { plan } from '../texts/words.ts';
import { filePart } from './export-name.ts';

/** As in `batch-nordwind-group-2026-11-25-1f0c9a2e.csv`. */
export const batchExportName = (accountName: string, { id, created_at }: Pick<Batch, 'id' | 'created_at'>) =>
  `${['batch', filePart(accountName.toLowerCase()), created_at.toISOString().slice(0, 10), id.slice(0, 8)].filter((part) => part !== '').join('-')}.csv`;

/**
 * Everybody a batch was about and what has become of them, as CSV (RFC 4180), a piece at a time. Its columns are such that
 * the file, or a part of it, can be handed in again.
 */
export async function* exportBatch(db: Database, batchId: string, accountName: string): AsyncGenerator<string> {
  yield csvHead(headings);
  for await (const items of everyItem(db, batchId)) yield items.map((item) => lineOf(item, accountName)).join('');
}

const headings = [
  'No.',
  'Line',
  'Listed as',
  'Name',
  'E-mail',
  'User ID',
  'Plan before',
  'New plan',
  'Outcome',
  'Why not',
  'Reason',
  'Attempts',
  'When (UTC)',
  'Account',
];

const lineOf = (item: ItemView, accountName: string) =>
  csvLine([
    String(item.position),
    item.line === null ? '' : String(item.line),
    item.asked ?? '',
    item.user?.name ?? '',
    item.user?.email ?? '',
    item.user?.id ?? '',
    item.from === null ? '' : plan(item.from),
    item.to === null ? '' : plan(item.to),
    outcomeWord(item),
    item.failure ? reasons[item.failure.code] : (item.complaints ?? []).map(lineComplaint).join(' '),
    item.reason ?? '',
    String(item.tries),
    csvMoment(item.settledAt),
    accountName,
  ]);
