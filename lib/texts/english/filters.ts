import { type EndsKind, soonDays } from '../../licenses/ending.ts';
import type { Candidate } from '../../matching/person-ref.ts';
import type { ChangedDays, FacetKey, OlderDays, UserFilter } from '../../search/filter.ts';
import type { QuestionKey } from '../../search/questions.ts';
import type { FilterProblem } from '../../search/strict-filter.ts';
import { number } from '../formats.ts';
import { counted, isOne } from './grammar.ts';
import { noData, userType } from './people.ts';
import { plan } from './words.ts';

const registrations: Record<string, string> = {
  Registered: 'Registered',
  Unregistered: 'Not registered (including invited)',
  Suspended: 'Suspended',
};
const invitations: Record<string, string> = {
  Pending: 'Pending',
  Accepted: 'Accepted',
  Failed: 'Failed',
};

/** A value of a fact. Other values are shown as Chime spells them; null is where Chime gives none. */
const named: Record<FacetKey, (value: string | null) => string> = {
  license: plan,
  registration: (value) => (value === null ? noData : (registrations[value] ?? value)),
  invitation: (value) => (value === null ? noData : (invitations[value] ?? value)),
  userType,
};

const days = (count: ChangedDays) => (count === 1 ? 'last day' : `last ${number(count)} days`);

/** What the list is narrowed by. */
export const filters = {
  plans: 'Plans',
  all: 'All',
  filters: 'Filters',
  filtersOn: (count: number) => `Filters (${number(count)})`,
  facet: { license: 'Plan', registration: 'Registration', invitation: 'Invitation', userType: 'User type' },
  value: (key: FacetKey, value: string | null) => named[key](value),
  changed: 'Changed',
  changedWithin: (count: ChangedDays) => `In the ${days(count)}`,
  changedAnyTime: 'At any time',
  outside: 'Changed outside Carillon',
  outsideHelp: 'Last plan change was made outside Carillon',
  only: (name: string) => `Only ${name}`,
  people: (count: number) => counted(count, 'person', 'people'),
  noDataHelp: 'No data: Amazon Chime gives no value for these people.',
  count: number,
  counting: 'Counting…',
  active: 'Active filters',
  remove: (name: string) => `Remove filter ${name}`,
  chip: (fact: string, name: string) => `${fact}: ${name}`,
  changedChip: (count: ChangedDays) => `Changed in the ${days(count)}`,
  ends: {
    soon: `Temporary plan ends in the next ${soonDays} days`,
    failed: 'End of temporary plan failed',
  } satisfies Record<EndsKind, string>,
  unchanged: (count: OlderDays) => `On this plan for over ${number(count)} days`,
  invited: (count: OlderDays) => `Invited over ${number(count)} days ago`,
  clear: 'Clear filters',
  show: (total: number | null) => (total === null ? 'Show people' : `Show ${counted(total, 'person', 'people')}`),
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
      return `The filter “${problem.key}” is given twice. Give it once, with a dot between several values: plan=Basic.Pro.`;
    case 'bad-search':
      return 'The filter “q” takes a name, an e-mail address or an ID, or part of one, with at most 200 characters.';
    case 'a-page':
      return 'The filter “at” only says which page of the list is shown. Leave it out.';
    case 'everybody':
      return 'This filter matches everyone in the account. If you mean everyone, use --everybody on the command line.';
  }
}

const knownValues = (known: string[]) => (known.length === 0 ? '' : `Values: ${known.join(', ')}.`);

/** The filters of a list that are about time, in words. */
export function timeFilters({ ends, unchanged, invited }: UserFilter): { key: keyof UserFilter; name: string }[] {
  return [
    ...(ends === null ? [] : [{ key: 'ends' as const, name: filters.ends[ends] }]),
    ...(unchanged === null ? [] : [{ key: 'unchanged' as const, name: filters.unchanged(unchanged) }]),
    ...(invited === null ? [] : [{ key: 'invited' as const, name: filters.invited(invited) }]),
  ];
}

/** Questions that are asked often, as filters. */
export const questions = {
  title: 'Quick filters',
  help: 'Each opens a list of these people.',
  names: {
    'pro-suspended': 'Pro, but suspended',
    'pro-never-signed-up': 'Pro, but not registered',
    'old-trials': 'Pro trials for over 30 days',
    'old-invitations': 'Invited over 90 days ago, no answer',
    'ends-soon': 'Temporary plans that end in 7 days',
    'end-failed': 'Temporary plans whose end failed',
  } satisfies Record<QuestionKey, string>,
};

/** Filters with a name. */
export const views = {
  title: 'Views',
  help: 'Save this search, its filters and order under a name.',
  none: 'You have no views in this account yet.',
  name: 'Name of the view',
  save: 'Save',
  saving: 'Saving…',
  replaces: (name: string) => `This replaces your view “${name}”.`,
  badName: 'Enter a name with 1 to 60 characters.',
  full: 'You have 50 views in this account. Remove one to save another.',
  failed: 'The view was not saved. Try again.',
  removeFailed: 'The view was not removed. Try again.',
  remove: (name: string) => `Remove the view ${name}`,
  saved: (name: string) => `View “${name}” saved.`,
  removed: (name: string) => `View “${name}” removed.`,
};

/** Which columns the table has, and how tall its rows are. */
export const columns = {
  title: 'Columns',
  shown: 'Columns to show',
  always: 'Name, e-mail, status and plan are always shown.',
  ownColumn: 'E-mail in its own column',
  density: 'Rows',
  densities: { comfortable: 'Comfortable', compact: 'Compact' },
  failed: 'This could not be saved. It applies until you leave the page.',
};

/** A pasted list of e-mails or user IDs. */
export const pasted = {
  looking: 'Looking up the pasted list…',
  found: (found: number, asked: number) => `Pasted list: ${number(found)} of ${number(asked)} found`,
  missing: (count: number) => `${number(count)} not found`,
  copyMissing: 'Copy those not found',
  unclear: (count: number) =>
    isOne(count)
      ? '1 entry is not clear, so nobody is shown for it.'
      : `${number(count)} entries are not clear, so nobody is shown for them.`,
  mayBe: (entry: string, candidates: Candidate[]) =>
    `${entry}: ${candidates.map(({ id, name, email }) => `${name} (${email ?? 'no e-mail'}, user ID ${id})`).join(', or ')}. Paste the user ID of the right person.`,
  unread: (count: number) =>
    isOne(count)
      ? '1 entry has neither an e-mail nor a user ID, so it was not looked up.'
      : `${number(count)} entries have neither an e-mail nor a user ID, so they were not looked up.`,
  copied: 'Copied',
  clear: 'Clear list',
  more: (count: number) => `and ${number(count)} more`,
  gone: 'This list has expired. Paste it again.',
  refused:
    'This list does not fit here. Paste at most 500 e-mails or user IDs, one per line, or use the list in a new batch.',
  failed: 'The list could not be looked up, but it is not lost. Try again.',
  inBatch: 'Use this list in a new batch',
  label: 'Pasted list',
  again: 'Look up',
  forget: 'Discard',
};

/** Names that were pasted together. */
export const pastedNames = {
  label: 'Pasted names',
  found: (count: number) => `${number(count)} names pasted.`,
  help: 'A list needs e-mail addresses or user IDs, because several people can have the same name. Paste those to see everyone at once, or search for one name:',
  more: (count: number) => `and ${number(count)} more`,
};

/** An AWS or Carillon request ID that was searched for. */
export const request = {
  found: 'This ID belongs to this plan change:',
};
