import { type Kysely, sql } from 'kysely';

/** How each operator wants lists to look. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table preferences (
      operator_id text primary key references operators (id) on delete cascade,
      columns text[] not null,
      density text not null check (density in ('comfortable', 'compact'))
    )`.execute(db);
}
