import { firstPage, noFacets, type UserFilter } from './filter.ts';

export type QuestionKey =
  | 'pro-suspended'
  | 'pro-never-signed-up'
  | 'old-trials'
  | 'old-invitations'
  | 'ends-soon'
  | 'end-failed';

/** Filters that answer what is asked often: licenses that may not be needed, and temporary plans to look after. */
export const questions: { key: QuestionKey; filter: UserFilter }[] = [
  { key: 'pro-suspended', filter: having({ license: ['Pro'], registration: ['Suspended'] }) },
  { key: 'pro-never-signed-up', filter: having({ license: ['Pro'], registration: ['Unregistered'] }) },
  { key: 'old-trials', filter: { ...having({ license: ['ProTrial'] }), unchanged: 30 } },
  { key: 'old-invitations', filter: { ...having({ invitation: ['Pending'] }), invited: 90 } },
  { key: 'ends-soon', filter: { ...firstPage, ends: 'soon' } },
  { key: 'end-failed', filter: { ...firstPage, ends: 'failed' } },
];

function having(facets: Partial<UserFilter['facets']>): UserFilter {
  return { ...firstPage, facets: { ...noFacets, ...facets } };
}
