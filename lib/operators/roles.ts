export const roles = ['viewer', 'helpdesk', 'admin'] as const;
export type Role = (typeof roles)[number];
