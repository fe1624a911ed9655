import { sql } from 'kysely';
import type { Executor } from '../db/database.ts';
import { emailKey } from '../matching/email-key.ts';
import { foldForSearch } from '../matching/fold.ts';
import { type Directory, idSpellings, type Known, type Match, matchPerson } from '../matching/match-person.ts';
import type { PersonRef } from '../matching/person-ref.ts';
import { nameOf } from '../users/user.ts';

const atOnce = 5_000;

/** The key of a row of `users`, as the index `users_by_email_key` has it. */
const keyInMirror = sql<string>`left(coalesce(email_key, lower(email collate "C")), 400)`;

/** The people of an account that each of these lines means, in their order, by what the mirror knows. */
export async function resolvePeople(db: Executor, accountId: string, refs: PersonRef[]): Promise<Match[]> {
  const matches: Match[] = [];
  for (let first = 0; first < refs.length; first += atOnce) {
    const some = refs.slice(first, first + atOnce);
    const directory = await directoryFor(db, accountId, some);
    for (const ref of some) matches.push(matchPerson(ref, directory));
  }
  return matches;
}

/** The part of the mirror that these lines could mean. Looking alike is asked for only where nothing else is known. */
async function directoryFor(db: Executor, accountId: string, refs: PersonRef[]): Promise<Directory> {
  const ids = refs.flatMap(({ userId }) => (userId === null ? [] : idSpellings(userId)));
  const people = await find(db, accountId, sql`id`, ids);
  const keyed = await find(db, accountId, keyInMirror, refs.flatMap(addressesOf).map(emailKey));
  const byId = grouped(people, ({ id }) => id);
  const byEmailKey = grouped(keyed, (person) => person.emailKey);
  const exact: Directory = {
    byId: (id) => byId.get(id) ?? [],
    byEmailKey: (key) => byEmailKey.get(key) ?? [],
    byLikeness: () => [],
  };
  const left = refs.filter((ref) => matchPerson(ref, exact).kind === 'missing');
  const alike = await find(db, accountId, sql`sort_email`, left.flatMap(addressesOf).map(foldForSearch));
  const byFold = grouped(alike, ({ foldedEmail }) => foldedEmail);
  return { ...exact, byLikeness: (email) => byFold.get(foldForSearch(email)) ?? [] };
}

const addressesOf = ({ email, upn }: PersonRef): string[] => [email, upn].filter((text) => text !== null);

type Row = {
  id: string;
  name: string | null;
  email: string | null;
  license: string | null;
  key: string;
  sort_email: string;
};

async function find(db: Executor, accountId: string, column: ReturnType<typeof sql>, keys: string[]): Promise<Known[]> {
  const asked = [...new Set(keys)].filter((key) => key !== '');
  if (asked.length === 0) return [];
  const { rows } = await sql<Row>`
    select id, name, email, license, coalesce(${keyInMirror}, '') as key, sort_email from users
    where account_id = ${accountId} and ${column} = any(${asked}) order by seq`.execute(db);
  return rows.map((row) => ({
    id: row.id,
    name: nameOf(row),
    email: row.email,
    license: row.license,
    emailKey: row.key,
    foldedEmail: row.sort_email,
  }));
}

function grouped(people: Known[], keyOf: (person: Known) => string): Map<string, Known[]> {
  return Map.groupBy(people, keyOf);
}
