import { type Kysely, sql } from 'kysely';

/**
 * Which changes end a plan for a time, and which calls may still arrive after Carillon stopped waiting for them. Failed ends
 * of people who have another plan by now need no attention.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table changes add column ending_id uuid`.execute(db);
  await sql`
    create table late_calls (
      change_id uuid primary key references changes (id),
      account_id text not null,
      user_id text not null,
      license text not null,
      sent_at timestamptz not null,
      next_look_at timestamptz not null default clock_timestamp(),
      arrived_at timestamptz,
      replaced text
    )`.execute(db);
  await sql`create index late_calls_of_user on late_calls (account_id, user_id)`.execute(db);
  await sql`create index late_calls_due on late_calls (next_look_at) where arrived_at is null`.execute(db);
  await sql`
    update endings set state = 'cancelled'
    where state = 'failed' and not exists (
      select from users where users.account_id = endings.account_id and users.id = endings.user_id
        and users.license = endings.license)`.execute(db);
  await sql`create index endings_failed on endings (account_id, user_id) where state = 'failed'`.execute(db);
}
