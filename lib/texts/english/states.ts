import { number } from '../formats.ts';

/** What is shown in place of people. */
export const listStates = {
  loading: 'Loading people…',
  loadingSo: (read: number) => (read === 0 ? 'Still loading…' : `Still loading: ${number(read)} so far`),
  nobodyMatches: (search: string) => `Nobody matches “${search}”.`,
  nobodyFiltered: 'Nobody matches these filters.',
  nobodyFilteredMatches: (search: string) => `Nobody with these filters matches “${search}”.`,
  nobodyInList: (search: string) => `Nobody in the pasted list matches “${search}”.`,
  nobodyOfList: 'Nobody in the pasted list was found.',
  searchEveryone: 'Search everyone',
  near: 'Did you mean',
  everyoneCalled: (name: string) => `Everyone called “${name}”`,
  nobodyYet: 'No people in this account yet.',
  nobodyYetHelp: 'As soon as someone is invited in Amazon Chime, they appear here.',
  neverRead: 'The people in this account could not be loaded from Amazon Chime yet.',
  neverReadHelp: 'Carillon tries again automatically.',
};

/** What the page says about itself, above the list. */
export const pageNotices = {
  retired: (date: string | null) =>
    `Amazon Chime no longer answers for this account (AWS ended the service on 20 February 2026). ${date ? `You see the last data we have, from ${date}. ` : ''}Plans cannot be changed.`,
  offline: 'You are offline. Nothing can be saved.',
};

/** Plans that cannot be changed here. */
export const readOnly = {
  viewOnly: 'You have view-only access.',
  viewOnlyWhy: 'Ask your admin if you need to change plans.',
  directory:
    'Your company directory sets the plans in this account: each group has a plan. To change a person’s plan, move them to another group there. Amazon Chime follows automatically.',
};
