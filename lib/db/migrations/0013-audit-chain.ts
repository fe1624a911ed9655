import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';

/**
 * The chain: each entry is sealed with the one before it, and one row is the end to go on from. Entries that are there
 * already stay without a seal; the first sealed one holds the hash of them all.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`lock table audit_entries in exclusive mode`.execute(db);
  await sql`
    alter table audit_entries
      alter column sequence drop identity,
      alter column at drop default,
      add column form smallint,
      add column key_id text,
      add column hmac text`.execute(db);
  await sql`
    create table audit_head (
      is_only boolean primary key default true check (is_only),
      sequence bigint not null,
      hmac text not null,
      key_id text
    )`.execute(db);
  const end = await endOfUnsealed(db);
  await sql`insert into audit_head (sequence, hmac) values (${end.sequence}, ${end.hash})`.execute(db);

  await sql`
    create trigger audit_goes_on before update on audit_head
      for each row when (new.sequence <= old.sequence) execute function refuse_audit_edit()`.execute(db);
  await sql`
    create trigger audit_keeps_its_end before delete or truncate on audit_head
      for each statement execute function refuse_audit_edit()`.execute(db);
  // Triggers of the usual kind are passed over by replication, and by a session that says it is one.
  await sql`alter table audit_entries enable always trigger audit_is_append_only`.execute(db);
  await sql`alter table audit_head enable always trigger audit_goes_on`.execute(db);
  await sql`alter table audit_head enable always trigger audit_keeps_its_end`.execute(db);

  // For the filters of the audit page.
  await sql`create index audit_of_operator on audit_entries (operator_id, sequence desc)`.execute(db);
  await sql`create index audit_of_name on audit_entries using gin (user_name gin_trgm_ops)`.execute(db);
  await sql`create index audit_of_time on audit_entries (at)`.execute(db);
  await sql`create index audit_of_action on audit_entries (action, sequence desc)`.execute(db);
}

const atOnce = 10_000;

type Entry = { sequence: string; facts: (string | null)[] };

/** What the hash of an entry from before the chain covers, in this order: moments in UTC to the microsecond, numbers as text. */
const facts = sql.raw(`array[sequence::text, ${moment('at')}, action, operator_id, operator_name, operator_role,
  request_id::text, aws_request_id, account_id, user_id, user_name, from_license, to_license, why, outcome, failure,
  change_id::text, fact, was, became, ${moment('since')}]`);

function moment(column: string): string {
  return `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
}

async function endOfUnsealed(db: Kysely<unknown>): Promise<{ sequence: string; hash: string }> {
  let sequence = '0';
  let hash = '';
  for (;;) {
    const { rows } = await sql<Entry>`
      select sequence, ${facts} as facts from audit_entries
      where sequence > ${sequence} order by sequence limit ${atOnce}`.execute(db);
    for (const entry of rows) {
      const sealed = JSON.stringify(['carillon-audit', 0, null, hash, ...entry.facts]);
      hash = createHash('sha256').update(sealed).digest('base64url');
      sequence = entry.sequence;
    }
    if (rows.length < atOnce) return { sequence, hash };
  }
}
