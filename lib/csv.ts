/** One record as CSV (RFC 4180). */
export const csvLine = (cells: readonly string[]): string => `${cells.map(csvCell).join(',')}\r\n`;

/** The headings of a file, behind the byte-order mark without which Excel on Windows reads UTF-8 as another encoding. */
export const csvHead = (headings: readonly string[]): string => `\uFEFF${csvLine(headings)}`;

/** A moment (ISO-8601, UTC) to the second, as every spreadsheet takes it for a date and time. Nothing where there is none. */
export const csvMoment = (at: string | null): string => (at === null ? '' : at.slice(0, 19).replace('T', ' '));

/** What a spreadsheet would take for a formula, also in full width, gets a quote in front (OWASP, CSV Injection). */
const formula = /^[=+\-@\t\r\n＝＋－＠]/;

/** So does what would begin a cell for a spreadsheet that parts cells by semicolons, as half of Europe's do, or by tabs. */
const formulaInside = /(?<=[;\t\r\n])(?=[=+\-@＝＋－＠])/g;

/** One cell as CSV: quoted where it must be, and never a formula. */
export function csvCell(value: string): string {
  const guarded = value.replace(formulaInside, "'");
  const safe = formula.test(guarded) ? `'${guarded}` : guarded;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A cell of ours as it was before it was made safe. */
export function unguarded(cell: string): string {
  const own = cell[0] === "'" && formula.test(cell.slice(1, 2)) ? cell.slice(1) : cell;
  return own.replace(/(?<=[;\t\r\n])'(?=[=+\-@＝＋－＠])/g, '');
}
