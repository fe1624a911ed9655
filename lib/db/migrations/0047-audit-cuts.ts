import { type Kysely, sql } from 'kysely';

/**
 * Lets the owner's command take the oldest entries of the audit away: those up to the last one that `audit_cuts` names, which only the
 * owner can write to. Any other entry stays as unremovable as before.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table audit_cuts (
      last_sequence bigint primary key,
      first_sequence bigint not null,
      entries bigint not null,
      hmac text not null,
      cut_at timestamptz not null default clock_timestamp()
    )`.execute(db);
  await sql`
    create function refuse_audit_deletion() returns trigger language plpgsql as $$
    begin
      if old.sequence <= (select max(last_sequence) from public.audit_cuts) then
        return old;
      end if;
      raise exception 'audit entries are append-only';
    end $$`.execute(db);
  await sql`drop trigger audit_is_append_only on audit_entries`.execute(db);
  await sql`
    create trigger audit_is_append_only before update or truncate on audit_entries
      for each statement execute function refuse_audit_edit()`.execute(db);
  await sql`
    create trigger audit_is_cut_by_command before delete on audit_entries
      for each row execute function refuse_audit_deletion()`.execute(db);
  await sql`alter table audit_entries enable always trigger audit_is_append_only`.execute(db);
  await sql`alter table audit_entries enable always trigger audit_is_cut_by_command`.execute(db);
}
