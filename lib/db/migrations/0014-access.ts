import { type Kysely, sql } from 'kysely';

/**
 * Operators whom an identity provider knows have neither a user name nor a password here, and their role comes from the
 * groups that a session began with.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table operators
      alter column username drop not null,
      alter column password_hash drop not null,
      alter column role drop not null,
      add column issuer text,
      add column subject text,
      add unique (issuer, subject),
      add check (case when issuer is null
        then subject is null and username is not null and password_hash is not null and role is not null
        else subject is not null and username is null and password_hash is null and role is null end)`.execute(db);
  await sql`alter table sessions add column groups text[]`.execute(db);
}
