import type { Role } from './roles.ts';

/** How many people somebody of a role may change by hand, one at a time, within an hour. */
export type ChangeLimits = Record<Exclude<Role, 'viewer'>, number>;

/** How many changes by hand somebody of a role may make within an hour; those who may only look: none. */
export const changesPerHour = (limits: ChangeLimits, role: Role): number => (role === 'viewer' ? 0 : limits[role]);

/** Far above what a person does by hand: 200 an hour is one every 18 seconds without a pause. */
export const defaultChangeLimits = 'helpdesk=200,admin=1000';

/** Reads a setting such as `helpdesk=200,admin=1000`, in any order. Undefined where it does not say both, and nothing else. */
export function changeLimitsFrom(text: string): ChangeLimits | undefined {
  const found = new Map<string, number>();
  for (const part of text.split(',')) {
    const [, role = '', changes] = /^\s*(helpdesk|admin)=([1-9]\d{0,6})\s*$/.exec(part) ?? [];
    if (changes === undefined || found.has(role)) return undefined;
    found.set(role, Number(changes));
  }
  const [helpdesk, admin] = [found.get('helpdesk'), found.get('admin')];
  return helpdesk === undefined || admin === undefined ? undefined : { helpdesk, admin };
}
