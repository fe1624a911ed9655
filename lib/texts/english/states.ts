import { counted, number } from './words.ts';

/** What stands where the people would be. */
export const listStates = {
  loading: 'Loading people…',
  loadingSo: (read: number) => (read === 0 ? 'Still loading…' : `Still loading: ${number(read)} so far`),
  nobodyMatches: (search: string) => `Nobody matches '${search}'.`,
  nobodyFiltered: 'Nobody matches these filters.',
  filtersToo: 'Filters are on as well.',
  near: 'Did you mean',
  nobodyYet: 'No people in this account yet.',
  nobodyYetHelp: 'As soon as someone is invited in Amazon Chime, they appear here.',
  neverRead: 'The people of this account could not be read from Amazon Chime yet.',
  neverReadHelp: 'Carillon tries again by itself.',
};

/** How old the list is, and how far a newer one has come. */
export const fresh = {
  everyone: (count: number) => `${number(count)} in Chime`,
  asOf: (at: string) => `as of ${at}`,
  stale: (at: string, ago: string) => `As of ${at} (${ago})`,
  refresh: 'Refresh',
  reading: (read: number, about: number | null) =>
    about === null
      ? `Reading from Chime: ${number(read)} so far`
      : `Reading from Chime: ${number(read)} of about ${number(about)}`,
  partial: (count: number, about: number | null) =>
    `Showing ${about === null ? `${number(count)} people so far` : `${number(count)} of about ${number(about)} people`}. Search finds only these for now.`,
  leftOut: (count: number) =>
    count === 1
      ? '1 person is not shown: Carillon cannot use the ID that Amazon Chime gave them. Ask your admin.'
      : `${number(count)} people are not shown: Carillon cannot use the IDs that Amazon Chime gave them. Ask your admin.`,
  failed: 'The last update did not finish.',
  refreshFailed: 'Could not start. Try again.',
  resting: (clock: string) => `Just updated. You can refresh again at ${clock}.`,
};

/** Why everything takes longer, on every page that waits for Chime. */
export const slowed = (perSecond: number) =>
  `Carillon is going slowly because Amazon Chime asked us to: about ${counted(perSecond, 'request', 'requests')} a second.`;

/** What the page says about itself, above the list. */
export const pageNotices = {
  retired: (date: string | null) =>
    `Amazon Chime no longer answers for this account (AWS ended the service on 20 February 2026). ${date ? `You see the last data we have, from ${date}. ` : ''}Plans cannot be changed.`,
  offline: 'You are offline. Nothing can be saved.',
};

/** A plan that cannot be changed here. */
export const readOnly = {
  viewOnly: 'You can view plans but not change them.',
  viewOnlyWhy: 'Your role lets you look. Ask your admin if you need to change plans.',
  why: 'Why?',
  directory: "Set by your company directory. Change the person's group instead.",
  directoryHow: (name: string) =>
    `In your company directory each group has a plan. Move ${name} to the group with the plan they need; Amazon Chime follows by itself.`,
  how: 'How?',
  directoryAccount: "Plans in this account are set by your company directory. Change a person's group there instead.",
};
