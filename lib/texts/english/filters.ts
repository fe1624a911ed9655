import type { Candidate } from '../../people/person-ref.ts';
import type { ChangedDays, FacetKey } from '../../users/filter.ts';
import type { FilterProblem } from '../../users/strict-filter.ts';
import { userType } from './people.ts';
import { counted, isOne, number, plan } from './words.ts';

const registrations: Record<string, string> = {
  Registered: 'Registered',
  Unregistered: 'Not signed up',
  Suspended: 'Suspended',
};
const invitations: Record<string, string> = {
  Pending: 'Waiting for an answer',
  Accepted: 'Accepted',
  Failed: 'Could not be delivered',
};

/** A value of a fact; values we do not know are shown as Chime spells them, null is where it says nothing. */
const named: Record<FacetKey, (value: string | null) => string> = {
  license: plan,
  registration: (value) => (value === null ? 'Not known' : (registrations[value] ?? value)),
  invitation: (value) => (value === null ? 'Not known' : (invitations[value] ?? value)),
  userType,
};

const days = (count: ChangedDays) => (count === 1 ? 'last day' : `last ${count} days`);

/** What the list is narrowed by. */
export const filters = {
  plans: 'Plans',
  all: 'All',
  filters: 'Filters',
  filtersOn: (count: number) => `Filters (${count})`,
  facet: { license: 'Plan', registration: 'Registration', invitation: 'Invitation', userType: 'User type' },
  value: (key: FacetKey, value: string | null) => named[key](value),
  changed: 'Changed',
  changedWithin: (count: ChangedDays) => `In the ${days(count)}`,
  changedAnyTime: 'At any time',
  outside: 'Outside changes',
  outsideHelp: 'Plan last changed outside Carillon',
  only: (name: string) => `Only ${name}`,
  people: (count: number) => counted(count, 'person', 'people'),
  count: number,
  counting: 'Counting…',
  active: 'Active filters',
  remove: (name: string) => `Remove filter ${name}`,
  chip: (fact: string, name: string) => `${fact}: ${name}`,
  changedChip: (count: ChangedDays) => `Changed in the ${days(count)}`,
  clear: 'Clear filters',
  show: (total: number | null) => (total === null ? 'Show the people' : `Show ${counted(total, 'person', 'people')}`),
};

/** What is wrong with a filter that chooses people, and what to do. */
export function filterProblem(problem: FilterProblem): string {
  switch (problem.code) {
    case 'unknown-key':
      return `“${problem.key}” is not a filter. Filters: ${problem.known.join(', ')}.`;
    case 'unknown-value':
      return problem.key === 'list'
        ? `“${problem.value}” is not the ID of a pasted list.`
        : `“${problem.value}” is not a value of the filter “${problem.key}”. ${knownValues(problem.known)}`;
    case 'no-value':
      return `The filter “${problem.key}” has no value. ${knownValues(problem.known)}`.trim();
    case 'twice':
      return `The filter “${problem.key}” stands there twice. Write it once; several values have a dot between them, as in plan=Basic.Pro.`;
    case 'bad-search':
      return 'The filter “q” has to be a name, an e-mail address or an ID, or a part of one, with at most 200 characters.';
    case 'a-page':
      return 'The filter “at” is only a page of the list. Leave it out.';
    case 'everybody':
      return 'This filter leaves nobody out. To choose everybody in the account, say so: --everybody on the command line.';
  }
}

const knownValues = (known: string[]) => (known.length === 0 ? '' : `Values: ${known.join(', ')}.`);

/** Filters with a name. */
export const views = {
  title: 'Views',
  help: 'A view is a search with its filters and its order, under a name of your own.',
  none: 'You have no views in this account yet.',
  name: 'Name of this view',
  save: 'Save',
  saving: 'Saving…',
  replaces: (name: string) => `Replaces your view “${name}”.`,
  badName: 'A name has 1 to 60 characters.',
  full: 'You have 50 views in this account. Remove one to save another.',
  failed: 'The view was not saved. Try again.',
  removeFailed: 'The view was not removed. Try again.',
  remove: (name: string) => `Remove the view ${name}`,
  saved: (name: string) => `View “${name}” saved.`,
  removed: (name: string) => `View “${name}” removed.`,
};

/** Which columns the table has, and how close its rows are. */
export const columns = {
  title: 'Columns',
  shown: 'Columns to show',
  always: 'Name, e-mail, status and plan are always there.',
  ownColumn: 'E-mail as a column of its own',
  density: 'Rows',
  densities: { comfortable: 'Comfortable', compact: 'Compact' },
  failed: 'This choice could not be kept. It holds until you leave the page.',
};

/** A pasted column of e-mails or user IDs. */
export const pasted = {
  looking: 'Looking up the pasted list…',
  found: (found: number, asked: number) => `Pasted list: ${number(found)} of ${number(asked)} found`,
  missing: (count: number) => `${number(count)} not found`,
  copyMissing: 'Copy those not found',
  unclear: (count: number) =>
    `${isOne(count) ? 'For 1 entry' : `For ${number(count)} entries`} it is not clear who is meant. Nobody is shown for ${isOne(count) ? 'it' : 'them'}.`,
  mayBe: (entry: string, candidates: Candidate[]) =>
    `${entry}: ${candidates.map(({ id, name, email }) => `${name} (${email ?? 'no e-mail'}, user ID ${id})`).join(', or ')}. Paste the user ID of who is meant.`,
  unread: (count: number) =>
    isOne(count)
      ? '1 line holds neither an e-mail nor a user ID.'
      : `${number(count)} lines hold neither an e-mail nor a user ID.`,
  copyUnread: 'Copy these lines',
  copied: 'Copied',
  clear: 'Clear list',
  more: (count: number) => `and ${number(count)} more`,
  gone: 'This list has expired. Paste it again.',
  refused: 'This list cannot be used. Paste at most 500 e-mails or user IDs, one a line.',
  failed: 'The list could not be looked up. It is still here: try again.',
  label: 'Pasted list',
  again: 'Look up',
  forget: 'Discard',
};

/** An AWS or Carillon request ID that was searched for. */
export const request = {
  found: 'This ID belongs to an attempt to change a plan:',
};
