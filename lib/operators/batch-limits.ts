import { type Role, roles } from './roles.ts';

/** How many people somebody of a role may change with one batch, and with all batches of 24 hours, without a second admin. */
type BatchLimit = { people: number; perDay: number };
export type BatchLimits = Partial<Record<Role, BatchLimit>>;

export const defaultLimits = 'admin=1000/5000';

/**
 * Reads a setting such as `admin=1000/5000`: for each role, people in one batch and in a day, with commas between roles.
 * Undefined where it is not written so.
 */
export function limitsFrom(text: string): BatchLimits | undefined {
  const limits: BatchLimits = {};
  for (const part of text.split(',')) {
    const [, name, people, perDay] = /^\s*([a-z]+)=(\d{1,7})\/(\d{1,8})\s*$/.exec(part) ?? [];
    const role = roles.find((one) => one === name);
    if (!role || limits[role]) return undefined;
    limits[role] = { people: Number(people), perDay: Number(perDay) };
  }
  return limits;
}

/** A batch that counts in the day on which it runs: when that is, and how many people it is about. */
export type Run = { at: Date; people: number };

const dayMs = 86_400_000;

/** The most people that run within 24 hours, of all such times that a moment lies in. */
export function peopleInDay(runs: Run[], moment: Date): number {
  const near = runs.filter(({ at }) => Math.abs(at.getTime() - moment.getTime()) < dayMs);
  const begins = [moment, ...near.map(({ at }) => at).filter((at) => at <= moment)].map((at) => at.getTime());
  const from = (begin: number) => near.filter(({ at }) => at.getTime() >= begin && at.getTime() < begin + dayMs);
  return Math.max(...begins.map((begin) => from(begin).reduce((sum, { people }) => sum + people, 0)));
}

/** Whether a batch needs a second admin. `inDay`: people of the operator's other batches that run within the same 24 hours. */
export function needsApproval(limits: BatchLimits, role: Role, people: number, inDay: number): boolean {
  const limit = limits[role];
  return !limit || people > limit.people || inDay + people > limit.perDay;
}
