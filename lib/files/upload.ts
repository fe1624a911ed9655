import {
  type ChosenColumns,
  columnRoles,
  type FileProblem,
  type PeopleFile,
  type ReadingChoices,
} from '../lists/file.ts';

/** A file as it travels back to the browser: its people and complaints by their number, and the first of the complaints. */
export type UnderstoodFile = Omit<PeopleFile, 'rows'> & { people: number; complaintCount: number };

/** How many complaints travel with it; all of them can be downloaded. */
export const maxComplaints = 1_000;

/** What handing in a file comes to. */
export type UploadAnswer =
  | { state: 'read'; file: UnderstoodFile }
  | { state: 'prepared'; batchId: string }
  | { state: 'refused'; problem: FileProblem; line?: number };

/**
 * What handing in a file that says something of people comes to. `isOther`: it was to be kept, and it means other people now than when
 * that was shown.
 */
export type ValuesAnswer =
  | { state: 'read'; file: UnderstoodFile; preview: FilePreview; isOther: boolean }
  | { state: 'kept'; people: number }
  | { state: 'refused'; problem: FileProblem; line?: number };

/** Lines as they are shown: how many, and the first of them. */
export type ShownLines = { count: number; first: { line: number; text: string }[] };

/** What a file would count for, as it is shown before it does. The same people with the same values have the same fingerprint. */
export type FilePreview = { matched: number; unmatched: ShownLines; unclear: ShownLines; fingerprint: string };

/** Choices as an address holds them: `columns=email.0-license.none`, `header=3`. */
export function paramsOfChoices({ encoding, delimiter, headerLine, columns = {} }: ReadingChoices): URLSearchParams {
  const params = new URLSearchParams();
  if (encoding) params.set('encoding', encoding);
  if (delimiter) params.set('delimiter', delimiter);
  if (headerLine !== undefined) params.set('header', String(headerLine ?? 'none'));
  const parts = columnRoles.flatMap((role) =>
    columns[role] === undefined ? [] : [`${role}.${columns[role] ?? 'none'}`],
  );
  if (parts.length > 0) params.set('columns', parts.join('-'));
  return params;
}

/** Reads the columns of such an address; undefined where it is none, so that no other column is read instead. */
export function columnsFrom(text: string): ChosenColumns | undefined {
  const columns: ChosenColumns = {};
  for (const part of text.split('-')) {
    const [, name, index] = /^([A-Za-z]+)\.(\d{1,4}|none)$/.exec(part) ?? [];
    const role = columnRoles.find((one) => one === name);
    if (!role || index === undefined) return undefined;
    columns[role] = index === 'none' ? null : Number(index);
  }
  return columns;
}
