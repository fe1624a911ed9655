import { number } from '../../formats.ts';
import { counted, isOne } from '../grammar.ts';

/** The list of batches. */
export const batchList = {
  title: 'Batches',
  lead: 'A batch changes the plans of many people at once.',
  caption: (account: string) => `Batches of ${account}, newest first`,
  begin: 'New batch',
  what: 'What',
  who: 'Who',
  state: 'State',
  numbers: 'People',
  when: 'When',
  draft: 'Your preview. Nothing has been changed yet.',
  numbersOf: (total: number, changed: number, failed: number) =>
    `${number(changed)} of ${number(total)} changed${failed > 0 ? `, ${number(failed)} failed` : ''}`,
  undone: (undone: number, changed: number) =>
    undone >= changed ? 'Undone in another batch' : `${number(undone)} of them undone in another batch`,
  emptyTitle: 'No batches yet',
  empty: 'Batches in this account appear here.',
  notRead: 'Couldn’t update this list just now. It may be out of date.',
  waiting: (count: number) => `Waiting for your approval (${number(count)})`,
  elsewhere: 'Batches in your other accounts wait for your approval:',
  waitingHelp: 'Open a batch to check its list, then approve or decline it.',
  notEnded: (count: number) => `${counted(count, 'plan', 'plans')} did not end`,
  plansNotEnded: 'Plans that did not end',
  plansNotEndedHelp:
    'These plans were temporary, but the earlier plan could not be given back. Choose another plan for each person, or make the plan permanent.',
  plansNotEndedInPeople: 'Show all in People',
  plansNotEndedMost: (count: number) => `The newest ${number(count)} are shown.`,
  person: 'Person',
  planNow: 'Plan now',
  wasToEnd: 'Planned end',
  notEndedWhy: 'Why it did not end',
  backTo: (planName: string) => `Back to ${planName}`,
  fromBatch: 'Show batch',
  showPreviews: (count: number) => `Show your ${isOne(count) ? 'preview' : `${number(count)} previews`}`,
  hidePreviews: 'Hide your previews',
  pages: 'Pages',
  older: 'Older',
  newest: 'Newest',
};
