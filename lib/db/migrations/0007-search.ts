import { type Kysely, sql } from 'kysely';

/** What keeps search, filters, sorting and counts quick up to a million people (docs/decisions/search-walks-or-gathers.md). */
export async function up(db: Kysely<unknown>): Promise<void> {
  // The account is part of the index: else a word that is common in a large account makes its small neighbours slow.
  await sql`create extension if not exists btree_gin`.execute(db);
  await sql`drop index users_search`.execute(db);
  await sql`create index users_search on users using gin (account_id, search gin_trgm_ops)`.execute(db);

  // The number of a row breaks ties: it is a third of the size of an ID, and new rows go to the end.
  await sql`drop index users_by_name, users_by_email, users_by_license, users_by_status`.execute(db);
  await sql`create index users_by_name on users (account_id, sort_name, seq)`.execute(db);
  await sql`create index users_by_email on users (account_id, sort_email, seq)`.execute(db);
  await sql`create index users_by_license on users (account_id, sort_license, seq)`.execute(db);
  await sql`create index users_by_status on users (account_id, sort_status, seq)`.execute(db);
  await sql`create index users_by_type on users (account_id, (coalesce(user_type, '') collate "C"), seq)`.execute(db);
  await sql`
    create index users_by_changed on users (account_id, (coalesce(changed_at, '-infinity')), seq)`.execute(db);
  await sql`
    create index users_by_registered on users (account_id, (coalesce(registered_on, '-infinity')), seq)`.execute(db);
  await sql`
    create index users_by_invited on users (account_id, (coalesce(invited_on, '-infinity')), seq)`.execute(db);

  await sql`create index users_facts on users (account_id, license, registration, invitation, user_type)`.execute(db);
  await sql`
    create index users_changed on users (account_id, changed_at)
      include (license, registration, invitation, user_type, changed_by)
      where changed_at is not null`.execute(db);
  await sql`
    create index users_changed_outside on users (account_id, changed_at)
      include (license, registration, invitation, user_type)
      where changed_at is not null and changed_by is null`.execute(db);

  // Trigrams find no word of one or two letters, and there are whole names of two. Of a line's letters beyond ASCII: each
  // one, each two in a row, and each ASCII letter before one, as in "o*".
  await sql`
    create function short_words(line text) returns text[] language sql immutable strict parallel safe
    return array(
      select distinct case when piece ~ '^[\\x21-\\x7f]' then left(piece, 1) || '*' else piece end
      from (select regexp_replace(line, '[\\x01-\\x7f]+(?=[\\x01-\\x7f])', '', 'g') as rest offset 0) as short,
        generate_series(1, length(rest)) as place, generate_series(1, 2) as length,
        substr(rest, place, length) as piece
      where piece ~ '^([^\\x01-\\x7f]{1,2}|[\\x21-\\x7f][^\\x01-\\x7f])$'
    )`.execute(db);
  await sql`
    create index users_short_words on users using gin (account_id, short_words(search))
      where octet_length(search) > length(search)`.execute(db);

  await sql`create index audit_of_request on audit_entries (request_id)`.execute(db);
  await sql`
    create index audit_of_aws_request on audit_entries (aws_request_id) where aws_request_id is not null`.execute(db);
}
