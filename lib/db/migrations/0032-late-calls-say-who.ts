import { type Kysely, sql } from 'kysely';

/**
 * Who asked for a call that may still arrive, kept with the call: a batch that takes its people back deletes their changes, and
 * makes new ones when it sends them again.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table late_calls
      drop constraint late_calls_change_id_fkey,
      add column request_id uuid,
      add column operator_id text,
      add column operator_name text,
      add column operator_role text,
      add column batch_id uuid references batches (id) on delete set null`.execute(db);
  await sql`
    update late_calls set request_id = changes.request_id, operator_id = changes.operator_id,
      operator_name = changes.operator_name, operator_role = changes.operator_role, batch_id = changes.batch_id
    from changes where changes.id = late_calls.change_id`.execute(db);
  await sql`
    alter table late_calls
      alter column request_id set not null,
      alter column operator_id set not null,
      alter column operator_name set not null,
      alter column operator_role set not null`.execute(db);
}
