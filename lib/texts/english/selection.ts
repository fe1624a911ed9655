import { number } from '../formats.ts';

/** Selecting people in their list, to change the plans of many. */
export const choosing = {
  one: (name: string) => `Select ${name}`,
  page: 'Select everyone on this page',
  bar: 'Selected people',
  some: (count: number) => (count === 0 ? 'None selected' : `${number(count)} selected`),
  elsewhere: (count: number) => `(${number(count)} not on this page)`,
  wholePage: (count: number) => `All ${number(count)} on this page are selected.`,
  allMatching: (count: number) => `Select all ${number(count)} matching`,
  allPeople: (count: number) => `Select all ${number(count)} people in this account`,
  all: (count: number) => `All ${number(count)} matching are selected`,
  givenUp: 'Selection cleared: the list has changed.',
  forbidden:
    'Your browser does not let Carillon keep the selection. Allow this site to store data, or paste a list instead.',
  change: 'Change plans…',
  clear: 'Clear',
};

/** A person on the list of a batch that is running. */
export const batchMark = { queued: 'Queued', saving: 'Saving', inBatch: 'in a batch' };
