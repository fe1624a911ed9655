import type { Generated } from 'kysely';
import type { MaybeMoment, Moment } from './moment.ts';

/** Prices of Pro; amounts are of the smallest unit of their currency. One that was withdrawn counts no more. */
export type PricesTable = {
  id: string;
  valid_from: string;
  currency: string;
  decimals: number;
  per_day: string;
  cap_per_month: string;
  source: string;
  entered_by: string;
  entered_by_name: string;
  entered_at: Generated<Date>;
  withdrawn_by: string | null;
  withdrawn_by_name: string | null;
  withdrawn_at: MaybeMoment;
};

/** The file that tells on how many days people of an account hosted in a month; `month` is its first day. */
export type ActivityFilesTable = {
  account_id: string;
  month: string;
  name: string;
  lines: number;
  matched: number;
  unmatched: number;
  unclear: number;
  uploaded_by: string;
  uploaded_by_name: string;
  uploaded_at: Moment;
};

/** On how many days of a month a person hosted. */
export type ActivityDaysTable = { account_id: string; month: string; user_id: string; days: number };
