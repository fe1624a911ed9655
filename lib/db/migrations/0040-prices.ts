import { type Kysely, sql } from 'kysely';

/**
 * What Pro costs, as admins entered it, and on how many days people hosted, as files told. Amounts are of the smallest unit of
 * their currency, which has `decimals` places. A price that was withdrawn stays, and counts no more.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table prices (
      id uuid primary key,
      valid_from date not null,
      currency text not null check (currency ~ '^[A-Z]{3}$'),
      decimals smallint not null check (decimals between 0 and 4),
      per_day bigint not null check (per_day >= 0),
      cap_per_month bigint not null check (cap_per_month >= per_day),
      source text not null,
      entered_by text not null,
      entered_by_name text not null,
      entered_at timestamptz not null default clock_timestamp(),
      withdrawn_by text,
      withdrawn_by_name text,
      withdrawn_at timestamptz
    )`.execute(db);
  await sql`create unique index prices_by_day on prices (valid_from) where withdrawn_at is null`.execute(db);
  await sql`
    create table activity_files (
      account_id text not null references accounts (id) on delete cascade,
      month date not null,
      name text not null,
      lines int not null,
      matched int not null,
      unmatched int not null,
      unclear int not null,
      uploaded_by text not null,
      uploaded_by_name text not null,
      uploaded_at timestamptz not null default clock_timestamp(),
      primary key (account_id, month)
    )`.execute(db);
  await sql`
    create table activity_days (
      account_id text not null,
      month date not null,
      user_id text not null,
      days smallint not null check (days between 0 and 31),
      primary key (account_id, month, user_id),
      foreign key (account_id, month) references activity_files (account_id, month) on delete cascade
    )`.execute(db);
}
