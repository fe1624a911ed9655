import { number } from '../formats.ts';

/** The way through the pages of a list. */
export const pager = {
  pages: 'Pages',
  size: number,
  pageSize: 'People per page',
  page: 'Page',
  ofPages: (pages: number) => `of ${number(pages)}`,
  goToPage: 'Go',
  pageFailed: 'The page could not be opened. Try again.',
  previous: 'Previous',
  next: 'Next',
  range: (first: number, last: number, total: number | null, search: string) =>
    `${number(first)}–${number(last)} of ${total === null ? 'many' : number(total)}${search ? ` matching “${search}”` : ''}`,
};
