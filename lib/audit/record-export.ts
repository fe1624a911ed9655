import type { Database } from '../db/database.ts';
import type { Exported } from './entry.ts';
import { type NewEntry, recordEntry } from './store.ts';

/**
 * What is taken out of Carillon. `filter`: by which parameters it is narrowed, as in an address; `rows`: how many there are now,
 * before the first of them leaves.
 */
export type Export = {
  what: Exported;
  accountId?: string | undefined;
  batchId?: string | undefined;
  filter: string;
  rows: number;
};

/**
 * Adds the entry of an export. Comes before its first row leaves: an export that breaks off, or that nobody ends, is in the audit
 * as well, with as many rows as it could have had.
 */
export function recordExport(
  db: Database,
  by: Pick<NewEntry, 'operator' | 'requestId' | 'token'>,
  { what, accountId, batchId, filter, rows }: Export,
): Promise<void> {
  const { operator, requestId, token } = by;
  return recordEntry(db, {
    action: 'export',
    operator,
    requestId,
    token,
    accountId,
    batchId,
    exported: what,
    filter,
    count: String(rows),
  });
}
