/** The header of what a page reads by itself, while nobody has touched it: reading on must not keep a session open. */
export const awayHeader = 'x-carillon-away';

/** The cookie that says the same where no header can be sent: when the whole page is drawn again. */
export const awayCookie = 'carillon-away';
