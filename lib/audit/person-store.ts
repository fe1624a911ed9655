import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { wordsOf } from '../matching/search-terms.ts';
import { patternOf } from '../matching/word-pattern.ts';

/**
 * Whether an entry is about a person that the search for people would find by the same text: each of its words stands in the
 * name, e-mail address or user ID that the entry has, accents and case aside. The mirror is not asked: it forgets people who have
 * left the account.
 */
export function isAboutPerson(text: string): RawBuilder<SqlBool> {
  const words = wordsOf(text).map((spellings) => sql<SqlBool>`(${sql.join(spellings.map(hasWord), sql` or `)})`);
  const hasAll = words.length === 0 ? sql<SqlBool>`false` : sql.join(words, sql` and `);
  return sql<SqlBool>`(audit_entries.user_id is not null and (${isNamed(text)} or (${hasAll})))`;
}

/** The name as it was typed, also in scripts that the patterns of words do not know. */
const isNamed = (text: string) => sql<SqlBool>`audit_entries.user_name ilike ${containing(text)}`;

const hasWord = (word: string) => sql<SqlBool>`
  concat_ws(' ', audit_entries.user_name, audit_entries.user_email, audit_entries.user_id) ~ ${patternOf(word)}`;

/** A text as a pattern of LIKE that finds it anywhere. */
export const containing = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;
