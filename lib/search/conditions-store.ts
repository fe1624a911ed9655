import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { endingPeople } from '../endings/store.ts';
import { type FacetKey, facetKeys, noValue } from './filter.ts';
import type { WantedPeople } from './wanted-people.ts';
import { anywhere, atTheEnd, indexOf } from './word-index.ts';

type Condition = RawBuilder<SqlBool>;

const facetColumns: Record<FacetKey, RawBuilder<unknown>> = {
  license: sql.ref('license'),
  registration: sql.ref('registration'),
  invitation: sql.ref('invitation'),
  userType: sql.ref('user_type'),
};

/** What a row has to be like, so that testing one row is cheap. */
export function rowConditions(wanted: WantedPeople): Condition {
  return all([...wanted.words.map((spellings) => any(spellings.map(hasWord))), ...otherConditions(wanted)]);
}

/** The same people, in words that the indexes answer to. */
export function indexConditions(wanted: WantedPeople): Condition {
  return all([wordConditions(wanted.words), ...otherConditions(wanted)]);
}

function otherConditions(wanted: WantedPeople): Condition[] {
  const { changedWithin, outside, ends, unchanged, invited } = wanted.filter;
  const conditions = [...facetsOf(wanted), ...onlyCondition(wanted.only)];
  if (changedWithin !== null) conditions.push(changedInDays(changedWithin));
  if (outside) conditions.push(changedOutside);
  if (ends !== null) conditions.push(sql<SqlBool>`id = any(array(${endingPeople(wanted.accountId, ends)}))`);
  if (unchanged !== null) conditions.push(olderThan(sql`coalesce(changed_at, registered_on, invited_on)`, unchanged));
  if (invited !== null) conditions.push(olderThan(sql`invited_on`, invited));
  return conditions;
}

const onlyCondition = (only: string[] | null) => (only === null ? [] : [sql<SqlBool>`id = any(${only})`]);

export const changedOutside = sql<SqlBool>`(changed_at is not null and changed_by is null)`;

/** In hours: `1 day` is a day of the calendar, which PostgreSQL works out for each row anew, in a million rows for a fifth of a second. */
export const daysAgo = (days: number) => sql`now() - ${sql.lit(days)} * interval '24 hours'`;

const changedInDays = (days: number) => sql<SqlBool>`changed_at > ${daysAgo(days)}`;

const olderThan = (moment: RawBuilder<unknown>, days: number) => sql<SqlBool>`${moment} < ${daysAgo(days)}`;

function facetsOf({ filter }: WantedPeople): Condition[] {
  return facetKeys.flatMap((key) => {
    const values = filter.facets[key].filter((value) => value !== noValue);
    const isThere = sql<SqlBool>`${facetColumns[key]} = any(${values})`;
    if (!filter.facets[key].includes(noValue)) return values.length > 0 ? [isThere] : [];
    const isNone = sql<SqlBool>`${facetColumns[key]} is null`;
    return [values.length > 0 ? sql<SqlBool>`(${isThere} or ${isNone})` : isNone];
  });
}

/** The words of a search, in words that the indexes answer to. */
export const wordConditions = (words: string[][]): Condition =>
  all(words.map((spellings) => any(spellings.map(indexedWord))));

const hasWord = (word: string): Condition => sql<SqlBool>`search like ${anywhere(word)}`;

function indexedWord(word: string): Condition {
  const found = hasWord(word);
  const index = indexOf(word);
  if (index.by === 'short') return sql<SqlBool>`(${found} and ${hasShortWord(index.key)})`;
  if (index.by === 'pair') {
    const followed = sql<SqlBool>`search ~ ${index.followed} or search like ${atTheEnd(word)}`;
    return sql<SqlBool>`(${found} and (${followed} or (${hasShortWord(index.key)})))`;
  }
  return found;
}

const hasShortWord = (key: string) =>
  sql<SqlBool>`octet_length(search) > length(search) and short_words(search) @> array[${key}]::text[]`;

const any = (conditions: Condition[]): Condition =>
  conditions.length === 1 && conditions[0] ? conditions[0] : sql<SqlBool>`(${sql.join(conditions, sql` or `)})`;

const all = (conditions: Condition[]): Condition =>
  conditions.length === 0 ? sql<SqlBool>`true` : sql<SqlBool>`${sql.join(conditions, sql` and `)}`;
