import { type EndsKind, endsKinds } from '../licenses/ending.ts';

/** What part of an account's people is shown, in which order; the address is its only home. */
export const sortKeys = [
  'name',
  'email',
  'status',
  'license',
  'changed',
  'type',
  'registered',
  'invited',
  'id',
] as const;
export type SortKey = (typeof sortKeys)[number];

/** The facts of a person that a list can be narrowed by, each with its count. */
export const facetKeys = ['license', 'registration', 'invitation', 'userType'] as const;
export type FacetKey = (typeof facetKeys)[number];

/** "Changed in the last N days": the N that are offered. */
export const changedDays = [1, 7, 30] as const;
export type ChangedDays = (typeof changedDays)[number];

/** "For more than N days": the N that are offered. */
export const olderDays = [30, 90] as const;
export type OlderDays = (typeof olderDays)[number];

export type UserFilter = {
  search: string;
  /** Values as Chime spells them, `none` where it says nothing; an empty list does not narrow. */
  facets: Record<FacetKey, string[]>;
  /** Only people whose plan was changed in the last so many days. */
  changedWithin: ChangedDays | null;
  /** Only people whose plan was last changed outside Carillon. */
  outside: boolean;
  /** Only people with a temporary plan whose end is near, or has failed. */
  ends: EndsKind | null;
  /** Only people whose plan has stayed for more than so many days, and who were registered or invited before that. */
  unchanged: OlderDays | null;
  /** Only people who were invited more than so many days ago. */
  invited: OlderDays | null;
  /** The ID of a pasted list of e-mails and user IDs. */
  list: string | null;
  sort: SortKey;
  descending: boolean;
  /** Opaque position from an earlier page; absent for the first page. */
  cursor?: string;
};

export const noFacets: Record<FacetKey, string[]> = { license: [], registration: [], invitation: [], userType: [] };

export const firstPage: UserFilter = {
  search: '',
  facets: noFacets,
  changedWithin: null,
  outside: false,
  ends: null,
  unchanged: null,
  invited: null,
  list: null,
  sort: 'name',
  descending: false,
};

/** How the address and the filter call a fact that Chime says nothing of. */
export const noValue = 'none';

/** How many people a page can have, the fewest first, which is what everybody begins with. */
export const pageSizes = [50, 100, 200] as const;
export type PageSize = (typeof pageSizes)[number];
export const pageSize: PageSize = 50;

/** The size that a text names; a text that names none of them stands for the smallest. */
export const pageSizeFrom = (text: string | null | undefined): PageSize =>
  pageSizes.find((size) => String(size) === text) ?? pageSize;

/** Longer searches are cut here: no name, e-mail or ID is longer. */
export const longestSearch = 200;

/** What the address calls each fact. */
export const facetParams = {
  license: 'plan',
  registration: 'registration',
  invitation: 'invitation',
  userType: 'type',
} as const satisfies Record<FacetKey, string>;

/** No operator chooses more values than this in one parameter. */
const maxValues = 12;

type Params = { get(name: string): string | null | undefined };

/** Reads a filter from an address; what does not belong there is ignored, never an error. */
export function filterFromParams(params: Params): UserFilter {
  const sort = sortKeys.find((key) => key === params.get('sort')) ?? firstPage.sort;
  const cursor = params.get('at') ?? undefined;
  const values = (key: FacetKey) => valuesFrom(params.get(facetParams[key]) ?? '');
  return {
    search: searchFrom(params.get('q') ?? ''),
    facets: {
      license: values('license'),
      registration: values('registration'),
      invitation: values('invitation'),
      userType: values('userType'),
    },
    changedWithin: changedDays.find((days) => String(days) === params.get('changed')) ?? null,
    outside: params.get('outside') === 'yes',
    ends: endsKinds.find((kind) => kind === params.get('ends')) ?? null,
    unchanged: olderDays.find((days) => String(days) === params.get('unchanged')) ?? null,
    invited: olderDays.find((days) => String(days) === params.get('invited')) ?? null,
    list: listFrom(params.get('list')),
    sort,
    descending: params.get('dir') === 'desc',
    ...(cursor ? { cursor } : {}),
  };
}

/** The address of a filter, without the question mark; defaults are left out. */
export function paramsFromFilter(filter: UserFilter): string {
  const params = new URLSearchParams();
  if (filter.search !== '') params.set('q', filter.search);
  for (const key of facetKeys) {
    if (filter.facets[key].length > 0) params.set(facetParams[key], filter.facets[key].join('.'));
  }
  if (filter.changedWithin !== null) params.set('changed', String(filter.changedWithin));
  if (filter.outside) params.set('outside', 'yes');
  if (filter.ends !== null) params.set('ends', filter.ends);
  if (filter.unchanged !== null) params.set('unchanged', String(filter.unchanged));
  if (filter.invited !== null) params.set('invited', String(filter.invited));
  if (filter.list !== null) params.set('list', filter.list);
  if (filter.sort !== firstPage.sort) params.set('sort', filter.sort);
  if (filter.descending) params.set('dir', 'desc');
  if (filter.cursor) params.set('at', filter.cursor);
  return params.toString();
}

/** Whether a filter leaves anybody out. */
export function isNarrow(filter: UserFilter): boolean {
  return (
    filter.search.trim() !== '' ||
    facetKeys.some((key) => filter.facets[key].length > 0) ||
    filter.changedWithin !== null ||
    filter.outside ||
    isAboutTime(filter) ||
    filter.list !== null
  );
}

/** Whether a filter asks for ends, for plans that stayed or for old invitations. */
export const isAboutTime = ({ ends, unchanged, invited }: UserFilter): boolean =>
  ends !== null || unchanged !== null || invited !== null;

/** Whether an address can hold it as a value of a fact. */
export const isFacetValue = (text: string): boolean => /^[A-Za-z][A-Za-z0-9_-]{0,39}$/.test(text);

function valuesFrom(text: string): string[] {
  const values = text.split('.').filter(isFacetValue);
  return [...new Set(values)].slice(0, maxValues);
}

const listFrom = (text: string | null | undefined) => (text && /^[A-Za-z0-9_-]{16,64}$/.test(text) ? text : null);

/** A search that PostgreSQL can take: no NUL, no half of a surrogate pair, not endless. */
function searchFrom(text: string): string {
  return [...text.toWellFormed().replaceAll('\0', '')].slice(0, longestSearch).join('');
}
