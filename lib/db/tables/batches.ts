import type { Generated, JSONColumnType } from 'kysely';
import type { Failure, FailureCode } from '../../failures.ts';
import type { Complaint } from '../../matching/complaint.ts';
import type { Unclear } from '../../matching/person-ref.ts';
import type { MaybeMoment, Moment } from './moment.ts';

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
  stop_cause: 'operator' | 'failures' | 'rights' | 'account' | 'restore' | 'end' | null;
  created_at: Generated<Date>;
  submitted_at: MaybeMoment;
  start_at: MaybeMoment;
  approver_id: string | null;
  approver_name: string | null;
  fresh_since: MaybeMoment;
  reading_until: MaybeMoment;
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
  read_at: MaybeMoment;
  change_id: string | null;
  chunk_id: string | null;
  failure: JSONColumnType<Failure> | null;
  settled_at: MaybeMoment;
  unclear: JSONColumnType<Unclear> | null;
  complaints: JSONColumnType<Complaint[]> | null;
  is_device: Generated<boolean>;
  is_invited: Generated<boolean>;
};

/** A call of up to 20 people that somebody carries, as long as the lease is renewed. */
export type BatchChunksTable = {
  id: string;
  batch_id: string;
  lease_until: Moment;
};
