import { type Kysely, sql } from 'kysely';

/**
 * How many people share which facts, kept at every write: counting a million rows takes too long to do at every look.
 * Each statement that writes people adds what it changed as rows of its own, so that writers never wait for each other;
 * the number is the sum, and a worker sums the rows up now and then.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table user_counts (
      account_id text not null,
      license text,
      registration text,
      invitation text,
      user_type text,
      people bigint not null
    )`.execute(db);
  await sql`create index user_counts_of_account on user_counts (account_id)`.execute(db);
  await sql`
    create function count_users() returns trigger language plpgsql as $$
    begin
      if tg_op = 'INSERT' then
        insert into user_counts
          select account_id, license, registration, invitation, user_type, count(*) from added group by 1, 2, 3, 4, 5;
      elsif tg_op = 'DELETE' then
        insert into user_counts
          select account_id, license, registration, invitation, user_type, -count(*) from removed group by 1, 2, 3, 4, 5;
      else
        insert into user_counts
          select account_id, license, registration, invitation, user_type, sum(step) from (
            select account_id, license, registration, invitation, user_type, 1 as step from added
            union all
            select account_id, license, registration, invitation, user_type, -1 from removed
          ) steps group by 1, 2, 3, 4, 5 having sum(step) <> 0;
      end if;
      return null;
    end $$`.execute(db);
  await sql`
    create trigger users_added after insert on users
      referencing new table as added for each statement execute function count_users()`.execute(db);
  await sql`
    create trigger users_changed after update on users
      referencing old table as removed new table as added for each statement execute function count_users()`.execute(
    db,
  );
  await sql`
    create trigger users_removed after delete on users
      referencing old table as removed for each statement execute function count_users()`.execute(db);
  await sql`
    insert into user_counts
      select account_id, license, registration, invitation, user_type, count(*) from users group by 1, 2, 3, 4, 5`.execute(
    db,
  );
  // What the counts were at each sync, for trends: a row holds from one complete listing to the last one that still found the same.
  await sql`
    create table count_snapshots (
      account_id text not null references accounts (id) on delete cascade,
      as_of timestamptz not null,
      held_until timestamptz not null,
      people bigint not null,
      cells jsonb not null,
      primary key (account_id, as_of)
    )`.execute(db);
}
