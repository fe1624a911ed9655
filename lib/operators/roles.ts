/** Weakest first: of several roles that the groups of an operator name, the last one here counts. */
export const roles = ['viewer', 'helpdesk', 'admin'] as const;
export type Role = (typeof roles)[number];
