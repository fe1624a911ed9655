import { number } from '../formats.ts';
import { counted } from './grammar.ts';
import { plan, status } from './words.ts';

/** The licenses of an account, counted. */
export const licensesPage = {
  title: 'Licenses',
  perPlan: 'People per plan',
  caption: (account: string) => `People in ${account} by plan and status`,
  types: 'By user type',
  plan: 'Plan',
  status,
  all: 'All',
  everyone: 'Everyone',
  share: (people: number, percent: number) => {
    if (people === 0) return '';
    return percent === 0 ? 'under 1 %' : `${number(percent)} %`;
  },
  summary: (account: string, everyone: number, plans: [string | null, number][]) =>
    everyone === 0
      ? `There is nobody in ${account} yet.`
      : `${counted(everyone, 'person is', 'people are')} in ${account}: ${plans
          .filter(([, people]) => people > 0)
          .map(([license, people]) => `${number(people)} on ${plan(license)}`)
          .join(', ')}.`,
  link: (people: number, what: string) => `${counted(people, 'person', 'people')}: ${what}`,
  notABill:
    'These are license counts, not charges: Pro is charged only for days on which a person hosts a meeting, and Basic is free.',
};

/** How old the numbers are, and whether they are complete. */
export const freshness = {
  asOf: (at: string) => `As of ${at}`,
  stale: (ago: string) => `${ago}: these numbers are old.`,
  partial: (read: number) => `Still loading: ${counted(read, 'person', 'people')} so far. The numbers will grow.`,
  stopped: (read: number) =>
    `Loading stopped after ${counted(read, 'person', 'people')}. These numbers are not complete.`,
  reading: (read: number, about: number | null) =>
    about === null ? `updating: ${number(read)} so far` : `updating: ${number(read)} of about ${number(about)}`,
  refresh: 'Refresh',
  refreshFailed: 'The update could not start. Try again.',
  resting: (clock: string) => `Just updated. You can refresh again at ${clock}.`,
  failed: 'The last update did not finish.',
  never: 'Nothing has been loaded from Amazon Chime yet.',
  notReadAgain: 'Couldn’t update just now. You see the last numbers.',
  retired: 'Amazon Chime no longer answers for this account. These are the last numbers.',
};

/** All accounts, with their counts. */
export const accountsPage = {
  title: 'Accounts',
  caption: 'Accounts with their people per plan',
  account: 'Account',
  people: 'People',
  asOf: 'Last update',
  total: 'All accounts',
  search: 'Search accounts by name or type',
  totalFound: (count: number) => `${counted(count, 'account', 'accounts')} found`,
  found: (count: number) => counted(count, 'account', 'accounts'),
  nothing: (search: string) => `No account matches “${search}”.`,
  directory: 'Plans set by the company directory',
  licenses: 'Licenses',
  audit: 'Audit',
  trend: 'Trend of all accounts',
};
