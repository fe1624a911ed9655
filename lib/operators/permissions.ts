import type { Role } from './roles.ts';

export type Permission =
  | 'users:view'
  | 'licenses:change'
  | 'directory:refresh'
  | 'batches:view'
  | 'batches:run'
  | 'audit:view-all';

/** What each role may do. What is not listed here is not allowed. */
const permissions: Record<Role, readonly Permission[]> = {
  viewer: ['users:view', 'directory:refresh', 'batches:view'],
  helpdesk: ['users:view', 'directory:refresh', 'batches:view', 'licenses:change'],
  admin: ['users:view', 'directory:refresh', 'batches:view', 'licenses:change', 'batches:run', 'audit:view-all'],
};

/** Whether somebody may do something. What is about all accounts is only for operators whose accounts are not limited. */
export function may({ role, isForAll }: { role: Role; isForAll: boolean }, permission: Permission): boolean {
  return permissions[role].includes(permission) && (permission !== 'audit:view-all' || isForAll);
}
