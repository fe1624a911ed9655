import type { EndProblem } from '../../endings/ending.ts';
import type { Failure, FailureCode } from '../../failures.ts';
import { plan } from './words.ts';

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
  'unknown-user': `${notSaved} This person is no longer in this account.`,
  'not-allowed': `${notSaved} You no longer have permission to change plans. Ask your admin.`,
  'signed-out': `${notSaved} You have been signed out. Sign in and try again.`,
};

/** Why an end date was not saved; of no failure at all, where no answer came. */
export function refused(failure: Pick<Failure, 'code' | 'end'> | null): string {
  if (failure?.end) return problems[failure.end.problem](plan(failure.end.plan ?? null));
  return (failure && refusals[failure.code]) ?? `${notSaved} Try again.`;
}
