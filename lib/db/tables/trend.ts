import type { Generated } from 'kysely';
import type { MaybeMoment, Moment } from './moment.ts';

/** What is known of an account's counts: since when, up to which midnight days are closed, and in which zone. */
export type CountLedgersTable = {
  account_id: string;
  known_from: Moment;
  closed_until: MaybeMoment;
  zone: string | null;
  /** Movements before this are an example, made up. */
  made_up_until: MaybeMoment;
  checked_at: MaybeMoment;
  /** By how many people counts and steps differed at the last check; 0 unless something is wrong. */
  drift_people: string | null;
};

/** Steps of counts. `cause` is the change, or the reading; `by` is null for what happened outside Carillon. */
export type MovementsTable = {
  account_id: string;
  at: Moment;
  seq: Generated<string>;
  user_id: string;
  kind: 'joined' | 'left' | 'moved';
  from_license: string | null;
  to_license: string | null;
  from_status: string | null;
  to_status: string | null;
  cause: string | null;
  by: string | null;
  batch_id: string | null;
  ending_id: string | null;
  /** When the person was last known to be otherwise, of what happened outside. */
  since: MaybeMoment;
};

/** Closed days of the reporting zone; `license` is `none` where Chime says nothing. */
export type CountDaysTable = {
  account_id: string;
  day: string;
  license: string;
  opening: string;
  came_inside: string;
  came_outside: string;
  went_inside: string;
  went_outside: string;
  joined: string;
  gone: string;
  closing: string;
  lowest: string;
  highest: string;
};

/** When complete listings told how an account was; before each row but the first was a gap. */
export type CoverageTable = {
  account_id: string;
  seen_from: Moment;
  seen_until: Moment;
  /** The failure of the last listing in the gap before; null where none was tried. */
  unseen_because: string | null;
};
