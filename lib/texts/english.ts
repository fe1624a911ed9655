import type { AuditEntry } from '../audit/entry.ts';
import type { FailureCode, OtherChange } from '../failures.ts';

export const language = 'en-GB';

const plurals = new Intl.PluralRules(language);
const numerals = new Intl.NumberFormat(language);

/** "1 person", "4,997 people". */
const counted = (count: number, one: string, many: string) =>
  `${numerals.format(count)} ${plurals.select(count) === 'one' ? one : many}`;

export const number = (value: number) => numerals.format(value);

const formats = new Map<string, Intl.DateTimeFormat>();
function format(at: string | number, zone: string | undefined, options: Intl.DateTimeFormatOptions): string {
  const key = JSON.stringify([zone, options]);
  const known = formats.get(key) ?? new Intl.DateTimeFormat(language, { ...options, timeZone: zone });
  formats.set(key, known);
  return known.format(new Date(at));
}

/** Moments, in the reader's zone unless another is named. */
export const when = {
  clock: (at: string | number, zone?: string) => format(at, zone, { hour: '2-digit', minute: '2-digit' }),
  day: (at: string | number, zone?: string) => format(at, zone, { day: 'numeric', month: 'short' }),
  date: (at: string | number, zone?: string) => format(at, zone, { day: 'numeric', month: 'long', year: 'numeric' }),
  exact: (at: string | number, zone?: string) =>
    format(at, zone, {
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      timeZoneName: 'short',
    }),
  ago: (minutes: number) =>
    minutes < 120
      ? `${counted(minutes, 'minute', 'minutes')} ago`
      : minutes < 2880
        ? `${counted(Math.floor(minutes / 60), 'hour', 'hours')} ago`
        : `${counted(Math.floor(minutes / 1440), 'day', 'days')} ago`,
};

const planNames: Record<string, string> = { Basic: 'Basic', Plus: 'Plus', Pro: 'Pro', ProTrial: 'Pro trial' };
export const plan = (license: string | null) => (license === null ? 'Not known' : (planNames[license] ?? license));

export const planHelp: Record<string, string> = {
  Basic: 'Joins meetings and chats. Cannot host meetings.',
  Pro: 'Can host meetings. Charged only on days they host.',
  Plus: 'Older plan. Your account still has it.',
  ProTrial: '30-day trial.',
};

const statusNames: Record<string, string> = {
  registered: 'Registered',
  invited: 'Invited, not signed up yet',
  suspended: 'Suspended',
  unregistered: 'Not signed up',
};
export const status = (value: string) => statusNames[value] ?? value;

export const common = {
  brand: 'Carillon',
  retry: 'Retry',
  close: 'Close',
  copy: 'Copy',
  copied: 'Copied',
  today: 'today',
  loading: 'Loading…',
};

export const signedOutNotice = {
  text: 'You have been signed out. Sign in to go on. What you chose is kept.',
  link: 'Sign in',
};

/** The plan cell and its list. */
export const planCell = {
  label: (name: string) => `Plan for ${name}`,
  unsupported: 'Not available in this account.',
  losesHosting: (name: string) => `${name} will no longer be able to host, also not meetings already planned.`,
  offline: 'You are offline. Nothing can be saved.',
  viewOnly: 'You can view plans but not change them.',
  viewOnlyWhy: 'Your role lets you look. Ask your admin if you need to change plans.',
  why: 'Why?',
  directory: "Set by your company directory. Change the person's group instead.",
  directoryHow: (name: string) =>
    `In your company directory each group has a plan. Move ${name} to the group with the plan they need; Amazon Chime follows by itself.`,
  how: 'How?',
  directoryAccount: "Plans in this account are set by your company directory. Change a person's group there instead.",
  locked: 'Plans cannot be changed right now. The notice at the top of the page says why.',
  ghost: 'No longer matches',
};

/** What the words of a failure are made of. `not` and `still` are whole sentences, or empty. */
export type FailureFacts = {
  not: string;
  still: string;
  name: string;
  to: string;
  from: string;
  tries: number | undefined;
  undo: boolean;
  other: { who?: string; plan: string; at?: string } | undefined;
  reference: string | undefined;
};

const someone = (f: FailureFacts) => f.other?.who ?? 'Someone';

export const notSaved = '**Not saved.**';
export const notUndone = '**Not undone.**';
export const still = (planName: string) => `**Still on ${planName}.**`;

/** What happened, what is true now, whether again helps: one text for each failure. */
export const failures: Record<FailureCode, (f: FailureFacts) => string> = {
  'bad-request': (f) =>
    `${f.not} Amazon Chime does not accept ${f.to} for ${f.name}. ${f.still} Choose another plan. Trying the same again will not help.`,
  unauthorized: (f) =>
    `${f.not} This site's connection to Amazon Chime was refused. ${f.still} It is not your sign-in.`,
  forbidden: (f) =>
    `${f.not} Amazon Chime does not allow this change in this account. ${f.still} Trying again will not help. Send the details to the owner of your Chime account.`,
  'access-denied': (f) =>
    `${f.not} Amazon Chime does not let this site change ${f.name}. ${f.still} Trying again will not help. Send the details to the owner of your Chime account.`,
  'not-found': (f) =>
    `${f.not} ${f.name} is no longer in this Chime account. They may have been removed or moved to another account.`,
  'conflict-in-chime': (f) =>
    `${f.not} Amazon Chime is busy with another change to ${f.name}. ${f.still} Wait a moment, then try again.`,
  unprocessable: (f) =>
    `${f.not} Amazon Chime could not carry out ${f.to} for ${f.name}. ${f.still} Choose another plan. Trying the same again will not help.`,
  'resource-limit': (f) =>
    `${f.not} This account has reached a limit in Amazon Chime. ${f.still} Trying again will not help. Send the details to the owner of your Chime account.`,
  throttled: (f) =>
    `${f.not} Amazon Chime is getting too many requests from us. ${f.still} Wait a minute, then try again.`,
  'service-failure': (f) =>
    `${f.not} Amazon Chime had a fault on its side. ${f.tries ? `We tried ${counted(f.tries, 'time', 'times')}. ` : ''}${f.still} Try again in a few minutes.`,
  unavailable: (f) => `${f.not} Amazon Chime is not available right now. ${f.still} Try again later.`,
  'unknown-answer': (f) =>
    `${f.not} Amazon Chime answered with something we do not know. ${f.still} Send us the details.`,
  'no-answer': (f) =>
    `${f.not} Amazon Chime did not answer, and we checked: the change was not made. ${f.still} Try again in a few minutes.`,
  unreadable: (f) =>
    `${f.not} Amazon Chime's answer could not be read, and we checked: the change was not made. ${f.still} Try again later, or send us the details.`,
  retired: (f) => `${f.not} Amazon Chime no longer answers for this account. ${f.still} Plans cannot be changed.`,
  conflict: (f) =>
    f.undo
      ? `${f.not} ${someone(f)} has changed ${f.name} since. Now on ${f.other?.plan ?? 'another plan'}.`
      : f.other?.who
        ? `${f.not} ${f.other.who} set ${f.name} to ${f.other.plan}${f.other.at ? ` at ${f.other.at}` : ''}. You were looking at ${f.from}.`
        : `${f.not} Someone changed ${f.name} to ${f.other?.plan ?? 'another plan'} outside this site. You were looking at ${f.from}.`,
  busy: (f) =>
    `${f.not} ${someone(f)} is changing ${f.name} right now. ${f.still} Wait a moment, look again, then choose.`,
  cancelled: (f) => `${f.not} The change was cancelled before it was made. ${f.still}`,
  interrupted: (f) =>
    `${f.not} Carillon was interrupted while saving, and we checked: the change was not made. ${f.still} Try again.`,
  'unsupported-license': (f) => `${f.not} ${f.to} is not available in this account. ${f.still} Choose another plan.`,
  'directory-managed': (f) =>
    `${f.not} The plan of ${f.name} is set by your company directory. ${f.still} Change the person's group instead.`,
  'unknown-account': (f) =>
    `${f.not} This account is not one that Carillon looks after. Trying again will not help. Ask your admin.`,
  'unknown-user': (f) => `${f.not} Carillon does not know ${f.name} in this account. They may have been removed.`,
  invalid: (f) => `${f.not} Carillon did not understand this change. ${f.still} Load the page again, then choose.`,
  'signed-out': (f) =>
    `**${f.undo ? 'Not undone yet' : 'Not saved yet'}.** You have been signed out. Sign in and we will ask before saving ${f.to} for ${f.name}.`,
  'not-allowed': (f) => `${f.not} You may no longer change plans. ${f.still} Ask your admin.`,
  'wrong-origin': (f) =>
    `${f.not} This page was not opened at Carillon's own address. ${f.still} Open Carillon at its usual address and try there.`,
  offline: (f) => `${f.not} You are offline, nothing was sent. ${f.still}`,
  unexpected: (f) =>
    `${f.not} Something went wrong in Carillon, not with your sign-in. ${f.still} ${f.reference ? `Quote ${f.reference} when you ask for help.` : 'Try again later.'}`,
};

const waiting: Partial<Record<FailureCode, string>> & { other: string } = {
  throttled: 'Amazon Chime asked us to slow down.',
  'service-failure': 'Amazon Chime had a fault on its side.',
  unavailable: 'Amazon Chime is not available right now.',
  other: 'Amazon Chime did not answer.',
};

/** What the row says while a change is on its way, and when it has arrived. */
export const row = {
  saving: 'Saving…',
  slow: 'Still saving. Amazon Chime is slow.',
  savingThen: (first: string, then: string) => `Saving ${first}, then ${then}`,
  afterThat: (then: string) => `After that, ${then}.`,
  saved: 'Saved',
  savedAt: (at: string) => `Saved ${at}`,
  backOn: (planName: string) => `Back on ${planName}`,
  despite: (name: string, planName: string) =>
    `**Saved.** Amazon Chime reported a fault, but we checked: ${name} is on ${planName}.`,
  notVisible: (shown: string) => `Amazon Chime accepted this but still shows ${shown}. Checking again.`,
  waiting,
  nextTry: (seconds: number, attempt: number, most: number) =>
    seconds > 0 ? `Next try in ${seconds} s (${attempt} of ${most}).` : `Trying again now (${attempt} of ${most}).`,
  checking: (name: string) => `We sent the change but got no answer. Checking what ${name} has now…`,
  cannotTell: '**We cannot tell yet.** The change may have worked. Do not repeat it; we keep checking.',
  onlineAgain: (planName: string, name: string) => `You are online again. Save ${planName} for ${name}?`,
  signedInAgain: (planName: string, name: string) => `You are signed in again. Save ${planName} for ${name}?`,
  gone: (name: string) =>
    `${name} is no longer in this Chime account. They may have been removed or moved to another account.`,
  cancelFailed: 'Too late to cancel: it is being sent.',
  noAnswerHere: 'Carillon did not answer. Try again in a moment.',
};

export const button = {
  undo: 'Undo',
  check: 'Check now',
  cancel: 'Cancel',
  choose: 'Choose plan',
  again: 'Try again',
  details: 'Details',
  copyDetails: 'Copy details',
  keep: (planName: string) => `Keep ${planName}`,
  change: (planName: string) => `Change to ${planName}`,
  set: (planName: string) => `Set to ${planName}`,
  save: 'Save now',
  forget: 'Forget it',
  signIn: 'Sign in',
  look: 'Look again',
  hide: 'Hide row',
  note: 'Add a note',
  dismiss: 'Dismiss',
  dismissFor: (name: string) => `Dismiss the message about ${name}`,
};

export const details = {
  code: "Amazon Chime's code",
  ourCode: 'Code',
  httpStatus: 'HTTP status',
  message: "Amazon Chime's words",
  awsRequestId: 'AWS request ID',
  requestId: 'Our ID',
  at: 'Time',
  tries: 'Tries',
  heading: (name: string) => `Carillon, change of plan for ${name}`,
};

export const note = {
  label: (name: string) => `Note about this change to ${name}`,
  placeholder: 'Why? For example a ticket number',
  save: 'Save note',
  saving: 'Saving…',
  saved: 'Note saved.',
  failed: 'The note was not saved. Try again.',
  cancel: 'No note',
};

/** Spoken only. */
export const spoken = {
  saving: (planName: string, name: string) => `Saving ${planName} for ${name}`,
  slow: (name: string) => `Still saving ${name}. Amazon Chime is slow.`,
  saved: (name: string, planName: string) => `${name} is now on ${planName}. Saved.`,
  undone: (name: string, planName: string) => `${name} is back on ${planName}.`,
  grouped: (saved: number, failed: number) =>
    [saved > 0 ? `${numerals.format(saved)} saved` : '', failed > 0 ? `${numerals.format(failed)} failed` : '']
      .filter(Boolean)
      .join(', '),
  about: (name: string, text: string) => `${name}: ${text}`,
  offline: 'You are offline. Nothing can be saved.',
  online: 'You are online again.',
  results: (count: number) => counted(count, 'person found', 'people found'),
  locked: 'Plans cannot be changed right now.',
};

export const banner = {
  unauthorized:
    "Plans cannot be changed right now: this site's access to Amazon Chime was refused. IT needs to renew it. Changes marked 'Not saved' were not made.",
  retired: (date: string | null) =>
    `Amazon Chime no longer answers for this account (AWS ended the service on 20 February 2026). ${date ? `You see the last data we have, from ${date}. ` : ''}Plans cannot be changed.`,
  unavailable: 'Amazon Chime is not answering. Changes are paused.',
  offline: 'You are offline. Nothing can be saved.',
  copyForIt: 'Copy for IT',
  checkAgain: 'Check again',
  checking: 'Checking…',
  stillSo: 'Checked just now: no change.',
  exportList: 'Export list',
  listFailed: 'The list could not be loaded. You see what was loaded before.',
  forIt: (account: string) =>
    `Amazon Chime refused the access of Carillon (HTTP 401). The AWS key of Carillon for “${account}” needs to be renewed.`,
};

/** The people page around its rows. */
export const people = {
  title: 'People',
  caption: (account: string) => `People in ${account} and their plans`,
  person: 'Person',
  name: 'Name',
  email: 'E-mail',
  status: 'Status',
  plan: 'Plan',
  lastChange: 'Last change',
  sortBy: 'Sort by',
  ascending: 'A to Z',
  descending: 'Z to A',
  turnSort: (descending: boolean) => (descending ? 'Z to A. Turn to A to Z' : 'A to Z. Turn to Z to A'),
  searchLabel: 'Search people by name, e-mail or ID',
  searchClear: 'Clear search',
  pages: 'Pages',
  previous: 'Previous',
  next: 'Next',
  range: (first: number, last: number, total: number, search: string) =>
    `${numerals.format(first)}–${numerals.format(last)} of ${numerals.format(total)}${search ? ` matching “${search}”` : ''}`,
  never: 'never',
  you: 'you',
  justNow: 'just now',
  historyOf: (name: string) => `Plan history of ${name}`,
  notSaved: (count: number) => `${numerals.format(count)} not saved`,
  notSavedJump: 'Go to the first',
  exportList: 'Export list',
  nobodyMatches: (search: string) => `Nobody matches '${search}'.`,
  nobodyYet: 'No people in this account yet.',
  nobodyYetHelp: 'As soon as someone is invited in Amazon Chime, they appear here.',
  loading: 'Loading people…',
  loadingSo: (read: number) => `Still loading: ${numerals.format(read)} so far`,
};

export const fresh = {
  everyone: (count: number) => `${numerals.format(count)} in Chime`,
  asOf: (at: string) => `as of ${at}`,
  stale: (at: string, ago: string) => `As of ${at} (${ago})`,
  refresh: 'Refresh',
  reading: (read: number) => `Reading from Chime: ${numerals.format(read)} so far`,
  partial: (count: number) => `Showing ${numerals.format(count)} people. Search finds only these for now.`,
  failed: 'The last update did not finish.',
  never: 'Not read from Chime yet',
  refreshFailed: 'Could not start. Try again.',
};

export const history = {
  loading: 'Loading history…',
  failed: 'The history could not be loaded.',
  empty: 'Nobody has changed this plan through Carillon yet.',
  setBack: (planName: string) => `Set back to ${planName}`,
  open: (who: string, from: string, to: string, state: 'pending' | 'unknown') =>
    state === 'pending'
      ? `**${who}** is changing ${from} to ${to} right now.`
      : `**${who}** asked to change ${from} to ${to}. We cannot tell yet whether it worked; we keep checking.`,
};

export const leave = {
  title: 'Leave this page?',
  text: (count: number) =>
    `${counted(count, 'change is', 'changes are')} not saved yet, or still on the way. If you leave, you will not see how ${plurals.select(count) === 'one' ? 'it ends' : 'they end'} here; look into the history later.`,
  stay: 'Stay here',
  go: 'Leave',
};

export const shortcuts = {
  title: 'Keys',
  open: 'Keys and help',
  rows: [
    ['/', 'Go to the search'],
    ['↓', "From the search to the first person's plan"],
    ['Enter, Space, ↓, F2', 'Open the plans of a person'],
    ['A letter', 'Open the plans at that letter; Enter chooses'],
    ['Esc', 'Close without changing anything'],
    ['U', 'Undo the change of the person you are at'],
    ['?', 'This help'],
  ] satisfies [string, string][],
  toggle: 'Use the single keys / ? and U',
};

export const shell = {
  skip: 'Skip to the content',
  main: 'Main',
  people: 'People',
  audit: 'Audit',
  accounts: 'Accounts',
  chooseAccount: 'Choose an account',
  operator: 'You',
  signOut: 'Sign out',
  role: (role: string) => ({ viewer: 'Viewer', helpdesk: 'Helpdesk', admin: 'Admin' })[role] ?? role,
  accountType: (type: string | null) =>
    type === null
      ? ''
      : ({ Team: 'Team', EnterpriseDirectory: 'Directory', EnterpriseLWA: 'Enterprise', EnterpriseOIDC: 'Okta' }[
          type
        ] ?? type),
};

export const signIn = {
  title: 'Sign in to Carillon',
  lead: 'The license desk for Amazon Chime.',
  userName: 'User name',
  password: 'Password',
  submit: 'Sign in',
  submitting: 'Signing in…',
  refused: 'That user name and password do not go together. Check both and try again.',
  noAnswer: 'Carillon did not answer. Check your connection and try again.',
  oidc: 'Sign in with your company account',
};

export const pages = {
  brokenTitle: 'Something went wrong',
  broken: (reference: string | undefined) =>
    `This page could not be shown. Nothing was changed by this. Try again; if it stays so, ask your admin${reference ? ` and quote ${reference}` : ''}.`,
  brokenRetry: 'Try again',
  missingTitle: 'Nothing here',
  missing: 'This page does not exist, or it is not one that you may see.',
  missingBack: 'Go to the people',
  noAccountsTitle: 'No accounts yet',
  noAccounts:
    'Carillon has not read any account from Amazon Chime yet, or none is open to you. Wait a minute and load the page again, or ask your admin.',
};

/** Why something was not done, in half a sentence, for lists. */
export const reasons: Record<FailureCode, string> = {
  'bad-request': 'Amazon Chime does not accept this plan',
  unauthorized: "Amazon Chime refused this site's access",
  forbidden: 'Amazon Chime does not allow it in this account',
  'access-denied': 'Amazon Chime does not let this site change the person',
  'not-found': 'the person is no longer in the account',
  'conflict-in-chime': 'Amazon Chime was busy with another change',
  unprocessable: 'Amazon Chime could not carry it out',
  'resource-limit': 'the account has reached a limit',
  throttled: 'Amazon Chime got too many requests',
  'service-failure': 'Amazon Chime had a fault',
  unavailable: 'Amazon Chime was not available',
  'unknown-answer': 'Amazon Chime answered with something unknown',
  'no-answer': 'Amazon Chime did not answer',
  unreadable: "Amazon Chime's answer could not be read",
  retired: 'Amazon Chime no longer answers for this account',
  conflict: 'someone had changed the plan in between',
  busy: 'someone was changing the person at that moment',
  cancelled: 'it was cancelled',
  interrupted: 'Carillon was interrupted while saving',
  'unsupported-license': 'the plan is not available in this account',
  'directory-managed': 'the company directory decides',
  'unknown-account': 'Carillon does not look after this account',
  'unknown-user': 'Carillon does not know this person',
  invalid: 'the request was not understood',
  'signed-out': 'signed out',
  'not-allowed': 'not allowed for this role',
  'wrong-origin': 'it came from another site',
  offline: 'no connection',
  unexpected: 'something went wrong in Carillon',
};

export const auditPage = {
  title: 'Audit',
  caption: (account: string) => `Every attempt to change a plan in ${account}`,
  when: 'When',
  what: 'What happened',
  outcome: 'Outcome',
  ids: 'IDs',
  done: 'Done',
  notDone: 'Not done',
  older: 'Older',
  newest: 'Newest',
  empty: 'Nothing has happened in this account yet.',
  emptyHelp: 'Every attempt to change a plan appears here, also the refused ones.',
  outside: 'outside Carillon',
};

/** One line of history as a sentence. */
export function auditSentence(entry: AuditEntry): string {
  const who = `**${entry.operator?.name ?? 'Someone outside Carillon'}**`;
  const whom = entry.user ? `**${entry.user.name}**` : 'someone';
  const path =
    entry.from === null
      ? `to ${plan(entry.to)}`
      : entry.to === null
        ? `from ${plan(entry.from)}`
        : `from ${plan(entry.from)} to ${plan(entry.to)}`;
  const because = entry.failure ? `: ${reasons[entry.failure]}` : '';
  const why = entry.why ? ` “${entry.why}”` : '';
  const done = entry.outcome === 'applied';
  switch (entry.action) {
    case 'change':
      return done
        ? `${who} changed ${whom} ${path}.${why}`
        : `${who} tried to change ${whom} ${path}. Not made${because}.${why}`;
    case 'undo':
      return done
        ? `${who} took a change back: ${whom} ${path}.${why}`
        : `${who} tried to take a change back: ${whom} ${path}. Not made${because}.${why}`;
    case 'note':
      return `${who} added a note about ${whom}:${why}`;
    case 'sign-in':
      return done
        ? `${who} signed in.`
        : `Someone tried to sign in${entry.operator ? ` as ${who}` : ''} and was refused.`;
    case 'sign-out':
      return `${who} signed out.`;
    case 'denied':
      return `${who} was refused${entry.user ? ` a change of ${whom}` : ''}${because}.${why}`;
  }
}

export const otherChange = (other: OtherChange): FailureFacts['other'] => ({
  who: other.name,
  plan: plan(other.license),
  at: other.at === undefined ? undefined : when.clock(other.at),
});
