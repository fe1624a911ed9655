export const sheet = 'overflow-clip rounded-xl border border-line bg-sheet print:rounded-none';

export const head = 'border-b border-line px-4 py-2 font-medium print:px-2 print:py-0.5';

export const rowHead =
  'px-4 py-2 text-start font-semibold break-words max-sm:block max-sm:py-0 print:px-2 print:py-0 print:font-medium';

/** A number; on a phone a line of its row's card, behind the column's name. */
export const cell =
  'px-4 py-2 text-end max-sm:flex max-sm:items-baseline max-sm:justify-between max-sm:py-1 max-sm:text-start print:px-2 print:py-0';
