import type { Role } from './roles.ts';

export type Permission =
  | 'users:view'
  | 'licenses:change'
  | 'directory:refresh'
  | 'batches:view'
  | 'batches:run'
  | 'audit:view-all'
  | 'prices:enter'
  | 'files:keep'
  | 'tokens:make';

/** What each role may do. What is not listed here is not allowed. */
const permissions: Record<Role, readonly Permission[]> = {
  viewer: ['users:view', 'directory:refresh', 'batches:view'],
  helpdesk: ['users:view', 'directory:refresh', 'batches:view', 'licenses:change'],
  admin: [
    ...([
      'users:view',
      'directory:refresh',
      'batches:view',
      'licenses:change',
      'batches:run',
      'audit:view-all',
    ] as const),
    ...(['prices:enter', 'files:keep', 'tokens:make'] as const),
  ],
};

/** What is about all accounts. */
const aboutAll: readonly Permission[] = ['audit:view-all', 'prices:enter'];

/** Whether somebody may do something. What is about all accounts is only for operators whose accounts are not limited. */
export function may({ role, isForAll }: { role: Role; isForAll: boolean }, permission: Permission): boolean {
  return permissions[role].includes(permission) && (isForAll || !aboutAll.includes(permission));
}
