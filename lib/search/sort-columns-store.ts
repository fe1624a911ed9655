import { type RawBuilder, sql } from 'kysely';
import type { SortKey } from './filter.ts';

/** What an order compares, as the indexes of `users` have it; `seq` breaks ties. Where there is no moment, it is the earliest. */
export type SortColumn = {
  key: RawBuilder<unknown>;
  /** A selected key as it stands in a cursor, exact to the microsecond. */
  textOf(key: RawBuilder<unknown>): RawBuilder<string>;
  /** The key out of a cursor. */
  keyFrom(text: string): RawBuilder<unknown>;
  isKey(text: string): boolean;
};

const text = (key: RawBuilder<unknown>): SortColumn => ({
  key,
  textOf: (selected) => sql<string>`${selected}`,
  keyFrom: (value) => sql`${value}::text`,
  isKey: () => true,
});

const moment = (column: 'changed_at' | 'registered_on' | 'invited_on'): SortColumn => ({
  key: sql`coalesce(${sql.ref(column)}, '-infinity')`,
  textOf: (selected) => sql<string>`
    coalesce(to_char(nullif(${selected}, '-infinity') at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), '-infinity')`,
  keyFrom: (value) => sql`${value}::timestamptz`,
  isKey: (value) => value === '-infinity' || isMoment(value),
});

export const sortColumns: Record<SortKey, SortColumn> = {
  name: text(sql`sort_name`),
  email: text(sql`sort_email`),
  status: text(sql`sort_status`),
  license: text(sql`sort_license`),
  type: text(sql`coalesce(user_type, '') collate "C"`),
  changed: moment('changed_at'),
  registered: moment('registered_on'),
  invited: moment('invited_on'),
  id: text(sql`id`),
};

/** A day that the calendar knows, as PostgreSQL was told to write it. */
function isMoment(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/.test(text)) return false;
  const date = new Date(`${text.slice(0, 23)}Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text.slice(0, 23));
}
