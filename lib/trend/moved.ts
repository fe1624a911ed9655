import type { Held, Origin } from './trend.ts';

/** One person's step, or what all of their steps in a period come to; moments are ISO-8601. */
export type MovedPerson = {
  accountId: string;
  userId: string;
  /** Of people who have left, what the audit last called them; the ID where it never did. */
  name: string;
  email: string | null;
  /** Whether the person is in the account now. */
  isThere: boolean;
  /** What they had before, and what they had after; null where they were not in the account. */
  before: Held;
  after: Held;
  /** When it happened; outside Carillon, when it was seen. */
  at: string;
  /** Outside Carillon: when it was last known to be otherwise. It happened between this and `at`. */
  seenAfter: string | null;
  origin: Origin;
  /** Null: outside Carillon. */
  operator: { id: string; name: string } | null;
  batch: { id: string; reason: string | null } | null;
  /** What the operator wrote, last, about this change. */
  reason: string | null;
  /** The change, or the reading of a listing or a look: `change_id` or `request_id` of the audit's entry. */
  cause: string | null;
};

/** Where a page goes on; opaque to callers. */
export type MovedPage = { people: MovedPerson[]; next: string | null };

/** The steps to list, as a condition on `listed`, and its parts. */
export type StepFilter = {
  /** Steps to this license, or from it, or both. */
  license?: string | undefined;
  direction?: 'up' | 'down' | undefined;
  /** By Carillon or outside it. */
  by?: 'inside' | 'outside' | undefined;
  operatorId?: string | undefined;
  batchId?: string | undefined;
};

/** The people of a comparison to list; what is undefined does not narrow. */
export type CellFilter = {
  /** What they had at the start, and have at the end; null where they were not in the account. */
  from?: Held | undefined;
  to?: Held | undefined;
  /** What brought the last of their changes about. */
  origin?: Origin | undefined;
  operatorId?: string | undefined;
  batchId?: string | undefined;
  /** Of their e-mail address; null: they have none. */
  domain?: string | null | undefined;
  /** Of the people, as files say today; null: no file says one. */
  department?: string | null | undefined;
  /** Instead of the people in the cells, those who were changed and have again what they had. */
  cameBack?: boolean | undefined;
};

/** A place in an order by moment and number, as it travels. */
export const place = /^(\d{4,6}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z) (-?\d{1,19})$/;

/** Whether it is a place that a page said it goes on at. */
export const isPlace = (text: string): boolean => place.test(text);
