import { type Role, roles } from '../auth/permissions.ts';

/** How many people somebody of a role may change with one batch, and with all batches of 24 hours, without a second admin. */
export type BatchLimit = { people: number; perDay: number };
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

/** Whether a batch needs a second admin. `today`: people in what the operator has submitted within 24 hours before. */
export function needsApproval(limits: BatchLimits, role: Role, people: number, today: number): boolean {
  const limit = limits[role];
  return !limit || people > limit.people || today + people > limit.perDay;
}
