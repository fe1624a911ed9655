import type { ColumnRole, Columns, FileProblem, PeopleFile } from './file.ts';

/** A file as it travels back to the browser: without its people, but with their number. */
export type UnderstoodFile = Omit<PeopleFile, 'rows'> & { people: number };

/** What handing in a file comes to. */
export type UploadAnswer =
  | { state: 'read'; file: UnderstoodFile }
  | { state: 'prepared'; batchId: string }
  | { state: 'refused'; problem: FileProblem; line?: number };

export const columnRoles = ['email', 'userId', 'license', 'reason'] as const satisfies readonly ColumnRole[];

/** Columns as an address holds them, as in `email.0-license.2`. */
export const textOfColumns = (columns: Columns): string =>
  columnRoles.flatMap((role) => (columns[role] === undefined ? [] : [`${role}.${columns[role]}`])).join('-');

/** Reads them; what does not belong there is left out. */
export function columnsFrom(text: string): Columns {
  const columns: Columns = {};
  for (const part of text.split('-')) {
    const [, name, index] = /^([A-Za-z]+)\.(\d{1,4})$/.exec(part) ?? [];
    const role = columnRoles.find((one) => one === name);
    if (role && index !== undefined) columns[role] = Number(index);
  }
  return columns;
}
