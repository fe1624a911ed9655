import { type Kysely, sql } from 'kysely';

/**
 * What the audit says of operators and people of one name, of tokens, of refused attempts and of exports; refused attempts
 * beyond those that are written in full are counted by the minute.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table audit_entries
      add column operator_login text,
      add column user_email text,
      add column token_id uuid,
      add column token_name text,
      add column attempt text,
      add column refusal text,
      add column exported text,
      add column filter text,
      add column count bigint`.execute(db);
  await sql`alter table operators add column email text`.execute(db);
  await sql`create index operators_by_name on operators (name)`.execute(db);
  await sql`alter table batches add column token_id uuid, add column token_name text`.execute(db);
  await sql`
    create table refusal_counts (
      operator_id text not null,
      operator_name text,
      operator_role text,
      attempt text not null,
      minute timestamptz not null,
      refused integer not null,
      primary key (operator_id, attempt, minute)
    )`.execute(db);
}
