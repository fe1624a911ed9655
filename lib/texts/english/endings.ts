import type { EndProblem, Failure, FailureCode } from '../../failures.ts';
import { number } from '../formats.ts';
import { counted } from './grammar.ts';
import { plan } from './words.ts';

const notSaved = 'Not saved.';

const problems: Record<EndProblem, (planName: string) => string> = {
  skipped: () => 'That time doesn’t exist, for example because clocks go forward then. Choose another time.',
  past: () => 'Choose a time in the future.',
  far: () => 'Choose a time within one year from now.',
  same: (planName) => `This person is on ${planName} now. Choose another plan for afterwards.`,
  'not-offered': (planName) =>
    `${planName} is no longer available here, so this person can’t go back to it. No end date was set.`,
};

const refusals: Partial<Record<FailureCode, string>> = {
  'change-limit': `${notSaved} You have reached your limit of changes per hour. Try again later, or ask an admin.`,
  'request-limit': `${notSaved} You are sending too many requests. Wait a minute, then try again.`,
  conflict: `${notSaved} Someone else changed the plan in the meantime. Check it, then try again.`,
  'unknown-user': `${notSaved} This person is no longer in this account.`,
  'not-allowed': `${notSaved} You no longer have permission to change plans. Ask your admin.`,
  'signed-out': `${notSaved} You have been signed out. Sign in and try again.`,
  outdated: `${notSaved} Carillon was updated since you opened this page. Reload it and try again.`,
};

/** Plans with an end date. */
export const endings = {
  until: (moment: string, planName: string) => `until ${moment}, then ${planName}`,
  planOf: (name: string) => `The plan of ${name} is`,
  change: 'Change end date…',
  changeOf: (name: string) => `Change end date of the plan of ${name}`,
  permanent: 'Make permanent',
  permanentOf: (name: string) => `Make permanent: the plan of ${name}`,
  only: (planName: string) => `${planName} ends on`,
  forPerson: (name: string) => `for ${name}`,
  save: 'Save',
  saving: 'Saving…',
  cancel: 'Cancel',
  saved: (name: string) => `End date saved for ${name}.`,
  madePermanent: (name: string, planName: string) => `${name} keeps ${planName}. End date removed.`,
  /** Why an end date was not saved; of no failure at all, where no answer came. */
  refused(failure: Pick<Failure, 'code' | 'end'> | null): string {
    if (failure?.end) return problems[failure.end.problem](plan(failure.end.plan ?? null));
    return (failure && refusals[failure.code]) ?? `${notSaved} Try again.`;
  },
  afterwards: 'then',
  choosePlan: 'Choose a plan',
  chooseAnother: 'Choose plan',
  keep: (planName: string) => `Keep ${planName}`,
  /** `because` is half a sentence. */
  notEnded: (f: { name: string; to: string; at: string; because: string; now: string }) =>
    `**Did not end as planned.** ${f.name} should have gone back to ${f.to} on ${f.at}, but ${f.because}. **Still on ${f.now}.** Choose another plan, or keep this one.`,
  /** Above the list; the people are named after it, as far as they are few. */
  notEndedCount: (count: number) => `${counted(count, 'plan', 'plans')} did not end as planned. Show:`,
  andMore: (count: number) => `and ${number(count)} more`,
};
