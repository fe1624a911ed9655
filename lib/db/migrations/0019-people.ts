import { type Kysely, sql } from 'kysely';

/**
 * What e-mail addresses are compared by, which is derived after the migrations; the lines of lists and batches of which it is not clear who is meant,
 * and what is shown of people before a batch is started.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table users add column email_key text collate "C"`.execute(db);
  await sql`create index users_by_email_key on users (account_id,
    (left(coalesce(email_key, lower(email collate "C")), 400)))`.execute(db);

  // Curly apostrophes are found as straight ones.
  await sql`
    update users set search = translate(search, '‘’ʼ′', ''''''''''), sort_name = translate(sort_name, '‘’ʼ′', ''''''''''),
      sort_email = translate(sort_email, '‘’ʼ′', '''''''''')
    where search ~ '[‘’ʼ′]'`.execute(db);

  await sql`alter table lists add column unread text[] not null default '{}'`.execute(db);

  await sql`
    alter table batch_items
      drop constraint batch_items_part_check,
      add constraint batch_items_part_check check (part in
        ('change', 'unclear', 'same', 'missing', 'unreadable', 'forbidden', 'directory', 'no-return', 'left-out')),
      add column unclear jsonb,
      add column is_device boolean not null default false,
      add column is_invited boolean not null default false`.execute(db);
}
