import type { ColumnType, Generated } from 'kysely';
import type { MaybeMoment, Moment } from './moment.ts';

export type OperatorsTable = {
  id: string;
  username: string | null;
  name: string;
  role: 'viewer' | 'helpdesk' | 'admin' | null;
  password_hash: string | null;
  disabled_at: MaybeMoment;
  issuer: string | null;
  subject: string | null;
  email: string | null;
  groups_claim: string | null;
  last_account_id: string | null;
};

export type SessionsTable = {
  id_hash: string;
  operator_id: string;
  created_at: Generated<Date>;
  seen_at: ColumnType<Date, never, Date>;
  expires_at: Moment;
  revoked_at: MaybeMoment;
  groups: string[] | null;
};

/** Tries to sign in that went wrong lately, by what they have in common. */
export type SignInTriesTable = {
  key_hash: string;
  failures: number;
  last_at: Moment;
  held_until: Moment;
};

/** One row a minute in which an operator looked people up. */
export type PersonReadsTable = { operator_id: string; minute: Date; reads: number };

/** Tokens for the command line, by their hash. */
export type OperatorTokensTable = {
  id: string;
  hash: string;
  operator_id: string;
  groups: string[] | null;
  name: string;
  created_at: Generated<Date>;
  expires_at: Moment;
  last_used_at: MaybeMoment;
  revoked_at: MaybeMoment;
};

export type ListsTable = {
  id: string;
  account_id: string;
  entries: string[];
  unread: Generated<string[]>;
  created_by: string;
  created_at: Generated<Date>;
};

export type ViewsTable = {
  operator_id: string;
  account_id: string;
  name: string;
  params: string;
  saved_at: Generated<Date>;
};

export type PreferencesTable = {
  operator_id: string;
  columns: string[];
  density: 'comfortable' | 'compact';
  page_size: Generated<number>;
};
