import type { EndProblem, Failure, FailureCode } from '../../failures.ts';
import { counted, number, plan } from './words.ts';

/** Plans with an end date. */

export const until = (moment: string, planName: string) => `until ${moment}, then ${planName}`;
export const planOf = (name: string) => `The plan of ${name} is`;
export const change = 'Change end date';
export const changeOf = (name: string) => `Change end date of the plan of ${name}`;
export const permanent = 'Make permanent';
export const permanentOf = (name: string) => `Make permanent: the plan of ${name}`;
export const only = (planName: string) => `${planName} ends on`;
export const forPerson = (name: string) => `for ${name}`;
export const save = 'Save';
export const saving = 'Saving…';
export const cancel = 'Cancel';
export const saved = (name: string) => `End date saved for ${name}.`;
export const madePermanent = (name: string, planName: string) => `${name} keeps ${planName}. End date removed.`;

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
  conflict: `${notSaved} Someone else changed the plan in the meantime. Check it, then try again.`,
  'unknown-user': `${notSaved} This person is no longer in this account.`,
  'not-allowed': `${notSaved} You no longer have permission to change plans. Ask your admin.`,
  'signed-out': `${notSaved} You have been signed out. Sign in and try again.`,
};

/** Why an end date was not saved; of no failure at all, where no answer came. */
export function refused(failure: Pick<Failure, 'code' | 'end'> | null): string {
  if (failure?.end) return problems[failure.end.problem](plan(failure.end.plan ?? null));
  return (failure && refusals[failure.code]) ?? `${notSaved} Try again.`;
}

export const afterwards = 'then';
export const choosePlan = 'Choose a plan';
export const chooseAnother = 'Choose plan';
export const keep = (planName: string) => `Keep ${planName}`;

/** `because` is half a sentence. */
export const notEnded = (f: { name: string; to: string; at: string; because: string; now: string }) =>
  `**Did not end as planned.** ${f.name} should have gone back to ${f.to} on ${f.at}, but ${f.because}. **Still on ${f.now}.** Choose another plan, or keep this one.`;

/** Above the list; the people are named after it, as far as they are few. */
export const notEndedCount = (count: number) => `${counted(count, 'plan', 'plans')} did not end as planned. Show:`;
export const andMore = (count: number) => `and ${number(count)} more`;
