import { type Kysely, sql } from 'kysely';

/** Which department people of an account are of, as the last file told. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table department_files (
      account_id text primary key references accounts (id) on delete cascade,
      name text not null,
      lines int not null,
      matched int not null,
      unmatched int not null,
      unclear int not null,
      uploaded_by text not null,
      uploaded_by_name text not null,
      uploaded_at timestamptz not null default clock_timestamp()
    )`.execute(db);
  await sql`
    create table departments (
      account_id text not null references department_files (account_id) on delete cascade,
      user_id text not null,
      department text not null,
      primary key (account_id, user_id)
    )`.execute(db);
}
