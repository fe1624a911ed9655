/** Weakest first: of several roles that the groups of an operator name, the last one here counts. What a role may do is in `permissions.ts`. */
export const roles = ['viewer', 'helpdesk', 'admin'] as const;
export type Role = (typeof roles)[number];
