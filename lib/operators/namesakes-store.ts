import { type RawBuilder, sql } from 'kysely';
import type { Executor } from '../db/database.ts';

type Part = RawBuilder<unknown>;

/** Part of a query: whether another operator has the same name. */
export const hasNamesake = (id: Part, name: Part) =>
  sql<boolean>`exists (select from operators as other where other.name = ${name} and other.id <> ${id})`;

/** Part of a query: what is an operator's alone, as their user name, their e-mail, or their ID where they have neither. */
export const loginOf = (id: Part) =>
  sql<string>`coalesce((select coalesce(username, email) from operators where operators.id = ${id}), ${id})`;

/** Part of a query: what tells an operator apart where another one has the same name; null where the name is enough. */
export const loginOfNamesake = (id: Part, name: Part) =>
  sql<string | null>`case when ${hasNamesake(id, name)} then ${loginOf(id)} end`;

/** What tells those of some operators apart who share their name with another one, by their IDs. */
export async function loginsOfNamesakes(
  db: Executor,
  ids: readonly (string | null)[],
): Promise<ReadonlyMap<string | null, string>> {
  const { rows } = await sql<{ id: string; login: string }>`
    select id, ${loginOf(sql`named.id`)} as login from operators as named
    where id = any(${ids}) and ${hasNamesake(sql`named.id`, sql`named.name`)}`.execute(db);
  return new Map(rows.map(({ id, login }) => [id, login]));
}
