import type { OptionalColumn } from '@/lib/users/columns.ts';

export type Column = 'name' | 'status' | 'license' | OptionalColumn;

/**
 * How wide each column is at least, in rem. A table that is wider than its columns together gives each of them its part of the rest.
 */
const least: Record<Column, number> = {
  name: 18,
  status: 6.75,
  license: 9.25,
  changed: 7.75,
  email: 18,
  type: 7.5,
  id: 17,
  registered: 7.5,
  invited: 7.5,
};
const ticks = 2.25;

/** The same as classes, because the Content-Security-Policy takes no style of an element's own. */
const widths: Record<Column, string> = {
  name: 'w-72',
  status: 'w-27',
  license: 'w-37',
  changed: 'w-31',
  email: 'w-72',
  type: 'w-30',
  id: 'w-68',
  registered: 'w-30',
  invited: 'w-30',
};

/** Without columns of their choice a tablet held upright has room for all. */
const narrowWidths: Partial<Record<Column, string>> = {
  name: 'w-57 @min-[44rem]/people:w-72',
  status: 'w-22 @min-[44rem]/people:w-27',
  license: 'w-34 @min-[44rem]/people:w-37',
  changed: 'w-25 @min-[44rem]/people:w-31',
};

/** From so many rem on there is room for what is said of a saved change beside the plan, and for whole addresses and words. */
const roomy = [
  {
    from: 72,
    name: '@min-[72rem]/people:w-88',
    status: '@min-[72rem]/people:w-33',
    license: '@min-[72rem]/people:w-120',
    changed: '@min-[72rem]/people:w-38',
  },
  {
    from: 80,
    name: '@min-[80rem]/people:w-88',
    status: '@min-[80rem]/people:w-33',
    license: '@min-[80rem]/people:w-120',
    changed: '@min-[80rem]/people:w-38',
  },
  {
    from: 88,
    name: '@min-[88rem]/people:w-88',
    status: '@min-[88rem]/people:w-33',
    license: '@min-[88rem]/people:w-120',
    changed: '@min-[88rem]/people:w-38',
  },
];
const isRoomy = (column: Column): column is 'name' | 'status' | 'license' | 'changed' =>
  column === 'name' || column === 'status' || column === 'license' || column === 'changed';
const roomyExtra = 28;

/** Below so many rem the table scrolls in its box, and a line above it says so. */
export const scrolling = [
  { below: 36.75, box: 'sm:@max-[36.75rem]/people:scrolls', hint: 'sm:@max-[36.75rem]/people:block' },
  { below: 54, box: 'sm:@max-[54rem]/people:scrolls', hint: 'sm:@max-[54rem]/people:block' },
  { below: 62, box: 'sm:@max-[62rem]/people:scrolls', hint: 'sm:@max-[62rem]/people:block' },
  { below: 70, box: 'sm:@max-[70rem]/people:scrolls', hint: 'sm:@max-[70rem]/people:block' },
  { below: 78, box: 'sm:@max-[78rem]/people:scrolls', hint: 'sm:@max-[78rem]/people:block' },
  { below: 86, box: 'sm:@max-[86rem]/people:scrolls', hint: 'sm:@max-[86rem]/people:block' },
  { below: 94, box: 'sm:@max-[94rem]/people:scrolls', hint: 'sm:@max-[94rem]/people:block' },
  { below: 102, box: 'sm:@max-[102rem]/people:scrolls', hint: 'sm:@max-[102rem]/people:block' },
];

/** The columns in their order: an e-mail address stands beside the name. */
export const inOrder = (columns: OptionalColumn[]): Column[] => [
  'name',
  ...columns.filter((column) => column === 'email'),
  'status',
  'license',
  ...columns.filter((column) => column !== 'email'),
];

/** How wide a table of these columns is at least, in rem. */
export const widthOf = (columns: OptionalColumn[]): number =>
  inOrder(columns).reduce((sum, column) => sum + least[column], ticks);

/** The classes of a table of these columns: of each column, of the box around it, and of the hint that it scrolls sideways. */
export function tableClasses(columns: OptionalColumn[]) {
  const isNarrow = columns.every((column) => column === 'changed');
  const need = widthOf(columns);
  const wide = roomy.find(({ from }) => from >= need + roomyExtra);
  const scroll = scrolling.find(({ below }) => isNarrow || below >= need);
  const classOf = (column: Column) =>
    [(isNarrow && narrowWidths[column]) || widths[column], isRoomy(column) ? wide?.[column] : undefined].join(' ');
  return { classOf, box: scroll?.box ?? '', hint: scroll?.hint ?? '' };
}
