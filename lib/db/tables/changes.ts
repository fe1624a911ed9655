import type { Generated, JSONColumnType } from 'kysely';
import type { Failure, FailureCode } from '../../failures.ts';
import type { EarlierEnd } from '../../licenses/ending.ts';
import type { MaybeMoment, Moment } from './moment.ts';

export type ChangesTable = {
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
  /** The end of a temporary plan that it brings about. */
  ending_id: string | null;
  /** The end date of the plan that it removed; and, of an undo, the one that the plan had before. */
  removed_end: MaybeMoment;
  earlier_end: MaybeMoment;
  earlier_end_is: EarlierEnd['is'] | null;
};

/** Calls that we stopped waiting for, and that Chime may still apply. */
export type LateCallsTable = {
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

/** Temporary plans. */
export type EndingsTable = {
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

export type HandChangesTable = {
  operator_id: string;
  at: Generated<Date>;
  people: number;
};

export type ChimePaceTable = {
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

/** Workers that run, or ran until lately: when each was last seen. */
export type WorkersTable = { id: string; seen_at: Moment };
