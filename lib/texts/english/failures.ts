import type { Failure, FailureCode, OtherChange } from '../../failures.ts';
import { number, when } from '../formats.ts';
import { counted, upperFirst } from './grammar.ts';
import { operatorName, plan } from './words.ts';

/** Why something was not done, in half a sentence. */
export const reasons: Record<FailureCode, string> = {
  'bad-request': 'Amazon Chime does not accept this plan',
  unauthorized: 'Amazon Chime refused Carillon’s access',
  forbidden: 'Amazon Chime does not allow it in this account',
  'access-denied': 'Amazon Chime does not let Carillon change this person',
  'not-found': 'the person is no longer in the account',
  'conflict-in-chime': 'Amazon Chime was busy with another change',
  unprocessable: 'Amazon Chime could not carry it out',
  'resource-limit': 'the account has reached a limit',
  throttled: 'Amazon Chime got too many requests',
  'service-failure': 'Amazon Chime had a fault',
  unavailable: 'Amazon Chime was not available',
  'unknown-answer': 'Amazon Chime sent an unexpected answer',
  'no-answer': 'Amazon Chime did not answer',
  unreadable: 'Amazon Chime’s answer could not be read',
  retired: 'Amazon Chime no longer answers for this account',
  conflict: 'someone changed the plan in the meantime',
  busy: 'someone was changing the person at that moment',
  'change-limit': 'the limit of changes per hour was reached',
  'request-limit': 'too many requests within a minute',
  'too-busy': 'Carillon was too busy at that moment',
  cancelled: 'it was cancelled',
  interrupted: 'Carillon was interrupted while saving',
  'unsupported-license': 'the plan is not available in this account',
  'directory-managed': 'the company directory sets the plan',
  'unknown-account': 'Carillon does not manage this account',
  'unknown-user': 'the person is not in this account',
  invalid: 'the request was not understood',
  'signed-out': 'signed out',
  outdated: 'Carillon was updated',
  'not-allowed': 'not allowed for this role',
  'wrong-origin': 'it came from another site',
  offline: 'no connection',
  'no-database': 'Carillon could not reach its database',
  restored: 'the database was restored from a backup and has not been checked yet',
  unexpected: 'something went wrong in Carillon',
};

/** A reason as a title of its own. */
export const reasonTitle = (code: FailureCode) => upperFirst(reasons[code]);

/** A reason as a sentence of its own. */
export const reasonSentence = (code: FailureCode) => `${reasonTitle(code)}.`;

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
  requests: Failure['requests'];
};

const limitReached = (limit: FailureFacts['limit']) =>
  limit
    ? `You have reached your limit of ${number(limit.changes)} changes per hour.${limit.freeAt ? ` You can make the next one at ${when.clock(limit.freeAt)}.` : ''}`
    : 'You have reached your limit of changes per hour.';

/** That somebody sends more than they may, and how long to wait. */
const tooManyRequests = (requests: Failure['requests']) =>
  requests
    ? `You are sending more than ${number(requests.aMinute)} requests a minute. Wait ${counted(requests.waitSeconds, 'second', 'seconds')}, then try again.`
    : 'You are sending too many requests. Wait a minute, then try again.';

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
  'request-limit': (f) => `${f.not} ${tooManyRequests(f.requests)} ${f.still}`,
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
  outdated: (f) =>
    `**${f.undo ? 'Not undone yet' : 'Not saved yet'}.** Carillon was updated since you opened this page. Reload it and we will ask before saving ${f.to} for ${f.name}.`,
  'not-allowed': (f) => `${f.not} You no longer have permission to change plans. ${f.still} Ask your admin.`,
  'wrong-origin': (f) =>
    `${f.not} This page was not opened at Carillon’s own address. ${f.still} Open Carillon at its usual address and try again there.`,
  offline: (f) => `${f.not} You are offline, so nothing was sent. ${f.still}`,
  'no-database': (f) => `${f.not} Carillon cannot reach its database right now. ${f.still} Try again in a moment.`,
  restored: (f) =>
    `${f.not} The database was restored from a backup, and nothing can be changed until your IT team has checked it. ${f.still}`,
  unexpected: (f) =>
    `${f.not} Something went wrong in Carillon, not with your sign-in. ${f.still} ${f.reference ? `Give your admin this reference: ${f.reference}` : 'Try again later.'}`,
};

export const otherChange = (other: OtherChange): FailureFacts['other'] => ({
  who: other.name && operatorName({ name: other.name, login: other.login ?? null }),
  plan: plan(other.license),
  at: other.at === undefined ? undefined : when.clock(other.at),
});

/** Why a change is tried again, while it is on its way. */
export const waiting: Partial<Record<FailureCode, string>> & { other: string } = {
  throttled: 'Amazon Chime asked us to slow down.',
  'service-failure': 'Amazon Chime had a fault on its side.',
  unavailable: 'Amazon Chime is not available right now.',
  other: 'Amazon Chime did not answer.',
};
