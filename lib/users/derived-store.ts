import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import { keptEmailKey } from '../matching/email-key.ts';
import { foldedFrom } from './derived.ts';

/** Goes up with every change of what is derived from how a person is written, so that those who are listed already are derived again. */
const rules = 1;

const atOnce = 5_000;

type Written = { seq: string; id: string; name: string | null; email: string | null };

/**
 * Derives what people are searched, sorted and compared by once more, where earlier rules have done it. Safe beside a sync, and in
 * several processes at once. As the owner of the tables.
 */
export async function deriveAgain(db: Database): Promise<void> {
  const { rows } = await sql<{ rules: number }>`select rules from derived_by`.execute(db);
  if (rows.some((one) => one.rules >= rules)) return;
  for (let after = '0'; ; ) {
    const people = await sql<Written>`
      select seq, id, name, email from users where seq > ${after}::bigint order by seq limit ${atOnce}`.execute(db);
    const last = people.rows.at(-1);
    if (!last) break;
    await derive(db, people.rows);
    after = last.seq;
  }
  await sql`update derived_by set rules = greatest(rules, ${rules})`.execute(db);
}

/** Leaves people who have been listed anew since they were read: the rules of today have derived them then. */
async function derive(db: Database, people: Written[]): Promise<void> {
  const derived = people.map((person) => ({
    ...person,
    ...foldedFrom(person),
    email_key: keptEmailKey(person.email ?? ''),
  }));
  await sql`
    update users set search = derived.search, sort_name = derived.sort_name, sort_email = derived.sort_email,
      email_key = derived.email_key
    from jsonb_to_recordset(${JSON.stringify(derived)}::jsonb) as derived (
      seq bigint, name text, email text, search text, sort_name text, sort_email text, email_key text)
    where users.seq = derived.seq and users.name is not distinct from derived.name
      and users.email is not distinct from derived.email
      and (users.search, users.sort_name, users.sort_email, users.email_key)
        is distinct from (derived.search, derived.sort_name, derived.sort_email, derived.email_key)`.execute(db);
}
