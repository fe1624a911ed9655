import { csvLine } from '../csv.ts';
import type { Database } from '../db/database.ts';
import { lineOf, type SealedEntry } from './chain.ts';
import type { AuditFilter } from './filter.ts';
import { sealedPages } from './store.ts';

export const formats = ['csv', 'jsonl'] as const;
export type Format = (typeof formats)[number];

/**
 * The entries a filter finds, oldest first, a piece at a time, so that memory stays flat whatever their number: as CSV for
 * spreadsheets, or as the lines that `npm run audit:verify` checks.
 */
export async function* exportEntries(db: Database, filter: AuditFilter, format: Format): AsyncGenerator<string> {
  if (format === 'csv') yield csvLine(headings);
  const write = format === 'csv' ? csvOf : (entry: SealedEntry) => `${lineOf(entry)}\n`;
  for await (const entries of sealedPages(db, filter)) yield entries.map(write).join('');
}

const headings = [
  'Sequence',
  'Time (UTC)',
  'Action',
  'Outcome',
  'Operator',
  'Role',
  'Person',
  'User ID',
  'Account ID',
  'From',
  'To',
  'Note',
  'Reason',
  'Outside: fact',
  'Outside: was',
  'Outside: became',
  'Outside: since',
  'Request ID',
  'AWS request ID',
  'Batch ID',
];

const csvOf = (entry: SealedEntry) =>
  csvLine(
    [
      entry.sequence,
      entry.at,
      entry.action,
      entry.outcome,
      entry.operatorName,
      entry.operatorRole,
      entry.userName,
      entry.userId,
      entry.accountId,
      entry.from,
      entry.to,
      entry.why,
      entry.failure,
      entry.fact,
      entry.was,
      entry.became,
      entry.since,
      entry.requestId,
      entry.awsRequestId,
      entry.batchId,
    ].map((cell) => cell ?? ''),
  );
