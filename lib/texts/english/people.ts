import { counted, number } from './words.ts';

/** The people page around its rows. */
export const people = {
  title: 'People',
  caption: (account: string) => `People in ${account} and their plans`,
  name: 'Name',
  email: 'E-mail',
  status: 'Status',
  plan: 'Plan',
  lastChange: 'Last change',
  outsideCarillon: 'outside Carillon',
  type: 'User type',
  registered: 'Registered on',
  invited: 'Invited on',
  id: 'User ID',
  sortBy: 'Sort by',
  ascending: 'A to Z',
  descending: 'Z to A',
  turnSort: (descending: boolean) => (descending ? 'Z to A. Turn to A to Z' : 'A to Z. Turn to Z to A'),
  searchLabel: 'Search people by name, e-mail or ID',
  searchClear: 'Clear search',
  pages: 'Pages',
  previous: 'Previous',
  next: 'Next',
  range: (first: number, last: number, total: number | null, search: string) =>
    `${number(first)}–${number(last)} of ${total === null ? 'many' : number(total)}${search ? ` matching “${search}”` : ''}`,
  never: 'never',
  you: 'you',
  found: (count: number) => counted(count, 'person found', 'people found'),
  historyOf: (name: string) => `Plan history of ${name}`,
  notSaved: (count: number) => `${number(count)} not saved`,
  notSavedJump: 'Go to the first',
  exportList: 'Export list',
  keys: 'Keys and help',
  nobodyMatches: (search: string) => `Nobody matches '${search}'.`,
  nobodyYet: 'No people in this account yet.',
  nobodyYetHelp: 'As soon as someone is invited in Amazon Chime, they appear here.',
  loading: 'Loading people…',
  loadingSo: (read: number) => `Still loading: ${number(read)} so far`,
};

export const fresh = {
  everyone: (count: number) => `${number(count)} in Chime`,
  asOf: (at: string) => `as of ${at}`,
  stale: (at: string, ago: string) => `As of ${at} (${ago})`,
  refresh: 'Refresh',
  reading: (read: number) => `Reading from Chime: ${number(read)} so far`,
  partial: (count: number) => `Showing ${number(count)} people. Search finds only these for now.`,
  failed: 'The last update did not finish.',
  refreshFailed: 'Could not start. Try again.',
};

/** The plan cell and its list. */
export const planCell = {
  label: (name: string) => `Plan for ${name}`,
  viewOnly: 'You can view plans but not change them.',
  viewOnlyWhy: 'Your role lets you look. Ask your admin if you need to change plans.',
  why: 'Why?',
  directory: "Set by your company directory. Change the person's group instead.",
  directoryHow: (name: string) =>
    `In your company directory each group has a plan. Move ${name} to the group with the plan they need; Amazon Chime follows by itself.`,
  how: 'How?',
  directoryAccount: "Plans in this account are set by your company directory. Change a person's group there instead.",
  ghost: 'No longer matches',
};

/** What the page says about itself, above the list. */
export const pageNotices = {
  retired: (date: string | null) =>
    `Amazon Chime no longer answers for this account (AWS ended the service on 20 February 2026). ${date ? `You see the last data we have, from ${date}. ` : ''}Plans cannot be changed.`,
  offline: 'You are offline. Nothing can be saved.',
  listFailed: 'The list could not be loaded. You see what was loaded before.',
};
