/** One record as CSV (RFC 4180). */
export const csvLine = (cells: string[]): string => `${cells.map(csvCell).join(',')}\r\n`;

/**
 * Where a spreadsheet could take what follows for a formula, also in full width (OWASP, CSV Injection): at the beginning of a
 * cell, and wherever one could begin for a spreadsheet that parts cells otherwise, by semicolons as half of Europe's do.
 */
const formula = /(?:^|[;\t\r\n])(?=[=+\-@＝＋－＠])|^(?=[\t\r\n])/g;

/** One cell as CSV: quoted where it must be, and never a formula: a quote stands before what could be one. */
export function csvCell(value: string): string {
  const safe = value.replace(formula, "$&'");
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A cell of ours as it was before it was made safe. */
export const unguarded = (cell: string): string =>
  cell[0] === "'" && formula.test(cell.slice(1, 2)) ? cell.slice(1) : cell;
