import type { FailureCode } from '../../../failures.ts';
import { number } from '../../formats.ts';
import { counted, isOne } from '../grammar.ts';

const people = (count: number) => counted(count, 'person', 'people');

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

/** Why a button did not do what it says. */
export const refused: Partial<Record<FailureCode, string>> & { other: string } = {
  'not-allowed': '**Not done.** You don’t have permission to do this. Ask an admin.',
  'signed-out': '**Not done.** You have been signed out. Sign in and come back to this page.',
  outdated: '**Not done.** Carillon was updated since you opened this page. Reload it and try again.',
  'unknown-account': '**Not done.** You no longer have access to this account.',
  invalid: '**Not done.** This page is out of date. Reload it and check.',
  offline:
    '**Not done, as far as we know.** Carillon did not answer. Check your connection. This page shows the current state.',
  'no-answer':
    '**We can’t tell whether it was done.** The answer did not come from Carillon. Reload this page to check.',
  'request-limit': '**Not done.** You are sending too many requests. Wait a minute, then try again.',
  'too-busy': '**No preview.** Too many previews are being prepared right now. Try again in a minute.',
  other: '**Not done.** Something went wrong in Carillon. Try again in a moment.',
};
