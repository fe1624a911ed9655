import { type Selectable, sql } from 'kysely';
import type { Database, Executor } from '../db/database.ts';
import type { AuditEntriesTable } from '../db/tables/audit.ts';
import type { FailureCode } from '../failures.ts';
import { hasNamesake, loginOf } from '../operators/namesakes-store.ts';
import { isUuid } from '../uuid.ts';
import { appendAlone, appendEntries, type NewFacts } from './append-entries.ts';
import type { SealedEntry } from './chain.ts';
import type { AuditEntry, Exported } from './entry.ts';
import type { AuditFilter } from './filter.ts';
import { sealedColumns } from './ledger-store.ts';
import { containing, isAboutPerson } from './person-store.ts';

/** What an entry needs that is not settled together with a change: attempts refused early, notes, sign-ins. */
export type NewEntry = {
  action: AuditEntry['action'];
  operator: { id: string; name: string; role: string } | null;
  requestId: string;
  awsRequestId?: string;
  accountId?: string | undefined;
  userId?: string;
  userName?: string;
  userEmail?: string | null;
  from?: string | null;
  to?: string;
  why?: string;
  failure?: FailureCode;
  changeId?: string;
  batchId?: string | undefined;
  exported?: Exported;
  filter?: string;
  count?: string;
  token?: { id: string; name: string } | null | undefined;
};

/**
 * Adds one entry, sealed; there is no way to edit or remove one. Give it the transaction of what it records: if the entry
 * cannot be written, nor is that.
 */
export async function recordEntry(db: Executor, { operator, failure, token, ...entry }: NewEntry): Promise<void> {
  const facts: NewFacts = {
    ...entry,
    operatorId: operator?.id,
    operatorName: operator?.name,
    operatorRole: operator?.role,
    tokenId: token?.id,
    tokenName: token?.name,
    outcome: failure ? 'failed' : 'applied',
    failure,
  };
  await (db.isTransaction ? appendEntries(db, [facts]) : appendAlone(db, facts));
}

/** Entries on one page of the audit. */
const pageSize = 100;

/** A person's entries, newest first: the latest of them. */
export async function listEntries(
  db: Executor,
  accountId: string,
  { userId }: { userId?: string } = {},
): Promise<{ entries: AuditEntry[] }> {
  let query = db
    .selectFrom('audit_entries')
    .selectAll()
    .select(ofOperator)
    .where('account_id', '=', accountId)
    .orderBy('sequence', 'desc')
    .limit(pageSize);
  if (userId) query = query.where('user_id', '=', userId);
  return { entries: (await query.execute()).map(entryFrom) };
}

/** An entry with the name of the account it is about, where there is one. */
export type NamedEntry = AuditEntry & { accountName: string | null };

export type AuditPage = { entries: NamedEntry[]; next: string | null };

/** What a filter finds, newest first, from the one before `before` on; `next` is the sequence to go on from. */
export async function pageOfEntries(db: Executor, filter: AuditFilter, before?: string): Promise<AuditPage> {
  let query = named(db, filter)
    .orderBy('sequence', 'desc')
    .limit(pageSize + 1);
  if (before) query = query.where('sequence', '<', before);
  const rows = await query.execute();
  const entries = rows.slice(0, pageSize).map(namedFrom);
  return { entries, next: rows.length > pageSize ? (entries.at(-1)?.sequence ?? null) : null };
}

const exportedAtOnce = 2_000;

/** The same, oldest first, all of it: pages that are read one after the other. */
export async function* entryPages(db: Database, filter: AuditFilter): AsyncGenerator<NamedEntry[]> {
  for (let after = '0'; ; ) {
    const found = named(db, filter).where('sequence', '>', after).orderBy('sequence').limit(exportedAtOnce);
    const entries = (await found.execute()).map(namedFrom);
    if (entries.length > 0) yield entries;
    if (entries.length < exportedAtOnce) return;
    after = entries.at(-1)?.sequence ?? after;
  }
}

const named = (db: Executor, filter: AuditFilter) =>
  narrowed(db, filter)
    .leftJoin('accounts', 'accounts.id', 'audit_entries.account_id')
    .selectAll('audit_entries')
    .select('accounts.name as account_name')
    .select(ofOperator);

const namedFrom = ({ account_name, ...row }: EntryRow & { account_name: string | null }) => ({
  ...entryFrom(row),
  accountName: account_name,
});

/** How many entries a filter finds. */
export async function countEntries(db: Executor, filter: AuditFilter): Promise<number> {
  const { entries } = await narrowed(db, filter)
    .select(({ fn }) => fn.countAll<string>().as('entries'))
    .executeTakeFirstOrThrow();
  return Number(entries);
}

/** What a filter finds, oldest first, as it is sealed: pages of it, each read when the one before it is used. */
export async function* sealedPages(db: Database, filter: AuditFilter): AsyncGenerator<SealedEntry[]> {
  let after = '0';
  for (;;) {
    const found = narrowed(db, filter)
      .select('sequence')
      .where('sequence', '>', after)
      .orderBy('sequence')
      .limit(exportedAtOnce);
    const { rows: entries } = await sql<SealedEntry>`
      select ${sealedColumns} from audit_entries where sequence in ${found} order by audit_entries.sequence`.execute(
      db,
    );
    if (entries.length > 0) yield entries;
    const last = entries.at(-1)?.sequence;
    if (!last || entries.length < exportedAtOnce) return;
    after = last;
  }
}

function narrowed(db: Executor, filter: AuditFilter) {
  const { accountId, operator, person, action, outcome, from, until, reason, request } = filter;
  let query = db.selectFrom('audit_entries');
  if (accountId !== null) query = query.where('account_id', '=', accountId);
  if (operator) {
    const part = containing(operator);
    query = query.where(({ eb, or }) => or([eb('operator_name', 'ilike', part), eb('operator_login', 'ilike', part)]));
  }
  if (person) query = query.where(isAboutPerson(person));
  if (action) query = query.where('action', '=', action);
  if (outcome) query = query.where('outcome', '=', outcome);
  if (from) query = query.where('at', '>=', sql<Date>`${from}::date::timestamp at time zone 'UTC'`);
  if (until) query = query.where('at', '<', sql<Date>`(${until}::date + 1)::timestamp at time zone 'UTC'`);
  if (reason) query = query.where('why', 'ilike', containing(reason));
  if (request) {
    query = query.where(({ eb, or }) =>
      or([
        eb('aws_request_id', 'in', [request, request.toLowerCase()]),
        ...(isUuid(request) ? [eb('request_id', '=', request), eb('request_id', '=', requestOfChange(request))] : []),
      ]),
    );
  }
  return query;
}

/** There is an index of requests, and none of changes. */
const requestOfChange = (changeId: string) =>
  sql<string>`(select request_id from changes where changes.id = ${changeId}::uuid)`;

/** Entries of one request that are shown at most: a batch shares its ID. */
const maxOfRequest = 500;

/** What came of a request, by our ID of it or by the one that AWS gave it, newest first. */
export async function findEntriesByRequestId(db: Executor, accountId: string, id: string): Promise<AuditEntry[]> {
  const rows = await db
    .selectFrom('audit_entries')
    .selectAll()
    .select(ofOperator)
    .where('account_id', '=', accountId)
    .where(({ eb, or }) => or([eb('request_id', '=', id), eb('aws_request_id', 'in', [id, id.toLowerCase()])]))
    .orderBy('sequence', 'desc')
    .limit(maxOfRequest)
    .execute();
  return rows.map(entryFrom);
}

type EntryRow = Selectable<AuditEntriesTable> & { login: string | null; has_namesake: boolean };

const operatorId = sql`audit_entries.operator_id`;

/** What tells the operator of an entry apart: as it was written down, or as it is now for entries from before that was. */
const ofOperator = [
  sql<string | null>`coalesce(audit_entries.operator_login, ${loginOf(operatorId)})`.as('login'),
  hasNamesake(operatorId, sql`audit_entries.operator_name`).as('has_namesake'),
];

function batchFrom({ action, was, became }: Selectable<AuditEntriesTable>, id: string): AuditEntry['batch'] {
  if (!action.startsWith('batch-')) return { id };
  const [changed, failed] = (became ?? '').split('/').map(Number);
  return { id, people: Number(was), changed: changed ?? 0, failed: failed ?? 0 };
}

const entryFrom = (row: EntryRow): AuditEntry => ({
  sequence: row.sequence,
  at: row.at.toISOString(),
  operator: row.operator_name
    ? {
        id: row.operator_id,
        name: row.operator_name,
        role: row.operator_role ?? '',
        login: row.login,
        hasNamesake: row.has_namesake,
      }
    : null,
  action: row.action,
  accountId: row.account_id,
  user: row.user_id ? { id: row.user_id, name: row.user_name ?? row.user_id, email: row.user_email } : null,
  from: row.from_license,
  to: row.to_license,
  changeId: row.action === 'denied' ? null : row.change_id,
  why: row.why,
  outcome: row.outcome,
  failure: row.failure,
  requestId: row.request_id,
  awsRequestId: row.aws_request_id,
  batch: row.batch_id === null ? null : batchFrom(row, row.batch_id),
  until: row.action === 'temporary' ? row.became : null,
  removedEnd: row.removed_end?.toISOString() ?? null,
  earlierEnd:
    row.earlier_end && row.earlier_end_is ? { at: row.earlier_end.toISOString(), is: row.earlier_end_is } : null,
  outside: row.fact && {
    fact: row.fact,
    was: row.was,
    became: row.became,
    since: row.since?.toISOString() ?? null,
  },
  token: row.token_name,
  refused: row.attempt && {
    attempt: row.attempt,
    said: row.refusal,
    more: row.count !== null && row.since ? { count: Number(row.count), since: row.since.toISOString() } : null,
  },
  exported: row.exported && { what: row.exported, filter: row.filter ?? '', rows: Number(row.count) },
});
