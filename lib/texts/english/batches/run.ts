import type { ReadingPeople } from '../../../batches/batch.ts';
import { toleratedFailures } from '../../../batches/run/pause-threshold.ts';
import type { FailureCode } from '../../../failures.ts';
import { number } from '../../formats.ts';
import { unmarked } from '../../marks.ts';
import { counted, isOne } from '../grammar.ts';

const people = (count: number) => counted(count, 'person', 'people');

const howFar = ({ by, read, about }: ReadingPeople) =>
  about === null
    ? `${number(read)} so far`
    : `${number(read)} of ${by === 'listing' ? 'about ' : ''}${number(Math.max(read, about))}`;

/** A batch that is running. */
export const progress = {
  title: 'Progress',
  label: 'People done',
  of: (done: number, total: number) => `${number(done)} of ${people(total)} done`,
  changed: 'changed',
  failed: 'failed',
  left: 'not yet done',
  underWay: (count: number) => `${number(count)} of them ${isOne(count) ? 'is' : 'are'} being sent right now.`,
  starting: (reading: ReadingPeople | null) =>
    reading === null
      ? 'Checking everyone’s current plan first.'
      : `Checking everyone’s current plan first: ${howFar(reading)}.`,
  stillReading: (reading: ReadingPeople) =>
    `Checking current plans: ${howFar(reading)}. People who have been checked are changed already.`,
  noWorker:
    '**Nobody is working on this: the worker is not running.** Ask IT to start Carillon’s worker. The batch then continues automatically.',
  secondsLeft: (seconds: number) =>
    seconds < 60
      ? `About ${counted(seconds, 'second', 'seconds')} left`
      : seconds < 3_600
        ? `About ${counted(seconds / 60, 'minute', 'minutes')} left`
        : `About ${counted(seconds / 3_600, 'hour', 'hours')} left`,
  measuring: 'Estimating…',
  paused: 'Paused. Nothing more is sent until someone resumes it.',
  pausedByAccount: '**Paused:** this account was temporarily removed from Carillon. Resume the batch or stop it.',
  pausedByRestore:
    '**Paused:** the database was restored from a backup. Check what has changed since, then resume the batch or stop it.',
  pausedByFailures: (failed: number, changed: number) =>
    `**Paused automatically:** ${number(failed)} of ${number(failed + changed)} changes failed (limit: ${number(toleratedFailures * 100)} %). Check the reasons below, then resume or stop.`,
  pause: 'Pause',
  resume: 'Resume',
  stop: 'Stop',
  stopTitle: 'Stop this batch?',
  stopAsk: (left: number) =>
    `${people(left)} not yet changed will keep ${isOne(left) ? 'the plan they have' : 'the plans they have'}. This can’t be undone.`,
  stopNow: 'Stop this batch',
  keepRunning: 'Don’t stop',
  pausedBy: (name: string) => `${unmarked(name)} paused this batch. Nothing more is sent until someone resumes it.`,
  endPassed: '**Not resumed.** The end date of the plans has passed. Stop this batch, and start another one.',
  stopHelp: 'Stop can’t be undone: people not yet changed keep their plan. You can close this page.',
};

/** Why nothing of a running batch is sent for a while, by what stopped it. */
export const held: Partial<Record<FailureCode, string>> & { other: string } = {
  unauthorized:
    'This site’s access to Amazon Chime was refused. IT needs to renew it. After that the batch continues automatically.',
  retired: 'Amazon Chime no longer answers for this account. Nothing is sent. You can stop the batch.',
  throttled: 'Amazon Chime asked Carillon to slow down. The batch continues automatically.',
  'service-failure': 'Amazon Chime has a fault on its side. The batch tries again automatically.',
  unexpected:
    'Something went wrong in Carillon, not in Amazon Chime. It tries again automatically. If it keeps failing, ask IT to look for this batch in the log.',
  other: 'Amazon Chime isn’t responding. The batch continues automatically as soon as it does.',
};

/** Spoken only, at turning points. */
export const milestones = {
  starting: 'The batch is being prepared.',
  running: (total: number) => `The batch has started: ${people(total)}.`,
  share: (percent: number, failed: number) =>
    `${number(percent)} percent done${failed > 0 ? `, ${number(failed)} failed` : ''}.`,
  paused: 'The batch is paused.',
  pausedByFailures: 'The batch was paused automatically, because too many changes failed.',
  pausedByAccount: 'The batch was paused, because its account was removed from Carillon.',
  resumed: 'The batch has been resumed.',
  waiting: 'The batch is waiting for a second admin.',
  scheduled: 'The batch will start later.',
  discarded: 'The batch was discarded.',
  ended: (sentence: string) => `The batch has ended. ${sentence}`,
  stopped: (sentence: string) => `The batch was stopped. ${sentence}`,
};
