import { type Kysely, sql } from 'kysely';

/**
 * What an operator changed by hand within the last hour; and how many people Chime names whose IDs may not be sent to it.
 * Such people, and such accounts, are not kept in the mirror any more.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table hand_changes (
      operator_id text not null,
      at timestamptz not null default clock_timestamp(),
      people integer not null
    )`.execute(db);
  await sql`create index hand_changes_of_operator on hand_changes (operator_id, at)`.execute(db);

  await sql`
    alter table accounts
      add column left_out integer not null default 0,
      add column sync_left_out integer not null default 0`.execute(db);
  await sql`delete from users where id !~ '^[A-Za-z0-9]([A-Za-z0-9-]{0,62}[A-Za-z0-9])?$'`.execute(db);
  await sql`delete from accounts where id !~ '^[A-Za-z0-9]([A-Za-z0-9-]{0,62}[A-Za-z0-9])?$'`.execute(db);
}
