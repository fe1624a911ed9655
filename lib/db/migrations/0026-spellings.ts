import { type QueryExecutorProvider, sql } from 'kysely';
import { foldedFrom } from '../../users/derived.ts';

/** People are found by the other spellings of their names too: `mueller`, `odegaard`, `obrien`. */
export async function up(db: QueryExecutorProvider): Promise<void> {
  for (let after = '0'; ; ) {
    const { rows } = await sql<{ seq: string; id: string; name: string | null; email: string | null }>`
      select seq, id, name, email from users
      where seq > ${after}::bigint and concat(name, ' ', email) ~ ${letters}
      order by seq limit 5000`.execute(db);
    const last = rows.at(-1);
    if (!last) break;
    const folded = rows.map(foldedFrom);
    await sql`
      update users set search = folded.search, sort_name = folded.sort_name, sort_email = folded.sort_email
      from unnest(${rows.map(({ seq }) => seq)}::bigint[], ${folded.map(({ search }) => search)}::text[],
        ${folded.map(({ sort_name }) => sort_name)}::text[], ${folded.map(({ sort_email }) => sort_email)}::text[])
        as folded (seq, search, sort_name, sort_email)
      where users.seq = folded.seq`.execute(db);
    after = last.seq;
  }
}

/** Letters with another spelling, also where the dots are signs of their own, and apostrophes. */
const letters = "[äöüøåÄÖÜØÅ\u0308\u030a'\u2018\u2019\u201b\u02b9\u02bb\u02bc\u2032\u0060\u00b4\uff07]";
