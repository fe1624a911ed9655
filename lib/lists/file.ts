import type { License } from '../licenses/license.ts';
import type { Complaint } from '../matching/complaint.ts';
import type { PersonRef } from '../matching/person-ref.ts';

/** What an uploaded file of people may weigh, and how many lines of people it may have. */
export const largestFile = 10 * 1024 * 1024;
export const maxRows = 100_000;

/** How many columns a file may have, and how many characters one line and one cell that is used. */
export const maxColumns = 200;
export const longestLine = 100_000;
export const longestCell = 2_000;

/** A line of so many characters has no end: reading stops there. */
export const endlessLine = 1_000_000;

/** The longest name of a department. */
export const longestDepartment = 200;

/** The longest reason a change can have. */
export const longestReason = 500;

export const encodings = ['UTF-8', 'UTF-16', 'Windows-1252'] as const;
export type Encoding = (typeof encodings)[number];

/** What can stand between two cells; a file uses one of them throughout. */
export const delimiters = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof delimiters)[number];

export const columnRoles = ['email', 'userId', 'upn', 'license', 'reason', 'department', 'days'] as const;
export type ColumnRole = (typeof columnRoles)[number];

/** The roles that say who a line is about. */
export const personRoles = ['email', 'userId', 'upn'] as const satisfies readonly ColumnRole[];

/** What a file of people is handed in for, and what its columns can be used as then. */
export const rolesByUse = {
  plans: [...personRoles, 'license', 'reason'],
  departments: [...personRoles, 'department'],
  activity: [...personRoles, 'days'],
} as const satisfies Record<string, readonly ColumnRole[]>;
export type FileUse = keyof typeof rolesByUse;

/** Which column (0-based) holds what; absent where none does. */
export type Columns = Partial<Record<ColumnRole, number>>;

/** Which column is to hold what; null: no column does. A role that is absent is recognised from the file. */
export type ChosenColumns = Partial<Record<ColumnRole, number | null>>;

/** How a file is to be read. What is absent is recognised; `headerLine` is null where the file has no headings. */
export type ReadingChoices = {
  encoding?: Encoding | undefined;
  delimiter?: Delimiter | undefined;
  headerLine?: number | null | undefined;
  columns?: ChosenColumns | undefined;
};

/**
 * Why a column is used, or not. chosen: the operator said so. heading: its heading says what it holds. content: a file without
 * headings, or with one column, and this one holds addresses or IDs. own-export: the plans in an export of Carillon's are
 * those that people have. not-a-wish: plans, but its heading does not say that they are wished. overruled: plans that are
 * wished, where the operator chose others. other-address: a manager's or a second address. undecided: a question is open.
 * unknown: none of these.
 */
export type ColumnReason =
  | 'chosen'
  | 'heading'
  | 'content'
  | 'own-export'
  | 'not-a-wish'
  | 'overruled'
  | 'other-address'
  | 'undecided'
  | 'unknown';

/** One column as it was understood. */
export type FileColumn = {
  /** Empty where the file has no headings. */
  heading: string;
  role: ColumnRole | null;
  reason: ColumnReason;
  /** Whether an operator may want to take the plans from here. */
  maybePlan: boolean;
  /** The first cells that are not empty. */
  sample: string[];
};

/** What only the operator can tell. As long as one is open, a file leads to no preview. */
export type FileQuestion =
  /** Which of these columns (0-based) says who a line is about, or gives the plan, the reason, or another value; empty: none looks like it. */
  | { about: 'person' | 'license' | 'reason' | 'department' | 'days'; columns: number[] }
  /** Line `line` looks like headings, but a line before it names a person. */
  | { about: 'headings'; line: number; before: number };

/** Somebody a file names, and what it wants for them. */
export type FileRow = {
  /** Where it begins in the file, blank lines counted. */
  line: number;
  ref: PersonRef;
  /** Null where no column of the file is used for plans. */
  license: License | null;
  reason: string | null;
  /** The department, in a file of departments. */
  department?: string;
  /** On how many days they hosted, in a file of hosted days. */
  days?: number;
};

/** A file of people as it was understood. */
export type PeopleFile = {
  encoding: Encoding;
  delimiter: Delimiter;
  /** Which line the headings stand on; null where there are none. */
  headerLine: number | null;
  /** Lines before the headings that were not read, and how they begin: the first 20 of `skippedCount`. */
  skipped: { line: number; text: string }[];
  skippedCount: number;
  columns: Columns;
  table: FileColumn[];
  questions: FileQuestion[];
  rows: FileRow[];
  /** All of them, by line. */
  complaints: Complaint[];
  /** Lines that say once more what an earlier line said of the same person. */
  duplicates: number;
  /** Lines of people in all, whatever became of them. */
  records: number;
  blankLines: number;
};

/** Why a file is not read at all, or not used. */
export type FileProblem =
  | 'empty'
  | 'only-header'
  | 'no-such-line'
  | 'workbook'
  | 'not-text'
  | 'too-large'
  | 'too-many-rows'
  | 'too-many-columns'
  | 'open-question'
  | 'no-plan-column'
  | 'too-many-days';

const longestShown = 100;

/** As much of a cell as is shown where a line is talked about. */
export const shown = (text: string): string =>
  text.length > longestShown ? `${text.slice(0, longestShown - 1).toWellFormed()}…` : text;
