import type { FailureCode } from '../../failures.ts';
/** Plans that are for a time. */

export const until = (moment: string, planName: string) => `until ${moment}, then ${planName}`;
export const planOf = (name: string) => `The plan of ${name} is`;
export const change = 'Change';
export const changeOf = (name: string) => `Change the end of the plan of ${name}`;
export const permanent = 'Make permanent';
export const permanentOf = (name: string) => `Make the plan of ${name} permanent`;
export const only = (planName: string) => `${planName} only until`;
export const forPerson = (name: string) => `for ${name}`;
export const save = 'Save';
export const saving = 'Saving…';
export const cancel = 'Cancel';
export const saved = (name: string) => `The end of the plan of ${name} is saved.`;
export const madePermanent = (name: string, planName: string) => `${name} keeps ${planName}.`;
export const failed = 'The end was not saved. Try again.';
export const refusals: Partial<Record<FailureCode, string>> = {
  invalid:
    'The end was not saved. Choose a time that is to come, within a year, and that the clocks show. There also has to be a plan to go back to.',
  'change-limit':
    'The end was not saved. You have changed as many people as you can in an hour. Try again later, or ask an admin.',
};
