import type { License } from '../licenses/license.ts';
import type { PersonRef } from '../people/person-ref.ts';

/** What an uploaded file of people may weigh, and how many lines of people it may have. */
export const largestFile = 10 * 1024 * 1024;
export const mostRows = 100_000;

/** The longest reason a change can have. */
export const longestReason = 500;

/** What can stand between two cells; a file uses one of them throughout. */
export const delimiters = [',', ';', '\t'] as const;
export type Delimiter = (typeof delimiters)[number];

export type ColumnRole = 'email' | 'userId' | 'license' | 'reason';

/** Which column (0-based) holds what; absent where none does. Without `email` and `userId` nobody can be read. */
export type Columns = Partial<Record<ColumnRole, number>>;

/** Somebody a file names, and what it wants for them. */
export type FileRow = {
  /** Where it begins in the file, blank lines counted. */
  line: number;
  ref: PersonRef;
  license: License | null;
  reason: string | null;
};

export type ComplaintCode =
  | 'no-person-column'
  | 'broken-quotes'
  | 'open-quote'
  | 'ragged'
  | 'no-person'
  | 'not-an-email'
  | 'not-an-id'
  | 'unknown-license'
  | 'long-reason'
  | 'unreadable-letters'
  | 'contradiction';

/** Why a line is not used. `value` is the beginning of the cell it is about. */
export type Complaint = {
  line: number;
  code: ComplaintCode;
  value?: string;
  /** The last of several lines that are not used. */
  lastLine?: number;
  /** Where the same person was named before. */
  firstLine?: number;
  /** How many cells or characters there are, and how many there should be. */
  count?: { is: number; expected: number };
};

/** A file of people as it was understood. */
export type PeopleFile = {
  encoding: 'UTF-8' | 'UTF-16';
  delimiter: Delimiter;
  /** The headings; null where the first line names a person. */
  header: string[] | null;
  columns: Columns;
  /** The first lines of people as cells, for showing the guess. */
  sample: string[][];
  rows: FileRow[];
  /** The first of them, by line. */
  complaints: Complaint[];
  complaintCount: number;
  /** Lines that say once more what an earlier line said of the same person. */
  duplicates: number;
  /** Lines of people in all, whatever became of them. */
  records: number;
  blankLines: number;
};

/** Why a file is not read at all. */
export type FileProblem = 'empty' | 'only-header' | 'workbook' | 'not-text' | 'too-large' | 'too-many-rows';
