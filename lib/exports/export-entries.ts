import { lineOf } from '../audit/chain.ts';
import type { OutsideFact } from '../audit/entry.ts';
import type { AuditFilter } from '../audit/filter.ts';
import { entryPages, type NamedEntry, sealedPages } from '../audit/store.ts';
import { csvHead, csvLine, csvMoment } from '../csv.ts';
import type { Database } from '../db/database.ts';
import { auditActions, auditExported, auditFacts, auditOutcomes } from '../texts/audit.ts';
import { reasons } from '../texts/failures.ts';
import { attempts, earlierEndWords } from '../texts/history.ts';
import { shell } from '../texts/shell.ts';
import { plan, status } from '../texts/words.ts';

export const formats = ['csv', 'jsonl'] as const;
export type Format = (typeof formats)[number];

/**
 * The entries a filter finds, oldest first, a piece at a time, so that memory stays flat whatever their number: as CSV for
 * spreadsheets, in the words of the screen, or as the lines that `npm run audit:verify` checks.
 */
export async function* exportEntries(db: Database, filter: AuditFilter, format: Format): AsyncGenerator<string> {
  if (format === 'jsonl') {
    for await (const entries of sealedPages(db, filter)) yield entries.map((entry) => `${lineOf(entry)}\n`).join('');
    return;
  }
  yield csvHead(headings);
  for await (const entries of entryPages(db, filter)) yield entries.map(csvOf).join('');
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
  'Account',
  'Account ID',
  'From',
  'To',
  'Note',
  'Reason',
  'Outside: fact',
  'Outside: was',
  'Outside: became',
  'Outside: since (UTC)',
  'Until (UTC)',
  'People',
  'Changed',
  'Failed',
  'Request ID',
  'AWS request ID',
  'Batch ID',
  'Operator user name or e-mail',
  'Operator ID',
  'Person e-mail',
  'Token',
  'Tried',
  'Refused because',
  'More attempts in that minute',
  'Exported',
  'Rows',
  'Filter',
  'End date removed (UTC)',
  'Earlier end date (UTC)',
  'Earlier end date',
];

/** An entry in the words of the screen, as a line for spreadsheets. */
function csvOf(entry: NamedEntry): string {
  const { operator, user, outside, batch, refused, exported } = entry;
  return csvLine(
    [
      entry.sequence,
      csvMoment(entry.at),
      auditActions[entry.action],
      auditOutcomes[entry.outcome],
      operator?.name,
      operator && shell.role(operator.role),
      user?.name,
      user?.id,
      entry.accountName,
      entry.accountId,
      entry.from && plan(entry.from),
      entry.to && plan(entry.to),
      entry.why,
      entry.failure && reasons[entry.failure],
      outside && auditFacts[outside.fact],
      outside && factValue(outside.fact, outside.was),
      outside && factValue(outside.fact, outside.became),
      csvMoment(outside?.since ?? null),
      csvMoment(entry.until),
      batch?.people?.toString(),
      batch?.changed?.toString(),
      batch?.failed?.toString(),
      entry.requestId,
      entry.awsRequestId,
      batch?.id,
      operator?.login,
      operator?.id,
      user?.email,
      entry.token,
      refused && attempts[refused.attempt],
      refused?.said,
      refused?.more?.count.toString(),
      exported && auditExported[exported.what],
      exported?.rows.toString(),
      exported?.filter,
      csvMoment(entry.removedEnd),
      csvMoment(entry.earlierEnd?.at ?? null),
      entry.earlierEnd && earlierEndWords[entry.earlierEnd.is],
    ].map((cell) => cell ?? ''),
  );
}

function factValue(fact: OutsideFact, value: string | null): string | null {
  if (value === null || fact === 'name' || fact === 'email') return value;
  return fact === 'status' ? status(value) : plan(value);
}
