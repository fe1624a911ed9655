/** One record as CSV (RFC 4180). */
export const csvLine = (cells: string[]): string => `${cells.map(csvCell).join(',')}\r\n`;

/** What a spreadsheet would take for a formula, also in full width, gets a quote in front (OWASP, CSV Injection). */
const formula = /^[=+\-@\t\r＝＋－＠]/;

/** One cell as CSV: quoted where it must be, and never a formula. */
export function csvCell(value: string): string {
  const safe = formula.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A cell of ours as it was before it was made safe. */
export const unguarded = (cell: string): string =>
  cell[0] === "'" && formula.test(cell.slice(1, 2)) ? cell.slice(1) : cell;
