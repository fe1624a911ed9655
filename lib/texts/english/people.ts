import { number } from '../formats.ts';
import { counted } from './grammar.ts';

/** The people page, without its rows. */
export const people = {
  title: 'People',
  caption: (account: string) => `People in ${account} and their plans`,
  lastChange: 'Last change',
  outsideCarillon: 'outside Carillon',
  sortBy: 'Sort by',
  turnSort: (now: string, then: string) => `${now}. Change to ${then}`,
  searchLabel: 'Search people by name, e-mail or ID',
  searchHint: 'Name, e-mail or ID',
  searchClear: 'Clear search',
  noName: 'No name',
  moreColumns: 'Scroll sideways to see every column.',
  never: 'No changes yet',
  you: 'you',
  changedBy: (moment: string, who: string) => `${moment}, ${who}`,
  lastChangeOf: (name: string, change: string) => `${change}. Plan history of ${name}`,
  found: (count: number) => counted(count, 'person found', 'people found'),
  historyOf: (name: string) => `Plan history of ${name}`,
  exportList: 'Export list',
  notAnswered: 'These people are from your last search. You can’t change them until the new one is answered.',
  notAnsweredOffline:
    'You are offline. These people are from your last search. You can’t change them until the new one is answered.',
  keys: 'Keyboard shortcuts',
  listFailed: 'The list could not be loaded. You see the last version.',
};

/** People found by the same search in other accounts. */
export const elsewhere = {
  title: 'Also found:',
  inAccount: (people: number, isMore: boolean, account: string) =>
    `${number(people)}${isMore ? '+' : ''} in ${account}`,
};

/** What a list can be sorted by, which is also what its columns are called. */
export const columnNames = {
  name: 'Name',
  email: 'E-mail',
  status: 'Status',
  license: 'Plan',
  changed: people.lastChange,
  type: 'User type',
  id: 'User ID',
  registered: 'Registered on',
  invited: 'Invited on',
};

const alphabet = ['A to Z', 'Z to A'] as const;
const calendar = ['Oldest first', 'Newest first'] as const;

/** The names of the two directions of a sort, ascending first. */
export const directions = (sort: keyof typeof columnNames): readonly [string, string] =>
  sort === 'changed' || sort === 'registered' || sort === 'invited' ? calendar : alphabet;

const userTypes: Record<string, string> = { PrivateUser: 'Person', SharedDevice: 'Shared device' };

/** Where Chime gives no value. */
export const noData = 'No data';

/** Other user types are shown as Chime spells them. */
export const userType = (value: string | null) => (value === null ? noData : (userTypes[value] ?? value));

/** The plan cell and its list. */
export const planCell = {
  label: (name: string) => `Plan for ${name}`,
  ghost: 'No longer in this filter',
};
