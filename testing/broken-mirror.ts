import { sql } from 'kysely';
import type { Database } from '../lib/db/database.ts';

/** Makes every write about one person fail in the database, until the answered function is called. */
export async function breakMirrorOf(db: Database, userId: string): Promise<() => Promise<void>> {
  await sql`
    create function break_mirror() returns trigger language plpgsql as
    $$ begin raise exception 'a fault of our own'; end $$`.execute(db);
  await sql`
    create trigger break_mirror before insert or update on users for each row
    when (new.id = ${sql.lit(userId)}) execute function break_mirror()`.execute(db);
  return async () => {
    await sql`drop trigger break_mirror on users`.execute(db);
    await sql`drop function break_mirror`.execute(db);
  };
}
