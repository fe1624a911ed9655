import { sql } from 'kysely';
import type { Executor } from '../db/database.ts';
import { prepared } from '../db/prepared.ts';
import { type FactName, factNames, type SealedEntry } from './chain.ts';

/** Under which name each fact is kept, and as what. */
const columns: Record<FactName, { name: string; type: 'bigint' | 'timestamptz' | 'text' | 'uuid' }> = {
  sequence: { name: 'sequence', type: 'bigint' },
  at: { name: 'at', type: 'timestamptz' },
  action: { name: 'action', type: 'text' },
  operatorId: { name: 'operator_id', type: 'text' },
  operatorName: { name: 'operator_name', type: 'text' },
  operatorRole: { name: 'operator_role', type: 'text' },
  requestId: { name: 'request_id', type: 'uuid' },
  awsRequestId: { name: 'aws_request_id', type: 'text' },
  accountId: { name: 'account_id', type: 'text' },
  userId: { name: 'user_id', type: 'text' },
  userName: { name: 'user_name', type: 'text' },
  from: { name: 'from_license', type: 'text' },
  to: { name: 'to_license', type: 'text' },
  why: { name: 'why', type: 'text' },
  outcome: { name: 'outcome', type: 'text' },
  failure: { name: 'failure', type: 'text' },
  changeId: { name: 'change_id', type: 'uuid' },
  fact: { name: 'fact', type: 'text' },
  was: { name: 'was', type: 'text' },
  became: { name: 'became', type: 'text' },
  since: { name: 'since', type: 'timestamptz' },
  batchId: { name: 'batch_id', type: 'uuid' },
  operatorLogin: { name: 'operator_login', type: 'text' },
  userEmail: { name: 'user_email', type: 'text' },
  tokenId: { name: 'token_id', type: 'uuid' },
  tokenName: { name: 'token_name', type: 'text' },
  attempt: { name: 'attempt', type: 'text' },
  refusal: { name: 'refusal', type: 'text' },
  exported: { name: 'exported', type: 'text' },
  filter: { name: 'filter', type: 'text' },
  count: { name: 'count', type: 'bigint' },
  removedEnd: { name: 'removed_end', type: 'timestamptz' },
  earlierEnd: { name: 'earlier_end', type: 'timestamptz' },
  earlierEndIs: { name: 'earlier_end_is', type: 'text' },
};

/** A moment as seals cover it. */
const inUtc = (moment: string) => `to_char(${moment} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** The same as part of a query. */
export const momentText = (moment: ReturnType<typeof sql>) =>
  sql<string>`to_char(${moment} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** What to select of `audit_entries` to get these facts, and the seal, as they are exported. */
const columnsOf = (facts: readonly FactName[]) =>
  sql.raw(
    [
      ...facts.map((fact) => {
        const { name, type } = columns[fact];
        const column = `audit_entries.${name}`;
        return `${type === 'timestamptz' ? inUtc(column) : type === 'text' ? column : `${column}::text`} as "${fact}"`;
      }),
      'audit_entries.form',
      'audit_entries.key_id as "keyId"',
      'audit_entries.hmac',
    ].join(', '),
  );

export const sealedColumns = columnsOf(factNames);

export type Head = { sequence: string; hmac: string; keyId: string | null; at: string };

/**
 * Takes hold of the end of the log for the rest of the transaction; who comes next waits. Also tells the time, and the user
 * name or e-mail of those of the operators who have one.
 */
export async function lockHead(
  trx: Executor,
  operatorIds: readonly string[],
): Promise<Head & { logins: Record<string, string> }> {
  const { rows } = await sql<Head & { logins: Record<string, string> }>`${prepared}
    select sequence::text, hmac, key_id as "keyId", ${momentText(sql`clock_timestamp()`)} as at,
      (select coalesce(jsonb_object_agg(id, ${login}), '{}') from operators
       where id = any(${operatorIds}) and ${login} is not null) as logins
    from audit_head for update`.execute(trx);
  const [head] = rows;
  if (!head) throw new Error('The audit has no last entry to continue from.');
  return head;
}

/** The end of the log, as it is just now. */
export async function readEnd(db: Executor): Promise<Head> {
  const { rows } = await sql<Head>`
    select sequence::text, hmac, key_id as "keyId", ${momentText(sql`clock_timestamp()`)} as at from audit_head`.execute(
    db,
  );
  const [head] = rows;
  if (!head) throw new Error('The audit has no last entry to continue from.');
  return head;
}

/** The ID of the key that has sealed the end of the log, as part of a query. */
export const endKeyId = sql<string | null>`(select key_id from audit_head)`;

/**
 * Lets the log go on with another key although the one before it is lost. Only the owner of the tables can; what is sealed with the lost
 * key can never be checked again.
 */
export async function forgetKey(trx: Executor): Promise<void> {
  await sql`alter table audit_head disable trigger audit_goes_on`.execute(trx);
  await sql`update audit_head set key_id = null`.execute(trx);
  await sql`alter table audit_head enable always trigger audit_goes_on`.execute(trx);
}

/** The seal of one entry; null where there is none. */
export async function sealAt(db: Executor, sequence: string): Promise<string | null> {
  const row = await db.selectFrom('audit_entries').select('hmac').where('sequence', '=', sequence).executeTakeFirst();
  return row?.hmac ?? null;
}

const login = sql`coalesce(operators.username, operators.email)`;

const names = sql.raw([...factNames.map((fact) => columns[fact].name), 'form', 'key_id', 'hmac'].join(', '));
const shapes = sql.raw(
  [...factNames.map((fact) => `"${fact}" ${columns[fact].type}`), 'form smallint', '"keyId" text', 'hmac text'].join(
    ', ',
  ),
);
const values = sql.raw([...factNames.map((fact) => `"${fact}"`), 'form', '"keyId"', 'hmac'].join(', '));

/** Adds entries after the end, which moves on to the last of them: one statement, however many there are. */
export async function insertEntries(trx: Executor, entries: SealedEntry[]): Promise<void> {
  const last = entries.at(-1);
  if (!last) return;
  await sql`${prepared}
    with moved as (
      update audit_head set sequence = ${last.sequence}, hmac = ${last.hmac}, key_id = ${last.keyId}
    )
    insert into audit_entries (${names})
    select ${values} from jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) as entry (${shapes})`.execute(trx);
}
