/** On paper the headings stand as close as the numbers below them. */
export const printed = 'print:px-1! print:py-0.5';

export const rowHead =
  'py-2 ps-4 pe-3 text-start font-semibold break-words max-sm:block max-sm:py-0 print:px-1 print:py-0 print:font-medium';

/** A number; on a phone a line of its row's card, behind the column's name. */
export const cell =
  'px-3 py-2 text-end last:pe-4 max-sm:flex max-sm:items-baseline max-sm:justify-between max-sm:py-1 max-sm:px-4 max-sm:text-start print:px-1! print:py-0';
