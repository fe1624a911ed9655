import type { PageSize } from '../search/filter.ts';

/** The columns of the people's table that may be left out, in their order; name, status and plan are always there. */
export const optionalColumns = ['changed', 'email', 'type', 'id', 'registered', 'invited'] as const;
export type OptionalColumn = (typeof optionalColumns)[number];

export const densities = ['comfortable', 'compact'] as const;
type Density = (typeof densities)[number];

/** How an operator wants the people's table to look. */
export type Preferences = { columns: OptionalColumn[]; density: Density; pageSize: PageSize };

export const defaultPreferences: Preferences = { columns: ['changed'], density: 'comfortable', pageSize: 50 };
