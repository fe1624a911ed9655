import { counted, isOne } from './grammar.ts';

export const banner = {
  signedOut: 'You have been signed out. Sign in to continue. Your choices are kept.',
  unauthorized:
    'Plans cannot be changed right now: this site’s access to Amazon Chime was refused. IT needs to renew it. Changes marked “Not saved” were not made.',
  unavailable: 'Amazon Chime isn’t responding. Changes can’t be saved right now.',
  copyForIt: 'Copy for IT',
  checkAgain: 'Check again',
  checking: 'Checking…',
  stillSo: 'Checked just now: still the same problem.',
  forIt: (account: string) =>
    `Amazon Chime refused Carillon’s access (HTTP 401). Carillon’s AWS key for “${account}” needs to be renewed.`,
};

export const leave = {
  title: 'Leave this page?',
  text: (count: number) =>
    `${counted(count, 'change is', 'changes are')} not saved yet or still being saved. If you leave, ${isOne(count) ? 'it' : 'they'} may still go through: see the plan history later.`,
  stay: 'Stay here',
  go: 'Leave',
};

export const shortcuts = {
  title: 'Keyboard shortcuts',
  rows: [
    ['/', 'Go to the search and select what is in it'],
    ['↓', 'From the search to the first person’s plan'],
    ['Enter, Space, ↓, F2', 'Open the list of plans'],
    ['A letter', 'Open the list at that letter; Enter chooses the plan'],
    ['Esc', 'Close without changing anything'],
    ['U', 'Undo the change in this row'],
    ['?', 'Show these shortcuts'],
  ] satisfies [string, string][],
  choosing: [
    ['X', 'Select this row; with Shift: from the last one to here'],
    ['C', 'Go from the list to the selected people'],
    ['Shift+Space', 'On a checkbox: select from the last one to here'],
  ] satisfies [string, string][],
  toggle: 'Use single-key shortcuts (/ ? U)',
  toggleAll: 'Use single-key shortcuts (/ ? U X C)',
};
