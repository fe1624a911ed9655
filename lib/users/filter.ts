/** What part of an account's people is shown, in which order; the address is its only home. */
export const sortKeys = ['name', 'email', 'license', 'status'] as const;
export type SortKey = (typeof sortKeys)[number];

export type UserFilter = {
  search: string;
  sort: SortKey;
  descending: boolean;
  /** Opaque position from an earlier page; absent for the first page. */
  cursor?: string;
};

export const firstPage: UserFilter = { search: '', sort: 'name', descending: false };

/** People on one page. */
export const pageSize = 50;

/** Longer searches are cut here: no name, e-mail or ID is longer. */
export const longestSearch = 200;

type Params = { get(name: string): string | null | undefined };

/** Reads a filter from an address; what does not belong there is ignored, never an error. */
export function filterFromParams(params: Params): UserFilter {
  const sort = sortKeys.find((key) => key === params.get('sort')) ?? firstPage.sort;
  const cursor = params.get('at') ?? undefined;
  return {
    search: searchFrom(params.get('q') ?? ''),
    sort,
    descending: params.get('dir') === 'desc',
    ...(cursor ? { cursor } : {}),
  };
}

/** The address of a filter, without the question mark; defaults are left out. */
export function paramsFromFilter(filter: UserFilter): string {
  const params = new URLSearchParams();
  if (filter.search !== '') params.set('q', filter.search);
  if (filter.sort !== firstPage.sort) params.set('sort', filter.sort);
  if (filter.descending) params.set('dir', 'desc');
  if (filter.cursor) params.set('at', filter.cursor);
  return params.toString();
}

/** A search that PostgreSQL can take: no NUL, no half of a surrogate pair, not endless. */
function searchFrom(text: string): string {
  return [...text.toWellFormed().replaceAll('\0', '')].slice(0, longestSearch).join('');
}
