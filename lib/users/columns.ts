/**
 * The columns of the people's table that may be left out, in their order; name, status and plan are always there. A new one also gets a
 * name, a cell, a width and an order to sort by: CONTRIBUTING.md says where.
 */
export const optionalColumns = ['changed', 'email', 'type', 'id', 'registered', 'invited'] as const;
export type OptionalColumn = (typeof optionalColumns)[number];
