import type { Failure, FailureCode, OtherChange } from '../../failures.ts';
import type { EarlierEnd } from '../../licenses/ending.ts';
import { number, when } from '../formats.ts';
import { counted } from './grammar.ts';
import { operatorName, plan } from './words.ts';

export const planHelp: Record<string, string> = {
  Basic: 'Joins meetings and chats. Cannot host meetings.',
  Pro: 'Can host meetings. Charged only on days they host.',
  Plus: 'Older plan. Your account still has it.',
  ProTrial: '30-day trial.',
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
  limit: Failure['limit'];
};

const limitReached = (limit: FailureFacts['limit']) =>
  limit
    ? `You have reached your limit of ${number(limit.changes)} changes per hour.${limit.freeAt ? ` You can make the next one at ${when.clock(limit.freeAt)}.` : ''}`
    : 'You have reached your limit of changes per hour.';

const someone = (f: FailureFacts) => f.other?.who ?? 'Someone';

export const failureStart = { notSaved: '**Not saved.**', notUndone: '**Not undone.**' };

export const still = (planName: string) => `**Still on ${planName}.**`;

/** What happened, what is true now, whether trying again helps: one text for each failure. */
export const failures: Record<FailureCode, (f: FailureFacts) => string> = {
  'bad-request': (f) =>
    `${f.not} Amazon Chime does not accept ${f.to} for ${f.name}. ${f.still} Choose another plan. Trying the same again will not help.`,
  unauthorized: (f) =>
    `${f.not} This site’s connection to Amazon Chime was refused. ${f.still} Your own sign-in is fine.`,
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
    `${f.not} Amazon Chime sent an unexpected answer. ${f.still} Copy the details for your admin.`,
  'no-answer': (f) =>
    `${f.not} Amazon Chime did not answer, and we checked: the change was not made. ${f.still} Try again in a few minutes.`,
  unreadable: (f) =>
    `${f.not} Amazon Chime’s answer could not be read, and we checked: the change was not made. ${f.still} Try again later, or copy the details for your admin.`,
  retired: (f) => `${f.not} Amazon Chime no longer answers for this account. ${f.still} Plans cannot be changed.`,
  conflict: (f) =>
    f.undo
      ? `${f.not} ${someone(f)} has changed ${f.name} in the meantime. Now on ${f.other?.plan ?? 'another plan'}.`
      : f.other?.who
        ? `${f.not} ${f.other.who} set ${f.name} to ${f.other.plan}${f.other.at ? ` at ${f.other.at}` : ''}. Your page still showed ${f.from}.`
        : `${f.not} Someone changed ${f.name} to ${f.other?.plan ?? 'another plan'} outside Carillon. Your page still showed ${f.from}.`,
  'change-limit': (f) =>
    `${f.not} ${limitReached(f.limit)} ${f.still} ${f.limit && f.limit.changes < f.limit.admins ? `If it can’t wait, ask an admin: admins can make ${number(f.limit.admins)} changes per hour, and more with a batch.` : 'If it can’t wait, use a batch.'}`,
  'too-busy': (f) => `${f.not} Carillon is too busy right now. ${f.still} Try again in a minute.`,
  busy: (f) =>
    `${f.not} ${someone(f)} is changing ${f.name} right now. ${f.still} Wait a moment, check the plan, then try again.`,
  cancelled: (f) => `${f.not} The change was cancelled before it was made. ${f.still}`,
  interrupted: (f) =>
    `${f.not} Carillon was interrupted while saving, and we checked: the change was not made. ${f.still} Try again.`,
  'unsupported-license': (f) => `${f.not} ${f.to} is not available in this account. ${f.still} Choose another plan.`,
  'directory-managed': (f) =>
    `${f.not} The plan of ${f.name} is set by your company directory. ${f.still} Change the person’s group instead.`,
  'unknown-account': (f) =>
    `${f.not} Carillon does not manage this account. Trying again will not help. Ask your admin.`,
  'unknown-user': (f) => `${f.not} ${f.name} is not in this account. They may have been removed.`,
  invalid: (f) => `${f.not} Carillon did not understand this change. ${f.still} Reload the page, then try again.`,
  'signed-out': (f) =>
    `**${f.undo ? 'Not undone yet' : 'Not saved yet'}.** You have been signed out. Sign in and we will ask before saving ${f.to} for ${f.name}.`,
  'not-allowed': (f) => `${f.not} You no longer have permission to change plans. ${f.still} Ask your admin.`,
  'wrong-origin': (f) =>
    `${f.not} This page was not opened at Carillon’s own address. ${f.still} Open Carillon at its usual address and try again there.`,
  offline: (f) => `${f.not} You are offline, so nothing was sent. ${f.still}`,
  'no-database': (f) => `${f.not} Carillon cannot reach its database right now. ${f.still} Try again in a moment.`,
  unexpected: (f) =>
    `${f.not} Something went wrong in Carillon, not with your sign-in. ${f.still} ${f.reference ? `Give your admin this reference: ${f.reference}` : 'Try again later.'}`,
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
  slow: 'Still saving. This is taking longer than usual.',
  savingThen: (first: string, then: string) => `Saving ${first}, then ${then}`,
  afterThat: (then: string) => `After that, ${then}.`,
  saved: 'Saved',
  savedAt: (at: string) => `Saved ${at}`,
  savedAnd: (first: string, rest: string) => `${first}. ${rest}`,
  noUndo: (planName: string) => `${planName} can’t be chosen again, so there is no Undo.`,
  backOn: (planName: string) => `Back on ${planName}`,
  endRemoved: (at: string) => `The end date (${at}) was removed.`,
  earlierEnd: {
    restored: (at: string) => `The end date (${at}) is set again.`,
    passed: (at: string) => `The end date (${at}) has passed, so it was not set again.`,
    'not-offered': (at: string) =>
      `The end date (${at}) was not set again: the plan after it is no longer available in this account.`,
  } satisfies Record<EarlierEnd['is'], (at: string) => string>,
  despite: (name: string, planName: string) =>
    `**Saved.** Amazon Chime did not confirm it, but we checked: ${name} is on ${planName}.`,
  notVisible: (shown: string) => `Amazon Chime accepted this but still shows ${shown}. Checking again.`,
  waiting,
  nextTry: (seconds: number, attempt: number, most: number) =>
    `${seconds > 0 ? `Next try in ${number(seconds)} s` : 'Trying again now'} (${number(attempt)} of ${number(most)}).`,
  checking: (name: string) => `We sent the change but got no answer. Checking which plan ${name} has now…`,
  cannotTell: '**We cannot tell yet.** The change may have worked. Don’t repeat it; we keep checking.',
  onlineAgain: (planName: string, name: string) => `You are online again. Save ${planName} for ${name}?`,
  signedInAgain: (planName: string, name: string) => `You are signed in again. Save ${planName} for ${name}?`,
  gone: (name: string) =>
    `${name} is no longer in this Chime account. They may have been removed or moved to another account.`,
  late: (f: { who: string; name: string; to: string; from: string }) =>
    `**An earlier attempt of ${f.who} arrived late:** ${f.name} is on ${f.to} again, instead of ${f.from}.`,
  overtaken: (who: string | null, planName: string) =>
    `**${who ?? 'Someone outside Carillon'}** has just set this to ${planName}.`,
  byYourself: (planName: string) => `**Now on ${planName}.** You changed it on another page, or its end date has come.`,
  back: (name: string, planName: string) => `${name} is still in the account, on ${planName}.`,
  onItsWay: (who: string, planName: string) => `${who} is changing this to ${planName}…`,
  onItsWayByYou: (planName: string) => `Saving ${planName}…`,
  unknownBy: (who: string, planName: string) =>
    `${who} asked for ${planName}. We cannot tell yet whether it worked; we keep checking.`,
  cancelFailed: 'Too late to cancel: the change is being sent.',
  cancelNotYours: 'Not cancelled. Only the person who made this change, or an admin, can cancel it.',
  noAnswerHere: 'Carillon did not answer. Try again in a moment.',
};

/** The list of plans. */
export const planList = {
  unsupported: 'Not available in this account.',
  current: 'Current plan. Can’t be chosen again after a change.',
  noWayBack: (name: string, planName: string) => `${name} will not be able to go back to ${planName}.`,
  losesHosting: (name: string) => `${name} will no longer be able to host meetings, including ones already scheduled.`,
  offline: 'You are offline. Nothing can be saved.',
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
  setBack: (planName: string) => `Set back to ${planName}`,
  change: (planName: string) => `Change to ${planName}`,
  set: (planName: string) => `Set to ${planName}`,
  save: 'Save now',
  forget: 'Don’t save',
  signIn: 'Sign in',
  look: 'Check again',
  hide: 'Hide row',
  note: 'Add a note',
  until: 'Set end date…',
  dismiss: 'Dismiss',
  dismissFor: (name: string) => `Dismiss the message about ${name}`,
};

export const details = {
  code: 'Amazon Chime’s code',
  ourCode: 'Carillon’s code',
  httpStatus: 'HTTP status',
  message: 'Message',
  awsRequestId: 'AWS request ID',
  requestId: 'Carillon request ID',
  at: 'Time',
  tries: 'Attempts',
  heading: (name: string) => `Carillon: plan change for ${name}`,
};

export const note = {
  label: (name: string) => `Note about this change to ${name}`,
  labelOfPerson: (name: string) => `Note about ${name}`,
  placeholder: 'For example a ticket number',
  save: 'Save note',
  saving: 'Saving…',
  saved: (text: string) => `Note saved: “${text}”`,
  failed: 'The note was not saved. Try again.',
  cancel: 'Cancel',
};

/** Spoken only. */
export const spoken = {
  saving: (planName: string, name: string) => `Saving ${planName} for ${name}`,
  slow: (name: string) => `Still saving ${name}. This is taking longer than usual.`,
  saved: (name: string, planName: string) => `${name} is now on ${planName}. Saved.`,
  undone: (name: string, planName: string) => `${name} is back on ${planName}.`,
  grouped: (saved: number, failed: number) =>
    [saved > 0 ? `${number(saved)} saved` : '', failed > 0 ? `${number(failed)} failed` : '']
      .filter(Boolean)
      .join(', '),
  about: (name: string, text: string) => `${name}: ${text}`,
  offline: 'You are offline. Nothing can be saved.',
  online: 'You are online again.',
};

export const otherChange = (other: OtherChange): FailureFacts['other'] => ({
  who: other.name && operatorName({ name: other.name, login: other.login ?? null }),
  plan: plan(other.license),
  at: other.at === undefined ? undefined : when.clock(other.at),
});

/** Changes of this page that are not saved, all at once. */
export const notSaved = {
  count: (count: number) => `${number(count)} not saved`,
  jump: 'Go to first',
  all: 'All at once…',
  /** `because` is half a sentence; null where nothing was sent yet. */
  cause: (count: number, because: string | null) =>
    `${counted(count, 'person', 'people')}: ${because ?? 'not sent yet'}`,
  tryAgain: (count: number) => (count === 1 ? 'Try again' : `Try all ${number(count)} again`),
  tryAll: (helps: number, count: number) =>
    helps === count ? 'Try all again' : `Try again where it helps (${number(helps)})`,
  dismiss: (count: number) => (count === 1 ? 'Dismiss' : `Dismiss all ${number(count)}`),
  dismissAll: 'Dismiss all',
};
