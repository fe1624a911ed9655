import type { Generated } from 'kysely';
import type { FailureCode } from '../../failures.ts';
import type { EarlierEnd } from '../../licenses/ending.ts';
import type { MaybeMoment, Moment } from './moment.ts';

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
    | 'price-enter'
    | 'price-withdraw'
    | 'activity-file'
    | 'department-file'
    | 'cancel'
    | 'export'
    | 'restore'
    | 'restore-accept'
    | 'operator-disable'
    | 'operator-enable'
    | 'operator-sign-out'
    | 'sessions-end'
    | 'audit-key'
    | 'audit-cut'
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
  exported: 'people' | 'batch' | 'audit' | 'comparison' | 'moved' | null;
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
    | 'enter-price'
    | 'withdraw-price'
    | 'sign-out-others'
    | 'use-token'
    | 'users:view'
    | 'licenses:change'
    | 'directory:refresh'
    | 'batches:view'
    | 'batches:run'
    | 'audit:view-all'
    | 'prices:enter'
    | 'files:keep'
    | 'tokens:make';
  minute: Moment;
  refused: number;
};

/** One row: the end of the audit. */
export type AuditHeadTable = {
  is_only: Generated<boolean>;
  sequence: string;
  hmac: string;
  key_id: string | null;
};
