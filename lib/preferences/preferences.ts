import type { PageSize } from '../search/filter.ts';
import type { OptionalColumn } from '../users/columns.ts';

export const densities = ['comfortable', 'compact'] as const;
type Density = (typeof densities)[number];

/** How an operator wants the people's table to look. */
export type Preferences = { columns: OptionalColumn[]; density: Density; pageSize: PageSize };

export const defaultPreferences: Preferences = { columns: ['changed'], density: 'comfortable', pageSize: 50 };
