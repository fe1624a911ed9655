import { type Kysely, sql } from 'kysely';

/** Tokens with which operators use the command line; of each only the hash is kept. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table operator_tokens (
      id uuid primary key,
      hash text not null unique,
      operator_id text not null references operators (id) on delete cascade,
      groups text[],
      name text not null,
      created_at timestamptz not null default clock_timestamp(),
      expires_at timestamptz not null,
      last_used_at timestamptz,
      revoked_at timestamptz
    )`.execute(db);
  await sql`create index operator_tokens_of on operator_tokens (operator_id, created_at desc)`.execute(db);
}
