import type { BatchSource, BatchState, BatchView, ItemView, Part, StopCause, Trait } from '../../batches/batch.ts';
import type { FailureCode } from '../../failures.ts';
import type { Unclear } from '../../people/person-ref.ts';
import { facetKeys, noValue, type UserFilter } from '../../users/filter.ts';
import { filters, pasted } from './filters.ts';
import { counted, isOne, language, number, plan } from './words.ts';

const people = (count: number) => counted(count, 'person', 'people');

/** What a batch is called. Where each person has a plan of their own, it has no plan. */
export const batchName = (total: number, to: string | null) =>
  to === null ? people(total) : `${people(total)} to ${plan(to)}`;

export const stateWord: Record<BatchState, string> = {
  draft: 'Not started',
  waiting: 'Waits for a second admin',
  scheduled: 'Starts later',
  starting: 'Getting ready',
  running: 'Working',
  paused: 'Paused',
  stopped: 'Stopped',
  done: 'Finished',
  discarded: 'Discarded',
};

/** How the people were chosen. */
export const sourceWord = (source: BatchSource): string => {
  switch (source.kind) {
    case 'people':
      return 'People ticked in the list';
    case 'everybody':
      return 'Everybody in the account';
    case 'filter':
      return 'Everybody who matched a filter';
    case 'list':
      return 'Pasted list';
    case 'file':
      return `File ${source.name}`;
    case 'retry':
      return 'Second try of an earlier batch';
    case 'undo':
      return 'Undo of an earlier batch';
  }
};

/** What became of somebody, in a word or two. */
export function outcomeWord({ part, state }: Pick<ItemView, 'part' | 'state'>): string {
  if (part !== 'change') return partWord[part];
  return { waiting: 'Waiting', sent: 'Being sent', changed: 'Changed', failed: 'Failed' }[state ?? 'waiting'];
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
  change: 'Only these people are changed.',
  unclear: 'It is not clear who is meant on these lines. Nobody is changed for them unless you choose the person.',
  missing: 'Nobody in this account has this e-mail or user ID. Check how it is written.',
  unreadable: 'These lines cannot be read. Nobody is changed for them.',
  same: 'These people have the plan already. Nothing is sent for them.',
  'no-return': 'Their plan cannot be given back at the end, so these people won’t be changed.',
  forbidden: 'These people won’t be changed. See the reason in each row.',
  directory: 'Your company directory sets their plan. Change their group there instead.',
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
  empty: 'Batches that somebody starts in this account appear here.',
  notRead: 'This list could not be read again. It may be old.',
  pages: 'Pages',
  older: 'Older',
  newest: 'Newest',
};

/** Choosing the people, the plan and the reason. */
export const newBatch = {
  title: 'New batch',
  lead: 'You see everybody who would be changed before anything is changed.',
  notAllowed: 'Your role lets you see batches, but not make one. Ask an admin.',
  managed: 'Your company directory sets the plans of this account. Change the people’s groups there instead.',
  who: 'Who is to be changed?',
  paste: 'Paste a list',
  file: 'Upload a CSV file',
  matching: (count: number, words: string) => `All ${people(count)} that match ${words}`,
  everybody: (count: number) => `All ${people(count)} in this account`,
  matchingHelp: 'Who matches is looked up again when you go to the preview. After that the list stays as it is.',
  ticked: (count: number) => `The ${people(count)} you ticked`,
  tickedGone: 'The people you ticked are not known any more. Go back to People and tick them again.',
  toPeople: 'Choose people in the list of people',
  fileKept: (name: string) => `${name} is still chosen. Choose a file only to use another one.`,
  fileGone: (name: string) => `Choose ${name} again: the browser does not keep files.`,
  pasteLabel: 'E-mails or user IDs, one a line',
  pasteHelp: 'A column from a spreadsheet works too. Nobody is counted twice.',
  plan: 'Which plan are they to have?',
  fromFile: 'The plan in a column of the file',
  fromFileHelp: 'Each person gets the plan on their line. Lines without a plan are left out.',
  planColumn: 'Column with the plans',
  choosePlanColumn: 'Choose a column',
  columnsNotUsed: (columns: string[], plan: string) =>
    `Not used from the file: ${both.format(columns)}. Everybody gets ${plan}.`,
  reason: 'Why?',
  reasonHelp: 'Everybody who looks at the history sees this. For example a ticket number.',
  preview: 'Go to the preview',
  preparing: 'Looking everybody up…',
  missing: {
    people: 'Paste at least one e-mail or user ID.',
    file: 'Choose a file.',
    noPeople: 'Nobody can be read from this file. Choose another file, or say which column has the people.',
    plan: 'Choose a plan.',
    planColumn: 'Choose the column with the plans, or one plan for everybody.',
    question: 'Choose what is still open about this file: see “How this file was read”.',
    reason: 'Write why.',
  },
  tooLong: (most: number) => `This list is too long. Put it into a CSV file: a file may name ${number(most)} people.`,
  reasonTooLong: (most: number) => `Use at most ${number(most)} characters.`,
};

/** For how long the plans are given. */
export const duration = {
  title: 'For how long?',
  forGood: 'For good',
  forATime: 'For a time',
  until: (zone: string) => `Until (time in ${zone})`,
  after: (moment: string) =>
    `On ${moment} everybody gets back the plan they had, unless somebody has changed it since.`,
  help: 'Then everybody gets back the plan they had, unless somebody has changed it since.',
  missing: 'Say until when.',
  noSuchTime: 'No clock here shows this time: the clocks go forward then. Choose another time.',
  passed: 'This time has passed. Choose one that is to come.',
  tooFar: 'This is more than a year away. Choose an earlier time.',
};

/** What a filter asks for, in words: “Plan: Basic” and “silva”. Empty where it leaves nobody out. */
export function filterWords(filter: UserFilter): string {
  const { search, facets, changedWithin, outside, list } = filter;
  const quoted = (text: string) => `“${text}”`;
  const words = [
    ...facetKeys
      .filter((key) => facets[key].length > 0)
      .map((key) => {
        const values = facets[key].map((value) => filters.value(key, value === noValue ? null : value));
        return quoted(filters.chip(filters.facet[key], either.format(values)));
      }),
    ...(changedWithin === null ? [] : [quoted(filters.changedChip(changedWithin))]),
    ...(outside ? [quoted(filters.outsideHelp)] : []),
    ...(list === null ? [] : [quoted(pasted.label)]),
    ...(search.trim() === '' ? [] : [quoted(search.trim())]),
  ];
  return both.format(words);
}

const either = new Intl.ListFormat(language, { type: 'disjunction' });
const both = new Intl.ListFormat(language, { type: 'conjunction' });

/** How an uploaded file was understood. */
export const upload = {
  label: 'CSV file',
  help: 'A file with an e-mail or a user ID for each person. It may also name a plan and a reason for each. Up to 10 MB.',
  reading: 'Reading the file…',
  understood: (count: number, records: number) =>
    count === records
      ? `${people(count)} can be read.`
      : `${number(count)} of ${counted(records, 'line', 'lines')} can be read.`,
  duplicates: (count: number) => `${counted(count, 'line names', 'lines name')} somebody again.`,
  complaints: (count: number) => `${counted(count, 'problem', 'problems')}. Lines with a problem are left out.`,
  moreComplaints: (count: number) => `And ${counted(count, 'more problem', 'more problems')}.`,
  showAll: (count: number) => `Show all ${number(count)}`,
  again: 'Choose another file',
  failed: 'The file could not be handed in. Check your connection and try again.',
};

/** What the page says that shows one batch. */
export const batchPage = {
  title: 'Batch',
  all: 'All batches',
  facts: 'About this batch',
  by: 'Made by',
  source: 'People from',
  reason: 'Reason',
  noReason: 'None given',
  created: 'Made',
  started: 'Started',
  ended: 'Ended',
  starts: 'Starts',
  approver: 'Approved by',
  withToken: (name: string) => `by the token “${name}”`,
  end: 'Only until',
  endHelp: 'Then everybody gets back the plan they had, unless somebody has changed it since.',
  fingerprint: 'Fingerprint',
  fingerprintHelp: 'Stands for exactly this list. Another list has another fingerprint.',
  earlier: 'Earlier batch',
  showEarlier: 'Show it',
  mayNotRun: 'Your role lets you see batches, but not run them.',
  notRead: 'The numbers could not be read again. They may be old. Carillon keeps trying.',
  gone: 'This preview is not there any more. Previews are kept for a day.',
  link: 'Copy the link',
  linkCopied: 'Link copied',
  export: 'Download everything as CSV',
};

/** The preview of a batch. */
export const preview = {
  title: 'Preview',
  lead: 'Nothing has been changed yet.',
  groups: 'Groups',
  twice: (count: number) => `${counted(count, 'entry names', 'entries name')} somebody a second time. They count once.`,
  means: 'What this changes',
  step: (count: number, from: string | null, to: string) => `${people(count)}: ${plan(from)} to ${plan(to)}`,
  until: (moment: string) =>
    `On ${moment} everybody gets back the plan they have now, unless somebody changes it before.`,
  losesHosting: (count: number) =>
    `${people(count)} will no longer be able to host meetings, including ones already scheduled.`,
  unclear: (count: number) =>
    `${counted(count, 'line is', 'lines are')} not clear. Nobody is changed for ${isOne(count) ? 'it' : 'them'} unless you choose who is meant.`,
  unreadable: (count: number) =>
    `${counted(count, 'line', 'lines')} cannot be read. Nobody is changed for ${isOne(count) ? 'it' : 'them'}.`,
  noReturn: (count: number, license: string | null) =>
    `${isOne(count) ? '1 person is' : `${number(count)} people are`} on ${plan(license)}, which cannot be given back. They are left out.`,
  devices: (count: number) =>
    `${isOne(count) ? '1 of them is a shared device' : `${number(count)} of them are shared devices`} (meeting rooms).`,
  invited: (count: number) =>
    `${isOne(count) ? '1 of them is' : `${number(count)} of them are`} invited and not signed up yet.`,
  show: 'Show',
  showThem: (what: string) => `Show: ${what}`,
  endsFirst: 'It would end before it starts. Choose an earlier start.',
  otherList:
    '**Not started.** This list was changed after this page showed it, perhaps in another tab. It is shown as it is now: check it and try again.',
  back: 'Back and change',
  nobody: 'Nobody would be changed.',
  nobodyHelp: 'Look at the groups to see why, or choose other people.',
  choose: 'Choose other people',
  when: 'When?',
  now: 'Start now',
  later: 'Start at a time',
  time: (zone: string) => `Day and time (your time zone, ${zone})`,
  startsAt: (moment: string) => `Starts on ${moment}.`,
  badTime: 'Choose a day and a time that is still to come.',
  change: (count: number) => `Change ${people(count)}`,
  changeLater: (count: number) => `Change ${people(count)} at that time`,
  ask: (count: number) => `Ask a second admin to change ${people(count)}`,
  askHelp: (limit: BatchView['limit']) =>
    limit
      ? `This is over your limit (${number(limit.people)} at once; ${number(limit.today)} of ${number(limit.perDay)} used today). A second admin has to review and approve it.`
      : 'Your role cannot start a batch alone. A second admin has to review and approve it.',
  approve: (count: number) => `Approve: change ${people(count)}`,
  approveHelp: (name: string) =>
    `${name} asks you to look at this list. What you approve is exactly what you see here.`,
  waitingHelp: 'A second admin has to approve this list. Send them the link to this page. Nothing is changed before.',
  waitingOthers: 'Another admin has to approve this list. Nothing is changed before.',
  scheduledHelp: 'Nothing is changed before. People who are changed by somebody else until then are left alone.',
  discard: 'Discard',
  cancel: 'Cancel this batch',
  decline: 'Decline',
  discarded: 'This batch was discarded. Nobody was changed.',
};

/** A batch at work. */
export const progress = {
  title: 'Progress',
  label: 'People with an outcome',
  of: (done: number, total: number) => `${number(done)} of ${people(total)} done`,
  changed: 'changed',
  failed: 'failed',
  left: 'left',
  underWay: (count: number) => `${number(count)} of them ${isOne(count) ? 'is' : 'are'} being sent just now.`,
  starting: 'Carillon first reads the plans of everybody again. Then the changes begin.',
  secondsLeft: (seconds: number) =>
    seconds < 90
      ? `About ${counted(seconds, 'second', 'seconds')} left`
      : seconds < 5_400
        ? `About ${counted(Math.round(seconds / 60), 'minute', 'minutes')} left`
        : `About ${counted(Math.round(seconds / 3_600), 'hour', 'hours')} left`,
  measuring: 'Working out how long it takes…',
  paused: 'Paused. Nothing new is sent until somebody lets it go on.',
  pausedByAccount:
    '**Paused:** this account was taken out of Carillon for a while. Resume the batch to go on, or stop it.',
  pausedByFailures: (failed: number) =>
    `**Paused by itself:** ${number(failed)} failed, which is more than 5 in 100. Look below why. Then let it go on, or stop it.`,
  held: {
    unauthorized:
      "This site's access to Amazon Chime was refused. IT needs to renew it. After that the batch goes on by itself.",
    retired: 'Amazon Chime no longer answers for this account. Nothing is sent. You can stop the batch.',
    unexpected:
      'Something went wrong in Carillon, not in Amazon Chime. It tries again by itself. If this stays, ask IT to look for this batch in the log.',
    other: 'Amazon Chime is not answering. The batch goes on by itself.',
  },
  pause: 'Pause',
  resume: 'Resume',
  goOn: 'Go on',
  stop: 'Stop',
  stopHelp: 'Stop is for good: who is left stays as they are. You can close this page; the batch goes on without it.',
};

/** What a batch has come to. */
export const result = {
  title: 'Result',
  allChanged: (changed: number) => `All ${people(changed)} changed.`,
  sentence: (changed: number, same: number, failed: number, left: number) =>
    [
      `${number(changed)} changed`,
      same > 0 ? `${number(same)} already so` : '',
      failed > 0 ? `${number(failed)} failed` : '',
      left > 0 ? `${number(left)} left as they were` : '',
    ]
      .filter(Boolean)
      .join(', '),
  stopped: {
    operator: 'Somebody stopped this batch before its end.',
    failures: 'Somebody stopped this batch before its end, because too many failed.',
    rights: 'Carillon stopped this batch: who started it may no longer change many people.',
    account: 'Somebody stopped this batch after its account had been taken out of Carillon.',
  } satisfies Record<StopCause, string>,
  failures: 'Why some were not changed',
  causes: 'Causes',
  cause: 'Cause',
  next: 'What to do',
  people: 'People',
  show: (count: number) => `Show ${people(count)}`,
  retry: (count: number) => `Retry ${isOne(count) ? 'this' : 'these'} ${number(count)}`,
  undo: 'Undo this batch',
  preparing: 'Getting the preview ready…',
  afterHelp: 'You see a preview first. Nothing is changed before.',
  undoReason: (reason: string | null) => (reason === null ? 'Undo of a batch' : `Undo: ${reason}`),
  followers: 'What came of it',
  follower: { retry: 'Second try', undo: 'Undo' },
};

/** What to do about people who were not changed, for each cause. */
export const nextStep: Record<FailureCode, string> = {
  'bad-request': 'Choose another plan for them. Trying the same again will not help.',
  unauthorized: 'Ask IT to renew the access to Amazon Chime, then retry.',
  forbidden: 'Ask the owner of your Chime account. Trying again will not help.',
  'access-denied': 'Ask the owner of your Chime account. Trying again will not help.',
  'not-found': 'Nothing: they are no longer in this account.',
  'conflict-in-chime': 'Wait a moment, then retry.',
  unprocessable: 'Choose another plan for them. Trying the same again will not help.',
  'resource-limit': 'Ask the owner of your Chime account. Trying again will not help.',
  throttled: 'Wait a minute, then retry.',
  'service-failure': 'Wait a few minutes, then retry.',
  unavailable: 'Wait until Amazon Chime answers again, then retry.',
  'unknown-answer': 'Retry. If it stays so, send IT the CSV.',
  'no-answer': 'Wait a few minutes, then retry.',
  unreadable: 'Retry. If it stays so, send IT the CSV.',
  retired: 'Nothing: Amazon Chime no longer answers for this account.',
  conflict: 'Look at what they have now. Retry if they are still to be changed.',
  busy: 'Wait a moment, look again, then retry.',
  'too-busy': 'Wait a minute, then retry.',
  'change-limit': 'Retry.',
  cancelled: 'Retry if they are still to be changed.',
  interrupted: 'Retry.',
  'unsupported-license': 'Choose a plan that this account has.',
  'directory-managed': "Change the person's group in your company directory.",
  'unknown-account': 'Ask your admin.',
  'unknown-user': 'Nothing: they are no longer in this account.',
  invalid: 'Ask your admin.',
  'signed-out': 'Retry.',
  'not-allowed': 'Ask your admin.',
  'wrong-origin': 'Ask your admin.',
  offline: 'Retry.',
  'no-database': 'Retry. If it keeps failing, send IT the CSV.',
  unexpected: 'Retry. If it stays so, send IT the CSV.',
};

/** The people of a batch. */
export const batchPeople = {
  title: 'People',
  filter: 'Which people',
  everybody: 'Everybody',
  failed: 'Failed',
  changed: 'Changed',
  left: 'Left',
  tab: (name: string, count: number) => `${name} ${number(count)}`,
  caption: (which: string) => `People of this batch: ${which}`,
  person: 'Person',
  plan: 'Plan',
  outcome: 'Outcome',
  fromTo: (from: string, to: string) => `${from} to ${to}`,
  line: (line: number) => `Line ${number(line)}`,
  asked: (asked: string) => `named as ${asked}`,
  why: (reason: string) => `Not changed: ${reason}.`,
  conflict: (who: string | undefined, now: string) =>
    `${who ?? 'Somebody'} has changed the plan since${who === undefined ? ' outside this site' : ''}. Now on ${now}.`,
  noPlan: 'Not changed: no plan is named for them.',
  reason: (reason: string) => `Reason: ${reason}`,
  nobody: 'Nobody is in this group.',
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

/** Lines of which it is not clear who is meant. */
export const unclear = {
  why: ({ cause, lines = [] }: Unclear) => {
    switch (cause) {
      case 'ambiguous':
        return 'Several people have this e-mail. Choose who is meant.';
      case 'contradiction':
        return 'The line’s user ID and e-mail do not belong to the same person. Choose who is meant.';
      case 'suggestion':
        return 'Nobody has exactly this e-mail. These look like it; choose one if they are meant.';
      case 'two-wishes':
        return lines.length > 0
          ? `${isOne(lines.length) ? 'Line' : 'Lines'} ${both.format(lines.map(number))} ${isOne(lines.length) ? 'wants' : 'want'} another plan for the same person. Choose the line that counts.`
          : 'Another line wants another plan for the same person. Choose the line that counts.';
    }
  },
  candidates: 'People who may be meant',
  userId: (id: string) => `user ID ${id}`,
  choose: 'Choose',
  chooseOne: (name: string, address: string) => `Choose ${name}, ${address}`,
  chosen: (name: string) => `${name} chosen.`,
};

/** Correcting a preview. */
export const edits = {
  tick: (name: string) => `Select ${name}`,
  leaveOut: 'Leave out',
  leaveOutOne: (name: string) => `Leave out ${name}`,
  leaveOutMany: (count: number) => `Leave out ${people(count)}`,
  leaveOutAll: (count: number) => `Leave out all ${number(count)}`,
  leftOut: (count: number) => `${people(count)} left out.`,
  putBack: 'Put back',
  putBackOne: (name: string) => `Put back ${name}`,
  putBackMany: (count: number) => `Put ${people(count)} back`,
  putBackDone: (count: number) => `${people(count)} put back.`,
  unchoose: 'Not this person',
  unchooseOne: (name: string) => `Not this person: ${name}`,
  unchosen: 'Nobody is chosen for this line now.',
  now: (total: number) => `${people(total)} will change.`,
  only: {
    device: (count: number) => `${counted(count, 'shared device', 'shared devices')} (meeting rooms)`,
    invited: (count: number) => `${people(count)} invited, not signed up yet`,
  } satisfies Record<Trait, (count: number) => string>,
  refused: '**Not done.** This person is on the list already, or this page is out of date. Reload it and check.',
};

/** Why something was not done that a button was pressed for. */
export const refused: Partial<Record<FailureCode, string>> & { other: string } = {
  'not-allowed': '**Not done.** You may not do this, or not any more. Ask an admin.',
  'signed-out': '**Not done.** You have been signed out. Sign in and come back to this page.',
  'unknown-account': '**Not done.** This account is not open to you any more.',
  invalid: '**Not done.** It is not as this page shows it any more. Load the page again and look.',
  offline:
    '**Not done, as far as we know.** Carillon did not answer. Check your connection; this page shows what is true.',
  'no-answer':
    '**Not known whether it was done.** The answer did not come from Carillon. Reload this page to see what is true.',
  'too-busy': '**No preview.** Too many previews are being prepared right now. Try again in a minute.',
  other: '**Not done.** Something went wrong in Carillon. Try again in a moment.',
};

export const nobodyChosen = '**No preview.** Nobody is in this list. Check it, then try again.';

/** Spoken only, at turning points. */
export const milestones = {
  starting: 'The batch is getting ready.',
  running: (total: number) => `The batch has begun: ${people(total)}.`,
  share: (percent: number, failed: number) =>
    `${percent} percent done${failed > 0 ? `, ${number(failed)} failed` : ''}.`,
  paused: 'The batch is paused.',
  pausedByFailures: 'The batch has paused by itself, because too many failed.',
  pausedByAccount: 'The batch has paused, because its account was taken out of Carillon.',
  resumed: 'The batch goes on.',
  held: 'Amazon Chime is not answering. The batch goes on by itself.',
  heldByFault: 'Something went wrong in Carillon. The batch tries again by itself.',
  waiting: 'The batch waits for a second admin.',
  scheduled: 'The batch will start later.',
  discarded: 'The batch was discarded.',
  ended: (sentence: string) => `The batch has ended. ${sentence}`,
  stopped: (sentence: string) => `The batch was stopped. ${sentence}`,
};
