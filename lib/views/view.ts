import { filterFromParams, paramsFromFilter } from '../search/filter.ts';

/** A filter that an operator has given a name; `params` is its address without the question mark. */
export type View = { name: string; params: string };

/** Views of one operator in one account. */
export const maxViews = 50;
export const longestViewName = 60;

/** A name as it is kept: trimmed, runs of white space as one blank; null for what is no name. */
export function viewNameFrom(text: string): string | null {
  const name = text.replace(/\s+/g, ' ').trim();
  const isName = name !== '' && [...name].length <= longestViewName && name.isWellFormed() && !/\p{Cc}/u.test(name);
  return isName ? name : null;
}

/** The address of a view: what belongs to a filter and nothing else, without the place in the list. */
export function viewParamsFrom(params: string): string {
  return paramsFromFilter({ ...filterFromParams(new URLSearchParams(params)), cursor: undefined });
}
