import { type Kysely, sql } from 'kysely';
import { keptEmailKey, keyInMirror } from '../../people/email-key.ts';

/**
 * What e-mail addresses are compared by (`emailKey`), the lines of lists and batches of which it is not clear who is meant,
 * and what is shown of people before a batch is started.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table users add column email_key text collate "C"`.execute(db);
  // PostgreSQL and JavaScript have the same small letters for A to Z only; other addresses get their key from JavaScript.
  for (let after = '0'; ; ) {
    const { rows } = await sql<{ seq: string; email: string }>`
      select seq, email from users
      where seq > ${after}::bigint and (email !~ '^[A-Za-z0-9][A-Za-z0-9._+-]*@[A-Za-z0-9.-]*[A-Za-z0-9]$' or email ~* '[@.]xn--')
      order by seq limit 5000`.execute(db);
    const last = rows.at(-1);
    if (!last) break;
    const keys = rows.map(({ email }) => keptEmailKey(email));
    await sql`
      update users set email_key = keyed.key
      from unnest(${rows.map(({ seq }) => seq)}::bigint[], ${keys}::text[]) as keyed (seq, key)
      where users.seq = keyed.seq and keyed.key is not null`.execute(db);
    after = last.seq;
  }
  await sql`create index users_by_email_key on users (account_id, (${keyInMirror}))`.execute(db);

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
