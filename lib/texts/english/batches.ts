import {
  type BatchSource,
  type BatchState,
  type BatchView,
  type Follower,
  type ItemView,
  type Part,
  parts,
  type ReadingPeople,
  type RetryOf,
  type StopCause,
  type Trait,
} from '../../batches/batch.ts';
import type { FailureCode } from '../../failures.ts';
import type { Unclear } from '../../people/person-ref.ts';
import { facetKeys, filterFromParams, noValue, type UserFilter } from '../../search/filter.ts';
import { allOf, anyOf, number } from '../formats.ts';
import { unmarked } from '../marks.ts';
import { filters, pasted, timeFilters } from './filters.ts';
import { counted, isOne, lowerFirst } from './grammar.ts';
import { reasons } from './history.ts';
import { plan } from './words.ts';

const people = (count: number) => counted(count, 'person', 'people');

/** The name of a batch. Where a file gives each person their plan, or an undo their earlier one, it has no plan. */
export function batchName({ total, to, source }: Pick<BatchView, 'total' | 'to' | 'source'>): string {
  if (source.kind === 'undo') return `Undo: ${people(total)} back to ${to === null ? 'their earlier plans' : plan(to)}`;
  return to === null ? people(total) : `${people(total)} to ${plan(to)}`;
}

export const stateWord: Record<BatchState, string> = {
  draft: 'Not started',
  waiting: 'Waiting for a second admin',
  scheduled: 'Scheduled',
  starting: 'Preparing',
  running: 'Running',
  paused: 'Paused',
  stopped: 'Stopped',
  done: 'Finished',
  discarded: 'Discarded',
};

/** How the people were chosen. */
export const sourceWord = (source: BatchSource): string => {
  switch (source.kind) {
    case 'people':
      return 'Selection in People';
    case 'everybody':
      return 'Everyone in the account';
    case 'filter':
      return `Everyone matching ${filterWords(filterFromParams(new URLSearchParams(source.params))) || 'a filter'}`;
    case 'list':
      return 'Pasted list';
    case 'file':
      return `File ${source.name}`;
    case 'retry':
      return source.only === 'left'
        ? 'People not tried in an earlier batch'
        : source.only
          ? `Retry of an earlier batch: ${reasons[source.only]}`
          : 'Retry of an earlier batch';
    case 'no-return':
      return 'People left out of an earlier batch';
    case 'undo':
      return 'Undo of an earlier batch';
  }
};

/** What happened to a person of a batch, in a word or two. */
export function outcomeWord({ part, state }: Pick<ItemView, 'part' | 'state'>): string {
  if (part !== 'change') return partWord[part];
  return { waiting: 'Waiting', sent: 'Sending', changed: 'Changed', failed: 'Failed' }[state ?? 'waiting'];
}

/** The groups of a preview. */
export const partWord: Record<Part, string> = {
  change: 'Will change',
  unclear: 'Not clear',
  missing: 'Not found',
  unreadable: 'Not readable',
  same: 'Already on this plan',
  'no-return': 'Cannot get their plan back',
  forbidden: 'Not allowed',
  directory: 'Set by the directory',
  'left-out': 'Left out',
};

export const partHelp: Record<Part, string> = {
  change: 'Only these people will be changed.',
  unclear: 'It is not clear who these lines mean. Choose the right person, or they are left out.',
  missing: 'Nobody in this account has this e-mail or user ID. Check the spelling.',
  unreadable: 'These lines cannot be read, so they are left out.',
  same: 'These people already have this plan. Nothing changes for them.',
  'no-return': 'These people could not get their current plan back at the end, so they won’t be changed.',
  forbidden: 'These people won’t be changed. See the reason in each row.',
  directory: 'Your company directory sets their plan. Move them to another group there instead.',
  'left-out': 'You left these people out. They won’t be changed.',
};

/** The list of batches. */
export const batchList = {
  title: 'Batches',
  lead: 'A batch changes the plans of many people at once.',
  caption: (account: string) => `Batches of ${account}, newest first`,
  begin: 'New batch',
  what: 'What',
  who: 'Who',
  state: 'State',
  numbers: 'People',
  when: 'When',
  draft: 'Your preview. Nothing has been changed yet.',
  numbersOf: (total: number, changed: number, failed: number) =>
    `${number(changed)} of ${number(total)} changed${failed > 0 ? `, ${number(failed)} failed` : ''}`,
  emptyTitle: 'No batches yet',
  empty: 'Batches in this account appear here.',
  notRead: 'Couldn’t update this list just now. It may be out of date.',
  waiting: (count: number) => `Waiting for your approval (${number(count)})`,
  elsewhere: 'Batches in your other accounts wait for your approval:',
  waitingHelp: 'Open a batch to check its list, then approve or decline it.',
  notEnded: (count: number) => `${counted(count, 'plan', 'plans')} did not end`,
  plansNotEnded: 'Plans that did not end',
  plansNotEndedHelp:
    'These plans were temporary, but the earlier plan could not be given back. Choose another plan for each person, or make the plan permanent.',
  plansNotEndedInPeople: 'Show all in People',
  plansNotEndedMost: (count: number) => `The newest ${number(count)} are shown.`,
  person: 'Person',
  planNow: 'Plan now',
  wasToEnd: 'Planned end',
  notEndedWhy: 'Why it did not end',
  backTo: (planName: string) => `Back to ${planName}`,
  fromBatch: 'Show batch',
  showPreviews: (count: number) => `Show your ${isOne(count) ? 'preview' : `${number(count)} previews`}`,
  hidePreviews: 'Hide your previews',
  pages: 'Pages',
  older: 'Older',
  newest: 'Newest',
};

/** Choosing the people, the plan and the reason. */
export const newBatch = {
  title: 'New batch',
  lead: 'You’ll see a preview before anything changes.',
  notAllowed: 'You can view batches but not create them. Ask an admin.',
  toBatches: 'Go to Batches',
  managed:
    'Your company directory sets the plans in this account. To change a person’s plan, move them to another group there.',
  who: 'Whose plan do you want to change?',
  paste: 'Paste a list',
  file: 'Upload a CSV file',
  matching: (count: number, words: string) => `All ${people(count)} matching ${words}`,
  everybody: (count: number) => `All ${people(count)} in this account`,
  matchingHelp: 'Matching people are looked up again for the preview. After that the list no longer changes.',
  ticked: (count: number) => `The ${people(count)} you selected`,
  tickedGone: 'Your selection has been lost. Go back to People and select them again.',
  toPeople: 'Select people in the list instead',
  fileKept: (name: string) => `${name} is still selected. Choose a file only if you want another one.`,
  fileGone: (name: string) => `Choose ${name} again: your browser does not keep files.`,
  pasteLabel: 'E-mails or user IDs, one per line',
  pasteHelp: 'A column from a spreadsheet works too. Duplicates count once.',
  plan: 'New plan',
  fromFile: 'The plan given in the file',
  fromFileHelp: 'Each person gets the plan on their line. Lines without a plan are left out.',
  planColumn: 'Column with the plans',
  choosePlanColumn: 'Choose a column',
  columnsNotUsed: (columns: string[], plan: string) =>
    `Not used from the file: ${allOf(columns)}. Everyone gets ${plan}.`,
  reason: 'Reason',
  reasonHelp: 'For example a ticket number. It is shown in the history.',
  preview: 'Show preview',
  nobodyChosen: '**No preview.** Nobody was found in this list. Check it, then try again.',
  preparing: 'Looking up everyone…',
  missing: {
    people: 'Paste at least one e-mail or user ID.',
    file: 'Choose a file.',
    noPeople: 'No e-mail addresses or user IDs found in this file. Choose another file, or the column with the people.',
    plan: 'Choose a plan.',
    planColumn: 'Choose the column with the plans, or one plan for everyone.',
    question: 'Answer the open question about this file under “How this file was read”.',
    reason: 'Enter a reason.',
  },
  tooLong: (most: number) => `This list is too long. Use a CSV file instead: it can hold ${number(most)} people.`,
  reasonTooLong: (most: number) => `Use at most ${number(most)} characters.`,
};

/** Whether the new plans have an end. */
export const duration = {
  title: 'For how long?',
  permanent: 'Permanently',
  temporary: 'Temporarily',
  until: (zone: string) => `End date and time (your time zone, ${zone})`,
  after: (moment: string) =>
    `On ${moment} everyone returns to their previous plan, unless it was changed in the meantime.`,
  help: 'Everyone then returns to their previous plan, unless it was changed in the meantime.',
  missing: 'Choose an end date and time.',
  noSuchTime: 'That time doesn’t exist: clocks go forward then. Choose another time.',
  passed: 'That time has passed. Choose a later one.',
  tooFar: 'That is more than a year away. Choose an earlier time.',
};

/** A filter in words: “Plan: Basic” and “silva”. Empty where it matches everyone. */
export function filterWords(filter: UserFilter): string {
  const { search, facets, changedWithin, outside, list } = filter;
  const quoted = (text: string) => `“${text}”`;
  const words = [
    ...facetKeys
      .filter((key) => facets[key].length > 0)
      .map((key) => {
        const values = facets[key].map((value) => filters.value(key, value === noValue ? null : value));
        return quoted(filters.chip(filters.facet[key], anyOf(values)));
      }),
    ...(changedWithin === null ? [] : [quoted(filters.changedChip(changedWithin))]),
    ...(outside ? [quoted(filters.outsideHelp)] : []),
    ...timeFilters(filter).map(({ name }) => quoted(name)),
    ...(list === null ? [] : [quoted(pasted.label)]),
    ...(search.trim() === '' ? [] : [quoted(search.trim())]),
  ];
  return allOf(words);
}

/** How an uploaded file was understood. */
export const upload = {
  label: 'CSV file',
  help: 'A file with an e-mail or user ID for each person, and optionally a plan and a reason. Up to 10 MB.',
  reading: 'Reading the file…',
  understood: (count: number, records: number) =>
    count === records
      ? `${people(count)} can be read.`
      : `${number(count)} of ${counted(records, 'line', 'lines')} can be read.`,
  duplicates: (count: number) => `${counted(count, 'line repeats', 'lines repeat')} a person.`,
  complaints: (count: number) => `${counted(count, 'problem', 'problems')}. Lines with a problem are left out.`,
  moreComplaints: (count: number) => `And ${counted(count, 'more problem', 'more problems')}.`,
  showAll: (count: number) => `Show all ${number(count)}`,
  again: 'Choose another file',
  failed: 'The file could not be uploaded. Check your connection and try again.',
};

/** The page of one batch. */
export const batchPage = {
  title: 'Batch',
  all: 'All batches',
  facts: 'About this batch',
  by: 'Created by',
  source: 'Source',
  reason: 'Reason',
  noReason: 'None given',
  created: 'Created',
  started: 'Started',
  ended: 'Ended',
  starts: 'Starts',
  approver: 'Approved by',
  withToken: (name: string) => `by the token “${name}”`,
  end: 'Plans end',
  endHelp: 'Everyone then returns to their previous plan, unless it was changed in the meantime.',
  fingerprint: 'Fingerprint',
  fingerprintHelp:
    'For comparing with a colleague: if both of you see these characters, you see exactly the same list.',
  earlier: 'Earlier batch',
  showEarlier: 'Show that batch',
  showFilter: 'Show who matches now',
  mayNotRun: 'You can view batches but not run them.',
  notRead: 'Couldn’t update the numbers just now. Carillon keeps trying.',
  notEnded: (count: number, reason: string) =>
    `**${people(count)} did not get their earlier plan back:** ${reason}. They still have the plan of this batch.`,
  showNotEnded: 'Show who',
  gone: 'This preview has expired. Previews are kept for a day.',
  link: 'Copy link',
  linkCopied: 'Link copied',
  export: 'Download as CSV',
};

/** The preview of a batch. */
export const preview = {
  title: 'Preview',
  lead: 'Nothing has been changed yet.',
  groups: 'Groups',
  twice: (count: number) => `${counted(count, 'entry repeats', 'entries repeat')} a person. Each person counts once.`,
  means: 'What this changes',
  step: (count: number, from: string | null, to: string) => `${people(count)}: ${plan(from)} to ${plan(to)}`,
  until: (moment: string) =>
    `On ${moment} everyone returns to their current plan, unless it is changed in the meantime.`,
  losesHosting: (count: number) =>
    `${people(count)} will no longer be able to host meetings, including ones already scheduled.`,
  unclear: (count: number) =>
    `${counted(count, 'line is', 'lines are')} not clear. Choose who is meant, or ${isOne(count) ? 'it is' : 'they are'} left out.`,
  unreadable: (count: number) =>
    `${counted(count, 'line', 'lines')} cannot be read, so ${isOne(count) ? 'it is' : 'they are'} left out.`,
  noReturn: (count: number, license: string | null) =>
    `${isOne(count) ? '1 person is' : `${number(count)} people are`} on ${plan(license)}, which cannot be given back later. They are left out.`,
  makePermanent: (count: number) =>
    `Change ${isOne(count) ? 'this person' : `these ${number(count)} people`} permanently, in a separate batch`,
  leavesPermanently: (count: number, license: string) =>
    `${isOne(count) ? '1 person is' : `${number(count)} people are`} on ${plan(license)}, which cannot be given back. This change is permanent for them: it cannot be undone.`,
  devices: (count: number) =>
    `${isOne(count) ? '1 of them is a shared device' : `${number(count)} of them are shared devices`} (meeting rooms).`,
  invited: (count: number) =>
    `${isOne(count) ? '1 of them has' : `${number(count)} of them have`} a pending invitation.`,
  endDates: (count: number) =>
    `${isOne(count) ? '1 of them has an end date' : `${number(count)} of them have an end date`} for their current plan. This change removes it, and an undo does not bring it back.`,
  show: 'Show',
  showThem: (what: string) => `Show: ${what}`,
  endsFirst: 'It would end before it starts. Choose an earlier start.',
  endPassed: '**Not started.** The end date of the plans has passed. Start a new batch with a later one.',
  moveStart: 'Change the start',
  moveNow: 'Start now',
  moveLater: 'Move the start',
  moveHelp: 'If a second admin approved this batch, they may have to approve it again.',
  keepStart: 'Keep the start',
  otherList:
    '**Not started.** This list has changed, perhaps in another tab. You now see the current list: check it and try again.',
  back: 'Back and change',
  nobody: 'Nothing to change.',
  nobodyHelp: 'Check the groups below, or choose other people.',
  choose: 'Choose other people',
  when: 'When?',
  now: 'Start now',
  later: 'Schedule for later',
  time: (zone: string) => `Start date and time (your time zone, ${zone})`,
  startsAt: (moment: string) => `Starts on ${moment}.`,
  badTime: 'Choose a date and time in the future.',
  change: (count: number) => `Change ${people(count)}`,
  changeLater: (count: number) => `Schedule change for ${people(count)}`,
  ask: (count: number) => `Ask a second admin to change ${people(count)}`,
  askHelp: (limit: BatchView['limit']) =>
    limit
      ? `This is over your limit (${number(limit.people)} per batch, ${number(limit.perDay)} per day; ${number(limit.today)} used today). A second admin has to review and approve it.`
      : 'You cannot start a batch alone. A second admin has to review and approve it.',
  withinLimit: ({ people: most, perDay, today }: NonNullable<BatchView['limit']>) =>
    `Within your limit (${number(most)} per batch, ${number(perDay)} per day; ${number(today)} used today).`,
  approve: (count: number) => `Approve: change ${people(count)}`,
  approveHelp: (name: string) => `${name} asks you to approve this list. You approve exactly what you see here.`,
  waitingHelp:
    'A second admin has to approve this list. Send them the link to this page. Nothing changes until they approve.',
  waitingOthers: 'A second admin has to approve this list. Nothing changes until they approve.',
  scheduledHelp: 'Nothing changes before then. People whose plan changes in the meantime keep that plan.',
  discard: 'Discard',
  cancel: 'Cancel this batch',
  decline: 'Decline',
  discarded: 'This batch was discarded. Nobody was changed.',
};

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
  pausedByFailures: (failed: number, changed: number) =>
    `**Paused automatically:** ${number(failed)} of ${number(failed + changed)} changes failed (limit: 5 %). Check the reasons below, then resume or stop.`,
  held: {
    unauthorized:
      'This site’s access to Amazon Chime was refused. IT needs to renew it. After that the batch continues automatically.',
    retired: 'Amazon Chime no longer answers for this account. Nothing is sent. You can stop the batch.',
    unexpected:
      'Something went wrong in Carillon, not in Amazon Chime. It tries again automatically. If it keeps failing, ask IT to look for this batch in the log.',
    other: 'Amazon Chime isn’t responding. The batch continues automatically as soon as it does.',
  },
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

/** How a batch has ended. */
export const result = {
  title: 'Result',
  allChanged: (changed: number) => `All ${people(changed)} changed.`,
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
  retryCause: (count: number, reason: string) => `Retry ${isOne(count) ? 'this' : 'these'} ${number(count)}: ${reason}`,
  goOn: (count: number) => `Continue with ${isOne(count) ? 'this' : 'these'} ${number(count)}`,
  tooLateToRetry: 'Retrying is not possible: the end date of the plans has passed.',
  retry: (count: number) => `Retry ${isOne(count) ? 'this' : 'these'} ${number(count)}`,
  undo: 'Undo this batch',
  cannotUndo: (count: number) =>
    `${people(count)} cannot be given back the plan they had: this account no longer offers it.`,
  preparing: 'Preparing the preview…',
  afterHelp: 'You’ll see a preview first.',
  undoReason: (reason: string | null) => (reason === null ? 'Undo of a batch' : `Undo: ${reason}`),
  followers: 'Follow-up batches',
  follower: (kind: Follower['kind'], only: RetryOf | null) =>
    kind === 'undo'
      ? 'Undo'
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
  cancelled: 'Retry if you still want to change them.',
  interrupted: 'Retry.',
  'unsupported-license': 'Choose a plan that this account has.',
  'directory-managed': 'Move them to another group in your company directory.',
  'unknown-account': 'Ask your admin.',
  'unknown-user': 'No action: they have left the account.',
  invalid: 'Ask your admin.',
  'signed-out': 'Retry.',
  'not-allowed': 'Ask your admin.',
  'wrong-origin': 'Ask your admin.',
  offline: 'Retry.',
  'no-database': 'Retry. If it fails again, send IT the CSV.',
  unexpected: 'Retry. If it fails again, send IT the CSV.',
};

/** The people of a batch. */
export const batchPeople = {
  title: 'People',
  filter: 'Which people',
  everybody: 'Everyone',
  failed: 'Failed',
  changed: 'Changed',
  left: 'Not yet done',
  tab: (name: string, count: number) => `${name} ${number(count)}`,
  caption: (which: string) => `People of this batch: ${which}`,
  person: 'Person',
  plan: 'Plan',
  outcome: 'Outcome',
  fromTo: (from: string, to: string) => `${from} to ${to}`,
  line: (line: number) => `Line ${number(line)}`,
  asked: (asked: string) => `listed as ${asked}`,
  userId: (id: string) => `User ID ${id}`,
  why: (reason: string) => `Not changed: ${reason}.`,
  conflict: (who: string | undefined, now: string) =>
    `${who ?? 'Someone'} changed the plan in the meantime${who === undefined ? ', outside Carillon' : ''}. Now on ${now}.`,
  noPlan: 'Not changed: no plan is given for them.',
  reason: (reason: string) => `Reason: ${reason}`,
  nobody: 'Nobody is in this group.',
  search: 'Search this list by name, e-mail or ID',
  nobodyMatches: (search: string) => `Nobody in this group matches “${search}”.`,
  loading: 'Loading people…',
  failedToLoad: 'These people could not be loaded.',
  pages: 'Pages of people',
  next: 'Next',
  previous: 'Previous',
  toPerson: (name: string) => `Show ${name} in People`,
  wouldChange: 'Would have changed',
  discarded: 'This batch was discarded. Nobody was changed.',
  copy: (count: number) => `Copy ${isOne(count) ? 'this line' : `these ${number(count)} lines`}`,
  copied: 'Copied',
};

/** Lines that do not say clearly who is meant. */
export const unclear = {
  why: ({ cause, lines = [] }: Unclear) => {
    switch (cause) {
      case 'ambiguous':
        return 'Several people have this e-mail. Choose who is meant.';
      case 'contradiction':
        return 'The user ID and the e-mail on this line belong to different people. Choose who is meant.';
      case 'suggestion':
        return 'Nobody has exactly this e-mail, but these are similar. Choose one if it is the right person.';
      case 'two-wishes':
        return lines.length > 0
          ? `${isOne(lines.length) ? 'Line' : 'Lines'} ${allOf(lines.map(number))} ${isOne(lines.length) ? 'gives' : 'give'} the same person another plan. Choose which line counts.`
          : 'Another line gives the same person another plan. Choose which line counts.';
    }
  },
  candidates: 'Possible people',
  userId: (id: string) => `user ID ${id}`,
  choose: 'Choose',
  chooseOne: (name: string, address: string) => `Choose ${name}, ${address}`,
  chosen: (name: string) => `${name} chosen.`,
};

/** Correcting a preview. */
export const edits = {
  tick: (name: string) => `Change ${name}`,
  help: {
    change: 'Untick people to leave them out.',
    'left-out': 'Tick people to put them back.',
  },
  leaveOutAll: (count: number) => `Leave out all ${number(count)}`,
  leftOut: (count: number) => `${people(count)} left out.`,
  putBack: (count: number) => `${people(count)} put back.`,
  unchoose: 'Not this person',
  unchooseOne: (name: string) => `Not this person: ${name}`,
  unchosen: 'No person is chosen for this line now.',
  now: (total: number) => `${people(total)} will change.`,
  only: {
    device: (count: number) => `${counted(count, 'shared device', 'shared devices')} (meeting rooms)`,
    invited: (count: number) => `${people(count)} with a pending invitation`,
  } satisfies Record<Trait, (count: number) => string>,
  refused: '**Not done.** This person is already on the list, or this page is out of date. Reload it and check.',
};

/** Why a button did not do what it says. */
export const refused: Partial<Record<FailureCode, string>> & { other: string } = {
  'not-allowed': '**Not done.** You don’t have permission to do this. Ask an admin.',
  'signed-out': '**Not done.** You have been signed out. Sign in and come back to this page.',
  'unknown-account': '**Not done.** You no longer have access to this account.',
  invalid: '**Not done.** This page is out of date. Reload it and check.',
  offline:
    '**Not done, as far as we know.** Carillon did not answer. Check your connection. This page shows the current state.',
  'no-answer':
    '**We can’t tell whether it was done.** The answer did not come from Carillon. Reload this page to check.',
  'too-busy': '**No preview.** Too many previews are being prepared right now. Try again in a minute.',
  other: '**Not done.** Something went wrong in Carillon. Try again in a moment.',
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
  held: 'Amazon Chime isn’t responding. The batch continues automatically as soon as it does.',
  heldByFault: 'Something went wrong in Carillon. The batch tries again automatically.',
  waiting: 'The batch is waiting for a second admin.',
  scheduled: 'The batch will start later.',
  discarded: 'The batch was discarded.',
  ended: (sentence: string) => `The batch has ended. ${sentence}`,
  stopped: (sentence: string) => `The batch was stopped. ${sentence}`,
};
