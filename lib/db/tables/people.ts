import type { Generated } from 'kysely';
import type { MaybeMoment, Moment } from './moment.ts';

export type AccountsTable = {
  id: string;
  name: string;
  type: string | null;
  status: string | null;
  default_license: string | null;
  supported_licenses: string[];
  generation: Generated<string>;
  complete_as_of: MaybeMoment;
  sync_started_at: MaybeMoment;
  sync_touched_at: MaybeMoment;
  sync_read: Generated<number>;
  sync_wanted: Generated<boolean>;
  sync_failure: string | null;
  sync_failed_at: MaybeMoment;
  listing_id: string | null;
  listing_started_at: MaybeMoment;
  left_out: Generated<number>;
  sync_left_out: Generated<number>;
};

export type UsersTable = {
  account_id: string;
  id: string;
  email: string | null;
  name: string | null;
  license: string | null;
  user_type: string | null;
  registration: string | null;
  invitation: string | null;
  registered_on: MaybeMoment;
  invited_on: MaybeMoment;
  search: string;
  sort_name: string;
  sort_email: string;
  email_key: string | null;
  sort_license: string;
  sort_status: string;
  seq: Generated<string>;
  read_at: Moment;
  changed_at: MaybeMoment;
  changed_by: string | null;
  /** Null also where the change was made before this was kept. */
  changed_by_id: string | null;
  /** The change or the reading that wrote this person last. */
  cause: string | null;
};

export type ListingPagesTable = {
  account_id: string;
  page: number;
  next_token: string | null;
  named: string[];
};

/** Steps, not sums: a number is the sum of its rows. */
export type UserCountsTable = {
  account_id: string;
  license: string | null;
  registration: string | null;
  invitation: string | null;
  user_type: string | null;
  people: string;
};
