import type { EarlierEnd } from '../../licenses/ending.ts';
import { number } from '../formats.ts';
import { waiting } from './failures.ts';
import { counted } from './grammar.ts';

export const planHelp: Record<string, string> = {
  Basic: 'Joins meetings and chats. Cannot host meetings.',
  Pro: 'Can host meetings. Charged only on days they host.',
  Plus: 'Older plan. Your account still has it.',
  ProTrial: '30-day trial.',
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
  updated: (planName: string, name: string) => `Carillon was updated. Save ${planName} for ${name}?`,
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
  reload: 'Reload the page',
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
