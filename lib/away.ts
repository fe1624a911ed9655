/** The header of what a page reads by itself, while nobody has touched it: reading on must not keep a session open. */
export const awayHeader = 'x-carillon-away';
