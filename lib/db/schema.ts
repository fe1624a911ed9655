import type { ColumnType, Generated, JSONColumnType } from 'kysely';
import type { Failure, FailureCode } from '../failures.ts';
import type { EarlierEnd } from '../licenses/ending.ts';
import type { Unclear } from '../people/person-ref.ts';

/**
 * The tables, as kysely sees them. Their SQL is in `migrations/`. The words that a column may hold are written here; the nouns take
 * their types from it.
 */
export type Schema = {
  accounts: AccountsTable;
  users: UsersTable;
  operators: OperatorsTable;
  sessions: SessionsTable;
  changes: ChangesTable;
  late_calls: LateCallsTable;
  audit_entries: AuditEntriesTable;
  audit_head: AuditHeadTable;
  refusal_counts: RefusalCountsTable;
  chime_pace: ChimePaceTable;
  user_counts: UserCountsTable;
  count_ledgers: CountLedgersTable;
  movements: MovementsTable;
  count_days: CountDaysTable;
  coverage: CoverageTable;
  listing_pages: ListingPagesTable;
  lists: ListsTable;
  views: ViewsTable;
  preferences: PreferencesTable;
  sign_in_tries: SignInTriesTable;
  person_reads: PersonReadsTable;
  batches: BatchesTable;
  batch_items: BatchItemsTable;
  batch_chunks: BatchChunksTable;
  endings: EndingsTable;
  operator_tokens: OperatorTokensTable;
  hand_changes: HandChangesTable;
  workers: WorkersTable;
};

type Moment = ColumnType<Date, Date | string, Date | string>;
type MaybeMoment = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;

type AccountsTable = {
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

type UsersTable = {
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

type OperatorsTable = {
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

type SessionsTable = {
  id_hash: string;
  operator_id: string;
  created_at: Generated<Date>;
  seen_at: ColumnType<Date, never, Date>;
  expires_at: Moment;
  revoked_at: MaybeMoment;
  groups: string[] | null;
};

/** Tries to sign in that went wrong lately, by what they have in common. */
type SignInTriesTable = {
  key_hash: string;
  failures: number;
  last_at: Moment;
  held_until: Moment;
};

/** One row a minute in which an operator looked people up. */
type PersonReadsTable = { operator_id: string; minute: Date; reads: number };

type ChangesTable = {
  id: string;
  request_id: string;
  account_id: string;
  user_id: string;
  operator_id: string;
  operator_name: string;
  operator_role: string;
  from_license: string | null;
  to_license: string;
  undoes: string | null;
  state: 'pending' | 'applied' | 'failed' | 'unknown';
  requested_at: Generated<Date>;
  lease_until: Moment;
  tries: Generated<number>;
  sent_at: MaybeMoment;
  checking: Generated<boolean>;
  waiting_for: FailureCode | null;
  next_try_at: MaybeMoment;
  cancel_requested: Generated<boolean>;
  settled_at: MaybeMoment;
  failure: JSONColumnType<Failure> | null;
  aws_request_id: string | null;
  confirmed_at: MaybeMoment;
  seen_license: string | null;
  seen_at: MaybeMoment;
  batch_id: string | null;
  /** The end of a plan for a time that it brings about. */
  ending_id: string | null;
  /** The end date of the plan that it removed; and, of an undo, the one that the plan had before. */
  removed_end: MaybeMoment;
  earlier_end: MaybeMoment;
  earlier_end_is: EarlierEnd['is'] | null;
};

/** Calls that we stopped waiting for, and that Chime may still apply. */
type LateCallsTable = {
  change_id: string;
  account_id: string;
  user_id: string;
  license: string;
  sent_at: Moment;
  next_look_at: Generated<Date>;
  /** When it was seen to have been applied after another change, which is then undone. */
  arrived_at: MaybeMoment;
  /** The plan that it took the place of. */
  replaced: string | null;
  request_id: string;
  operator_id: string;
  operator_name: string;
  operator_role: string;
  batch_id: string | null;
};

export type AuditEntriesTable = {
  sequence: string;
  at: Moment;
  action:
    | 'change'
    | 'undo'
    | 'note'
    | 'sign-in'
    | 'sign-out'
    | 'denied'
    | 'outside'
    | 'temporary'
    | 'permanent'
    | 'ending'
    | 'late'
    | 'keep'
    | 'token-make'
    | 'token-revoke'
    | 'cancel'
    | 'export'
    | 'batch-submit'
    | 'batch-approve'
    | 'batch-discard'
    | 'batch-pause'
    | 'batch-resume'
    | 'batch-stop'
    | 'batch-end';
  operator_id: string | null;
  operator_name: string | null;
  operator_role: string | null;
  request_id: string;
  aws_request_id: string | null;
  account_id: string | null;
  user_id: string | null;
  user_name: string | null;
  from_license: string | null;
  to_license: string | null;
  why: string | null;
  outcome: 'applied' | 'failed';
  failure: FailureCode | null;
  change_id: string | null;
  fact: 'license' | 'status' | 'name' | 'email' | 'joined' | 'left' | null;
  was: string | null;
  became: string | null;
  since: MaybeMoment;
  form: number | null;
  key_id: string | null;
  hmac: string | null;
  batch_id: string | null;
  operator_login: string | null;
  user_email: string | null;
  token_id: string | null;
  token_name: string | null;
  attempt: RefusalCountsTable['attempt'] | null;
  refusal: string | null;
  exported: 'people' | 'batch' | 'audit' | null;
  filter: string | null;
  count: string | null;
  removed_end: MaybeMoment;
  earlier_end: MaybeMoment;
  earlier_end_is: EarlierEnd['is'] | null;
};

/** Refused attempts of the minutes that have not been told in the audit yet. */
export type RefusalCountsTable = {
  /** Empty where nobody knows who it was. */
  operator_id: string;
  operator_name: string | null;
  operator_role: string | null;
  attempt:
    | 'change-plans'
    | 'cancel-change'
    | 'check-change'
    | 'add-note'
    | 'set-ending'
    | 'remove-ending'
    | 'keep-plan'
    | 'refresh-directory'
    | 'keep-list'
    | 'save-view'
    | 'remove-view'
    | 'save-preferences'
    | 'prepare-batch'
    | 'submit-batch'
    | 'move-start'
    | 'approve-batch'
    | 'edit-draft'
    | 'steer-batch'
    | 'make-token'
    | 'revoke-token'
    | 'sign-out-others'
    | 'use-token'
    | 'users:view'
    | 'licenses:change'
    | 'directory:refresh'
    | 'batches:view'
    | 'batches:run'
    | 'audit:view-all';
  minute: Moment;
  refused: number;
};

/** One row: the end of the audit. */
type AuditHeadTable = {
  is_only: Generated<boolean>;
  sequence: string;
  hmac: string;
  key_id: string | null;
};

type ChimePaceTable = {
  endpoint: string;
  per_second: number | null;
  met_at: Generated<Date>;
  met_in_a_row: Generated<number>;
  granted: Generated<number>;
  next_at: Generated<Date>;
  paused_until: Generated<Date>;
  probe_since: Date | null;
  probe_granted: Generated<number>;
  probe_per_second: Generated<number>;
  probe_faster_at: Generated<Date>;
  changes_wait_until: Generated<Date>;
  batches_wait_until: Generated<Date>;
  readings_wait_until: Generated<Date>;
  batches_passed_over: Generated<number>;
  readings_passed_over: Generated<number>;
};

export type BatchesTable = {
  id: string;
  account_id: string;
  request_id: string;
  operator_id: string;
  operator_name: string;
  operator_role: string;
  operator_groups: string[] | null;
  source: JSONColumnType<
    | { kind: 'people' }
    | { kind: 'everybody' }
    | { kind: 'filter'; params: string }
    | { kind: 'list' }
    | { kind: 'file'; name: string }
    | { kind: 'retry'; batchId: string; only?: FailureCode | 'left' }
    | { kind: 'no-return'; batchId: string }
    | { kind: 'undo'; batchId: string }
  >;
  to_license: string | null;
  reason: string | null;
  fingerprint: string | null;
  state: Generated<
    'draft' | 'waiting' | 'scheduled' | 'starting' | 'running' | 'paused' | 'stopped' | 'done' | 'discarded'
  >;
  stop_cause: 'operator' | 'failures' | 'rights' | 'account' | 'end' | null;
  created_at: Generated<Date>;
  submitted_at: MaybeMoment;
  start_at: MaybeMoment;
  approver_id: string | null;
  approver_name: string | null;
  fresh_since: MaybeMoment;
  started_at: MaybeMoment;
  ended_at: MaybeMoment;
  people: Generated<number>;
  total: Generated<number>;
  changed: Generated<number>;
  failed: Generated<number>;
  allowed_failed: Generated<number>;
  allowed_changed: Generated<number>;
  held_until: MaybeMoment;
  held_for: FailureCode | null;
  holds: Generated<number>;
  served_at: MaybeMoment;
  pace_at: MaybeMoment;
  pace_done: Generated<number>;
  pace_before_at: MaybeMoment;
  pace_before_done: Generated<number>;
  end_at: MaybeMoment;
  end_zone: string | null;
  token_id: string | null;
  token_name: string | null;
  steered_by_id: string | null;
  steered_by_name: string | null;
};

export type BatchItemsTable = {
  batch_id: string;
  position: number;
  part: 'change' | 'unclear' | 'missing' | 'unreadable' | 'same' | 'no-return' | 'forbidden' | 'directory' | 'left-out';
  line: number | null;
  asked: string | null;
  user_id: string | null;
  name: string | null;
  email: string | null;
  from_license: string | null;
  to_license: string | null;
  reason: string | null;
  undoes: string | null;
  state: 'waiting' | 'sent' | 'changed' | 'failed' | null;
  tries: Generated<number>;
  not_before: MaybeMoment;
  change_id: string | null;
  chunk_id: string | null;
  failure: JSONColumnType<Failure> | null;
  settled_at: MaybeMoment;
  unclear: JSONColumnType<Unclear> | null;
  is_device: Generated<boolean>;
  is_invited: Generated<boolean>;
};

/** Tokens for the command line, by their hash. */
type OperatorTokensTable = {
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

/** Plans that are for a time. */
type EndingsTable = {
  id: string;
  account_id: string;
  user_id: string;
  license: string;
  back_to: string;
  ends_at: Moment;
  zone: string;
  operator_id: string;
  operator_name: string;
  operator_role: string;
  state: Generated<'planned' | 'running' | 'done' | 'cancelled' | 'failed'>;
  change_id: string | null;
  failure: FailureCode | null;
  next_try_at: Moment;
  lease_until: MaybeMoment;
  created_at: Generated<Date>;
  batch_id: string | null;
  /** The change that removed it. */
  removed_by: string | null;
};

/** A call of up to 20 people that somebody carries, as long as the lease is renewed. */
type BatchChunksTable = {
  id: string;
  batch_id: string;
  lease_until: Moment;
};

/** Steps, not sums: a number is the sum of its rows. */
type UserCountsTable = {
  account_id: string;
  license: string | null;
  registration: string | null;
  invitation: string | null;
  user_type: string | null;
  people: string;
};

/** What is known of an account's counts: since when, up to which midnight days are closed, and in which zone. */
type CountLedgersTable = {
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
type MovementsTable = {
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
type CountDaysTable = {
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
type CoverageTable = {
  account_id: string;
  seen_from: Moment;
  seen_until: Moment;
  /** The failure of the last listing in the gap before; null where none was tried. */
  unseen_because: string | null;
};

type ListingPagesTable = {
  account_id: string;
  page: number;
  next_token: string | null;
  named: string[];
};

type ListsTable = {
  id: string;
  account_id: string;
  entries: string[];
  unread: Generated<string[]>;
  created_by: string;
  created_at: Generated<Date>;
};

type ViewsTable = {
  operator_id: string;
  account_id: string;
  name: string;
  params: string;
  saved_at: Generated<Date>;
};

type PreferencesTable = {
  operator_id: string;
  columns: string[];
  density: 'comfortable' | 'compact';
  page_size: Generated<number>;
};

type HandChangesTable = {
  operator_id: string;
  at: Generated<Date>;
  people: number;
};

/** Workers that run, or ran until lately: when each was last seen. */
type WorkersTable = { id: string; seen_at: Moment };
