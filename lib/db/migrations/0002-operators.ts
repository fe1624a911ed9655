import { type Kysely, sql } from 'kysely';

/** Who may use the dashboard, and their live sessions. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table operators (
      id text primary key,
      username text not null unique,
      name text not null,
      role text not null check (role in ('viewer', 'helpdesk', 'admin')),
      password_hash text not null,
      disabled_at timestamptz
    )`.execute(db);
  await sql`
    create table sessions (
      id_hash text primary key,
      operator_id text not null references operators (id) on delete cascade,
      created_at timestamptz not null default now(),
      seen_at timestamptz not null default now(),
      expires_at timestamptz not null,
      revoked_at timestamptz
    )`.execute(db);
  await sql`create index sessions_of_operator on sessions (operator_id)`.execute(db);
}
