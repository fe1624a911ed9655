import { counted, number } from './words.ts';

/** Choosing people in their list, to change the plans of many. */
export const choosing = {
  one: (name: string) => `Choose ${name}`,
  page: 'Choose everybody on this page',
  bar: 'People chosen',
  some: (count: number) => (count === 0 ? 'Nobody is chosen' : counted(count, 'person chosen', 'people chosen')),
  elsewhere: (count: number) => `(${number(count)} not on this page)`,
  wholePage: (count: number) => `All ${number(count)} on this page are chosen.`,
  allMatching: (count: number) => `Choose all ${number(count)} that match`,
  allPeople: (count: number) => `Choose all ${number(count)} people of this account`,
  all: (count: number) => `All ${number(count)} that match are chosen`,
  givenUp: 'Nobody is chosen any more, because the list shows other people now.',
  forbidden: 'This browser does not let us keep who is chosen. Allow this site to store data, or paste a list instead.',
  change: 'Change their plans',
  clear: 'Clear',
};

/** Somebody on the list of a batch that is at work. */
export const batchMark = { queued: 'Queued', saving: 'Saving', inBatch: 'in a batch' };
