export const sheet = 'overflow-clip rounded-xl border border-line bg-sheet print:rounded-none';

export const head = 'border-b border-line px-3 py-2 first:ps-4 last:pe-4 font-medium print:px-1! print:py-0.5';

export const rowHead =
  'py-2 ps-4 pe-3 text-start font-semibold break-words max-sm:block max-sm:py-0 print:px-1 print:py-0 print:font-medium';

/** A number; on a phone a line of its row's card, behind the column's name. */
export const cell =
  'px-3 py-2 text-end last:pe-4 max-sm:flex max-sm:items-baseline max-sm:justify-between max-sm:py-1 max-sm:px-4 max-sm:text-start print:px-1! print:py-0';
