import type { Selectable } from 'kysely';
import type { Executor } from '../db/database.ts';
import type { AuditEntriesTable } from '../db/schema.ts';
import type { FailureCode } from '../failures.ts';
import { appendAlone, appendEntries, type NewFacts } from './append-entries.ts';
import type { AuditEntry } from './entry.ts';

/** What an entry needs that is not settled together with a change: attempts refused early, notes, sign-ins. */
export type NewEntry = {
  action: AuditEntry['action'];
  operator: { id: string; name: string; role: string } | null;
  requestId: string;
  awsRequestId?: string;
  accountId?: string;
  userId?: string;
  userName?: string;
  from?: string | null;
  to?: string;
  why?: string;
  failure?: FailureCode;
  changeId?: string;
};

/**
 * Adds one entry, sealed; there is no way to edit or remove one. Give it the transaction of what it records: if the entry
 * cannot be written, nor is that.
 */
export async function recordEntry(db: Executor, { operator, failure, ...entry }: NewEntry): Promise<void> {
  const facts: NewFacts = {
    ...entry,
    operatorId: operator?.id,
    operatorName: operator?.name,
    operatorRole: operator?.role,
    outcome: failure ? 'failed' : 'applied',
    failure,
  };
  await (db.isTransaction ? appendEntries(db, [facts]) : appendAlone(db, facts));
}

/** Entries on one page of the audit. */
const pageSize = 100;

/** An account's entries, newest first, from the one before `before` on; `next` is the sequence to go on from. */
export async function listEntries(
  db: Executor,
  accountId: string,
  { userId, before }: { userId?: string; before?: string } = {},
): Promise<{ entries: AuditEntry[]; next: string | null }> {
  let query = db
    .selectFrom('audit_entries')
    .selectAll()
    .where('account_id', '=', accountId)
    .orderBy('sequence', 'desc')
    .limit(pageSize + 1);
  if (userId) query = query.where('user_id', '=', userId);
  if (before) query = query.where('sequence', '<', before);
  const rows = await query.execute();
  const entries = rows.slice(0, pageSize).map(entryFrom);
  return { entries, next: rows.length > pageSize ? (entries.at(-1)?.sequence ?? null) : null };
}

/** Entries of one request that are shown at most: a batch shares its ID. */
const mostOfRequest = 500;

/** What came of a request, by our ID of it or by the one that AWS gave it, newest first. */
export async function findEntriesByRequestId(db: Executor, accountId: string, id: string): Promise<AuditEntry[]> {
  const rows = await db
    .selectFrom('audit_entries')
    .selectAll()
    .where('account_id', '=', accountId)
    .where(({ eb, or }) => or([eb('request_id', '=', id), eb('aws_request_id', 'in', [id, id.toLowerCase()])]))
    .orderBy('sequence', 'desc')
    .limit(mostOfRequest)
    .execute();
  return rows.map(entryFrom);
}

const entryFrom = (row: Selectable<AuditEntriesTable>): AuditEntry => ({
  sequence: row.sequence,
  at: row.at.toISOString(),
  operator: row.operator_name ? { name: row.operator_name, role: row.operator_role ?? '' } : null,
  action: row.action,
  accountId: row.account_id,
  user: row.user_id ? { id: row.user_id, name: row.user_name ?? row.user_id } : null,
  from: row.from_license,
  to: row.to_license,
  why: row.why,
  outcome: row.outcome,
  failure: row.failure,
  requestId: row.request_id,
  awsRequestId: row.aws_request_id,
  outside: row.fact && {
    fact: row.fact,
    was: row.was,
    became: row.became,
    since: row.since?.toISOString() ?? null,
  },
});
