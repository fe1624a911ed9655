import { type Kysely, sql } from 'kysely';

/** The audit: entries are added, never edited or removed; the database itself refuses. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table audit_entries (
      sequence bigint generated always as identity primary key,
      at timestamptz not null default clock_timestamp(),
      action text not null,
      operator_id text,
      operator_name text,
      operator_role text,
      request_id uuid not null,
      aws_request_id text,
      account_id text,
      user_id text,
      user_name text,
      from_license text,
      to_license text,
      why text,
      outcome text not null check (outcome in ('applied', 'failed')),
      failure text,
      change_id uuid
    )`.execute(db);
  await sql`create index audit_of_account on audit_entries (account_id, sequence desc)`.execute(db);
  await sql`create index audit_of_user on audit_entries (account_id, user_id, sequence desc)`.execute(db);
  await sql`
    create function refuse_audit_edit() returns trigger language plpgsql as $$
    begin
      raise exception 'audit entries are append-only';
    end $$`.execute(db);
  await sql`
    create trigger audit_is_append_only before update or delete or truncate on audit_entries
      for each statement execute function refuse_audit_edit()`.execute(db);
}
