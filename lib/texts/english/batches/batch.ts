import type { BatchSource, BatchState, BatchView, ItemView, Part } from '../../../batches/batch.ts';
import { facetKeys, filterFromParams, noValue, type UserFilter } from '../../../search/filter.ts';
import { allOf, anyOf } from '../../formats.ts';
import { reasons } from '../failures.ts';
import { filters, pasted, timeFilters } from '../filters.ts';
import { counted } from '../grammar.ts';
import { plan } from '../words.ts';

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
  unreadable:
    'These lines of the file cannot be used, so they are left out. Correct them in the file and upload it again, if they matter.',
  same: 'These people already have this plan. Nothing changes for them.',
  'no-return': 'These people could not get their current plan back at the end, so they won’t be changed.',
  forbidden: 'These people won’t be changed. See the reason in each row.',
  directory: 'Your company directory sets their plan. Move them to another group there instead.',
  'left-out': 'You left these people out. They won’t be changed.',
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
