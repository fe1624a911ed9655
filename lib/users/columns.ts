/**
 * The columns of the people's table that may be left out, in their order; name, status and plan are always there. A new one also gets
 * a name (`columnNames` of `texts/english/people.ts`), a cell (`components/users/table/row/optional-cell.tsx`), a width (`table/column-widths.ts`), and an
 * order (`sortKeys` of `search/filter.ts`, `search/sort-columns-store.ts`). Where its value comes from Chime, CONTRIBUTING.md has the rest.
 */
export const optionalColumns = ['changed', 'email', 'type', 'id', 'registered', 'invited'] as const;
export type OptionalColumn = (typeof optionalColumns)[number];
