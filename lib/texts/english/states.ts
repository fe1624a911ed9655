import { number } from './words.ts';

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
