import { counted, isOne } from './words.ts';

export const signedOutNotice = 'You have been signed out. Sign in to go on. What you chose is kept.';

export const banner = {
  unauthorized:
    "Plans cannot be changed right now: this site's access to Amazon Chime was refused. IT needs to renew it. Changes marked 'Not saved' were not made.",
  unavailable: 'Amazon Chime is not answering. Changes are paused.',
  copyForIt: 'Copy for IT',
  checkAgain: 'Check again',
  checking: 'Checking…',
  stillSo: 'Checked just now: no change.',
  forIt: (account: string) =>
    `Amazon Chime refused the access of Carillon (HTTP 401). The AWS key of Carillon for “${account}” needs to be renewed.`,
};

export const leave = {
  title: 'Leave this page?',
  text: (count: number) =>
    `${counted(count, 'change is', 'changes are')} not saved yet, or still on the way. If you leave, you will not see how ${isOne(count) ? 'it ends' : 'they end'} here; look into the history later.`,
  stay: 'Stay here',
  go: 'Leave',
};

export const shortcuts = {
  title: 'Keys',
  rows: [
    ['/', 'Go to the search'],
    ['↓', "From the search to the first person's plan"],
    ['Enter, Space, ↓, F2', 'Open the plans of a person'],
    ['A letter', 'Open the plans at that letter; Enter chooses'],
    ['Esc', 'Close without changing anything'],
    ['U', 'Undo the change of the person you are at'],
    ['?', 'This help'],
  ] satisfies [string, string][],
  choosing: [
    ['X', 'Choose the person you are at; with Shift, everybody from the last one on'],
    ['C', 'From the list to those you have chosen'],
    ['Shift+Space', 'At a checkbox: choose everybody from the last one on'],
  ] satisfies [string, string][],
  toggle: 'Use the single keys / ? and U',
  toggleAll: 'Use the single keys / ? U X and C',
};
