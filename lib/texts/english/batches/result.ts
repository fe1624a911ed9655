import { type BatchView, type Follower, parts, type RetryOf, type StopCause } from '../../../batches/batch.ts';
import type { FailureCode } from '../../../failures.ts';
import { number } from '../../formats.ts';
import { reasons } from '../failures.ts';
import { counted, isOne, lowerFirst } from '../grammar.ts';
import { partWord } from './batch.ts';

const people = (count: number) => counted(count, 'person', 'people');

/** How a batch has ended. */
export const result = {
  title: 'Result',
  allChanged: (changed: number) => (isOne(changed) ? '1 person changed.' : `All ${people(changed)} changed.`),
  /** With everybody who was never to be changed, in the words of the preview's groups. */
  sentence: ({ changed, failed, left, parts: counts }: Pick<BatchView, 'changed' | 'failed' | 'left' | 'parts'>) =>
    [
      `${number(changed)} changed`,
      counts.same > 0 ? `${number(counts.same)} already on this plan` : '',
      failed > 0 ? `${number(failed)} failed` : '',
      left > 0 ? `${number(left)} not tried` : '',
      ...parts
        .filter((part) => part !== 'change' && part !== 'same' && counts[part] > 0)
        .map((part) => `${number(counts[part])} ${lowerFirst(partWord[part])}`),
    ]
      .filter(Boolean)
      .join(', '),
  stopped: {
    operator: (_, by) => (by === null ? 'This batch was stopped early.' : `${by} stopped this batch early.`),
    restore: () => 'This batch was stopped early, after the database was restored from a backup.',
    failures: () => 'This batch was stopped early, because too many changes failed.',
    rights: (submitter) => `Stopped automatically: ${submitter} no longer has permission to run batches.`,
    account: () => 'This batch was stopped after its account had been removed from Carillon.',
    end: () => 'Stopped automatically: the end date of the plans had passed.',
  } satisfies Record<StopCause, (submitter: string, by: string | null) => string>,
  failures: 'Why some were not changed',
  causes: 'Causes',
  cause: 'Cause',
  next: 'What to do',
  people: 'People',
  show: (count: number) => `Show ${people(count)}`,
  retryColumn: 'Retry',
  retryCause: (count: number, reason: string) => `Retry ${people(count)}: ${reason}`,
  goOn: (count: number) => `Continue with ${people(count)}`,
  tooLateToRetry: 'Retrying is not possible: the end date of the plans has passed.',
  retry: (count: number) => `Retry ${people(count)}`,
  undo: 'Undo this batch',
  cannotUndo: (count: number) =>
    `${people(count)} cannot be given back the plan they had: this account no longer offers it.`,
  preparing: 'Preparing the preview…',
  afterHelp: 'You’ll see a preview first.',
  undoReason: (reason: string | null) => (reason === null ? 'Undo of a batch' : `Undo: ${reason}`),
  followers: 'Follow-up batches',
  follower: (kind: Follower['kind'], only: RetryOf | null) =>
    kind === 'undo'
      ? 'Undone in another batch'
      : kind === 'no-return'
        ? 'People left out, changed permanently'
        : only === 'left'
          ? 'Continued'
          : only === null
            ? 'Retry'
            : `Retry: ${reasons[only]}`,
};

/** What to do about people who were not changed, for each cause. */
export const nextStep: Record<FailureCode, string> = {
  'bad-request': 'Choose another plan for them. Retrying will not help.',
  unauthorized: 'Ask IT to renew the access to Amazon Chime, then retry.',
  forbidden: 'Ask the owner of your Chime account. Retrying will not help.',
  'access-denied': 'Ask the owner of your Chime account. Retrying will not help.',
  'not-found': 'No action: they have left the account.',
  'conflict-in-chime': 'Wait a moment, then retry.',
  unprocessable: 'Choose another plan for them. Retrying will not help.',
  'resource-limit': 'Ask the owner of your Chime account. Retrying will not help.',
  throttled: 'Wait a minute, then retry.',
  'service-failure': 'Wait a few minutes, then retry.',
  unavailable: 'Wait until Amazon Chime responds again, then retry.',
  'unknown-answer': 'Retry. If it fails again, send IT the CSV.',
  'no-answer': 'Wait a few minutes, then retry.',
  unreadable: 'Retry. If it fails again, send IT the CSV.',
  retired: 'No action: Amazon Chime no longer answers for this account.',
  conflict: 'Check their current plan. Retry if you still want to change it.',
  busy: 'Wait a moment, check the plan, then retry.',
  'too-busy': 'Wait a minute, then retry.',
  'change-limit': 'Retry.',
  'request-limit': 'Wait a minute, then retry.',
  cancelled: 'Retry if you still want to change them.',
  interrupted: 'Retry.',
  'unsupported-license': 'Choose a plan that this account has.',
  'directory-managed': 'Move them to another group in your company directory.',
  'unknown-account': 'Ask your admin.',
  'unknown-user': 'No action: they have left the account.',
  invalid: 'Ask your admin.',
  'signed-out': 'Retry.',
  outdated: 'Reload the page, then retry.',
  'not-allowed': 'Ask your admin.',
  'wrong-origin': 'Ask your admin.',
  offline: 'Retry.',
  'no-database': 'Retry. If it fails again, send IT the CSV.',
  restored: 'Retry when your IT team has checked the database.',
  unexpected: 'Retry. If it fails again, send IT the CSV.',
};
