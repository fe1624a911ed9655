import { type Kysely, sql } from 'kysely';

/** Listings that can be resumed, and what they find to have changed outside Carillon. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table accounts
      add column listing_id uuid,
      add column listing_started_at timestamptz`.execute(db);
  await sql`
    alter table users drop column generation,
      add column seq bigint generated always as identity`.execute(db);
  await sql`create unique index users_seq on users (seq)`.execute(db);
  await sql`alter table users set (fillfactor = 85)`.execute(db);
  // Who was named is kept by page, as numbers: a row of its own for everybody at every sync would be most of what is written.
  await sql`
    create table listing_pages (
      account_id text not null references accounts (id) on delete cascade,
      page integer not null,
      next_token text,
      named bigint[] not null,
      primary key (account_id, page)
    )`.execute(db);
  // A token that comes a second time would have no end.
  await sql`create unique index listing_pages_token on listing_pages (account_id, next_token)`.execute(db);
  await sql`
    alter table audit_entries
      add column fact text,
      add column was text,
      add column became text,
      add column since timestamptz`.execute(db);
}
