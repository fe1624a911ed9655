import { licenses } from '../../licenses/license.ts';
import {
  type ColumnReason,
  type ColumnRole,
  columnRoles,
  type Delimiter,
  endlessLine,
  type FileColumn,
  type FileProblem,
  type FileQuestion,
  largestFile,
  longestCell,
  longestDepartment,
  longestLine,
  longestReason,
  maxColumns,
  maxRows,
  type PeopleFile,
} from '../../lists/file.ts';
import type { Complaint, ComplaintCode } from '../../matching/complaint.ts';
import { anyOf, number } from '../formats.ts';
import { counted, upperFirst } from './grammar.ts';
import { plan } from './words.ts';

const saveAs = 'In Excel, choose Save as, then “CSV UTF-8 (Comma delimited)”';

/** Why an uploaded file cannot be used, and what to do. */
export const fileProblems: Record<FileProblem, (line?: number) => string> = {
  empty: () => 'This file is empty. Choose a file with one person per line.',
  'only-header': () =>
    'This file has headings but no people below them. Add one person per line, then choose it again.',
  'no-such-line': () => 'This file ends before the line of the headings. Choose another line for the headings.',
  workbook: () => `This is a workbook, not a CSV file. ${saveAs}, and choose the new file.`,
  'not-text': (line) =>
    `This is not a CSV file: ${line === undefined ? 'it' : `line ${number(line)}`} has characters that aren’t text. ${saveAs}, and choose the new file.`,
  'too-large': () =>
    `This file is larger than ${number(largestFile / 1024 / 1024)} MB. Remove columns you don’t need, or split it into several files.`,
  'too-many-rows': () => `This file has more than ${number(maxRows)} lines of people. Split it into several files.`,
  'too-many-columns': () =>
    `This file has more than ${number(maxColumns)} columns. Remove columns you don’t need, or choose what separates its cells.`,
  'open-question': () => 'It is not clear how to read this file. Choose what each column is used as.',
  'no-plan-column': () =>
    'No column of this file is used for plans. Choose one plan for everyone, or choose the column with the new plan for each person.',
  'too-many-days': (line) =>
    `${line === undefined ? 'A line' : `Line ${number(line)}`} has more days than the month. Correct the file, or choose another month.`,
};

const plans = anyOf(licenses.map(plan));

const quoted = ({ value = '' }: Complaint) => `“${value}”`;

const where = ({ line, lastLine = line }: Complaint) =>
  lastLine === line ? `Line ${number(line)}` : `Lines ${number(line)} to ${number(lastLine)}`;

const cells = (count = 0) => counted(count, 'cell', 'cells');

const whatIsWrong: Record<ComplaintCode, (complaint: Complaint) => string> = {
  'broken-quotes': () =>
    'unbalanced quotation marks. A cell in quotation marks ends with one, and a mark inside it is written twice.',
  'open-quote': () =>
    'a quotation mark is opened here and never closed, so nothing after it was read. Close it or remove it.',
  'too-many-cells': ({ count }) =>
    `${cells(count?.is)} where there should be ${number(count?.expected ?? 0)}. Put quotation marks around cells that contain a comma, a semicolon or a tab.`,
  'long-line': () => `more than ${number(longestLine)} characters. Shorten the line, or check its quotation marks.`,
  'endless-line': () =>
    `more than ${number(endlessLine)} characters, so nothing after it was read. Check its quotation marks, and what separates the cells.`,
  'long-cell': ({ count }) =>
    `a cell has ${counted(count?.is ?? 0, 'character', 'characters')}. Shorten it to ${number(longestCell)}.`,
  'no-person': () => 'no e-mail address and no user ID. Add an e-mail or user ID.',
  'not-an-email': (complaint) => `${quoted(complaint)} is not an e-mail address. Write it like name@example.com.`,
  'not-an-id': (complaint) =>
    `${quoted(complaint)} is not a user ID. Copy it from an export of People, or clear the cell and use the e-mail address.`,
  'several-people': (complaint) => `${quoted(complaint)} names more than one person. Write one person per line.`,
  'no-plan': () => `no plan. Write ${plans}, or choose one plan for everyone.`,
  'unknown-license': (complaint) => `${quoted(complaint)} is not a plan. Write ${plans}.`,
  'long-reason': ({ count }) =>
    `the reason has ${counted(count?.is ?? 0, 'character', 'characters')}. Shorten it to ${number(longestReason)}.`,
  'no-department': () => 'no department. Write one, or remove the line.',
  'long-department': ({ count }) =>
    `the department has ${counted(count?.is ?? 0, 'character', 'characters')}. Shorten it to ${number(longestDepartment)}.`,
  'no-days': () => 'no number of days. Write one, or remove the line.',
  'not-days': (complaint) => `${quoted(complaint)} is not a number of days. Write a whole number from 0 to 31.`,
  'unreadable-letters': (complaint) =>
    `${quoted(complaint)} has letters that cannot be read. Choose another encoding for this file. Or, ${saveAs.replace('In', 'in')}, and choose the new file.`,
  contradiction: (complaint) =>
    `${quoted(complaint)} has another plan on line ${number(complaint.otherLine ?? 0)}, so both lines are ignored. Keep one of them.`,
  'two-values': (complaint) =>
    `${quoted(complaint)} has another value on line ${number(complaint.otherLine ?? 0)}, so both lines are ignored. Keep one of them.`,
};

/** The same of a line whose number stands beside it. */
export const lineComplaint = (complaint: Complaint) => upperFirst(whatIsWrong[complaint.code](complaint));

/** What is wrong with a line of an uploaded file, and what to do. */
export const fileComplaint = (complaint: Complaint) => `${where(complaint)}: ${whatIsWrong[complaint.code](complaint)}`;

/** What a column is used for. */
export const columnRoleName: Record<ColumnRole, string> = {
  email: 'E-mail',
  userId: 'User ID',
  upn: 'Sign-in name (UPN)',
  license: 'Plan',
  reason: 'Reason',
  department: 'Department or cost centre',
  days: 'Days hosted',
};

/** What separates two cells. */
export const delimiterName: Record<Delimiter, string> = {
  ',': 'Comma',
  ';': 'Semicolon',
  '\t': 'Tab',
  '|': 'Vertical bar',
};

/** Why a column is used, or not. */
export const columnReason: Record<ColumnReason, string> = {
  chosen: 'You chose this.',
  heading: 'Recognised by its heading.',
  content: 'Recognised by its cells.',
  'own-export': 'This is an export from Carillon: these are the plans people have now, not new plans.',
  'not-a-wish': 'Nothing says that these are new plans.',
  overruled: 'You chose another plan or another column instead.',
  'other-address': 'This is someone else’s address, or a second address.',
  undecided: 'Choose what it is used as.',
  unknown: '',
};

/** The name of a column: its heading and its number. */
export function columnName(table: Pick<FileColumn, 'heading' | 'sample'>[], index: number): string {
  const { heading = '', sample: [first] = [] } = table[index] ?? {};
  if (heading !== '') return `“${heading}” (column ${number(index + 1)})`;
  return first === undefined ? `column ${number(index + 1)}` : `column ${number(index + 1)} (“${first}”)`;
}

const valueNames = { department: 'the department or cost centre', days: 'the number of days hosted' };

/** A question about a file that the operator has to answer. */
export function fileQuestion(question: FileQuestion, table: FileColumn[]): string {
  if (question.about === 'headings') {
    return `Line ${number(question.line)} looks like headings, but line ${number(question.before)} names a person. Choose which line has the headings, or that there are none.`;
  }
  const { about, columns } = question;
  if (columns.length === 0 && (about === 'department' || about === 'days')) {
    return `No heading says which column has ${valueNames[about]}. Choose the column.`;
  }
  if (columns.length === 0) {
    return 'No column with e-mail addresses or user IDs was found. Choose the column with the people.';
  }
  const names = columns.map((index) => columnName(table, index));
  const what = {
    person: 'the people',
    license: 'the new plan for each person',
    reason: 'the reason',
    ...valueNames,
  }[about];
  return columns.length === 1
    ? `Does ${names[0]} contain ${what}? Its heading does not say. Choose the column.`
    : `Which column contains ${what}: ${anyOf(names)}? Choose one.`;
}

/** How a file was read, one sentence per line, for the command line. */
export function fileReading(file: Omit<PeopleFile, 'rows' | 'complaints'>): string[] {
  const { encoding, delimiter, headerLine, skipped, skippedCount, columns, table } = file;
  const unused = table.flatMap(({ role, reason, maybePlan }, index) =>
    role === null && (maybePlan || reason === 'other-address')
      ? [`Not used: ${columnName(table, index)}. ${columnReason[reason]}`]
      : [],
  );
  return [
    `Read as ${encoding}, separated by: ${delimiterName[delimiter].toLowerCase()}. ${headerLine === null ? 'No headings.' : `Headings on line ${number(headerLine)}.`}`,
    ...skipped.map(({ line, text }) => `Skipped before the headings: line ${number(line)}, “${text}”`),
    ...(skippedCount > skipped.length ? [`And ${number(skippedCount - skipped.length)} more lines skipped.`] : []),
    ...columnRoles.flatMap((role) => {
      const index = columns[role];
      return index === undefined ? [] : [`${columnRoleName[role]}: ${columnName(table, index)}`];
    }),
    ...unused,
  ];
}

/** The panel that shows how a file was read, with controls to correct it. */
export const fileForm = {
  title: 'How this file was read',
  encoding: 'Encoding',
  delimiter: 'Cells separated by',
  headerLine: 'Headings',
  line: (line: number) => `Line ${number(line)}`,
  noHeadings: 'No headings',
  skipped: (count: number) =>
    count === 1
      ? '1 line before the headings was skipped:'
      : `${number(count)} lines before the headings were skipped:`,
  skippedLine: (line: number, text: string) => `Line ${number(line)}: ${text}`,
  moreSkipped: (count: number) => `And ${number(count)} more.`,
  columns: 'Columns',
  firstCells: (name: string) => `First cells of ${name}`,
  useOf: (name: string) => `Use ${name} as`,
  notUsed: 'Not used',
  allColumns: (count: number) => `Show all ${number(count)} columns`,
  copy: (count: number) => (count === 1 ? 'Copy it' : `Copy these ${number(count)}`),
  copied: 'Copied',
  download: (count: number) => `Download all ${number(count)} as CSV`,
  notDownloaded: 'The list could not be downloaded. Check your connection and try again.',
  reportHeadings: ['Line', 'What is wrong'],
};

/** A file that says something of people, such as their departments: what is shown before it counts. */
export const valuesFile = {
  label: 'CSV file with one person per line',
  reading: 'Reading the file…',
  failed: 'The file could not be read. Check your connection and choose it again.',
  summary: ({ people, records, duplicates }: { people: number; records: number; duplicates: number }) =>
    [
      `${counted(people, 'line', 'lines')} of ${number(records)} can be used.`,
      duplicates > 0 ? `${counted(duplicates, 'line repeats', 'lines repeat')} another one.` : '',
    ]
      .filter(Boolean)
      .join(' '),
  matched: (people: number) =>
    people === 0
      ? 'Nobody in this file was found in this account, so it cannot be used.'
      : `${counted(people, 'person was', 'people were')} found in this account.`,
  unmatched: (lines: number) =>
    lines === 1 ? '1 line names nobody in this account:' : `${number(lines)} lines name nobody in this account:`,
  unclear: (lines: number) =>
    lines === 1
      ? '1 line is not clear and will not count:'
      : `${number(lines)} lines are not clear, or name one person with different values, and will not count:`,
  line: (line: number, text: string) => `Line ${number(line)}: ${text}`,
  more: (lines: number) => `And ${number(lines)} more.`,
  isOther: 'Not used yet: the file means other people now than when you looked. Look at it again.',
  keep: 'Use this file',
  kept: (people: number) => `The file counts now, for ${counted(people, 'person', 'people')}.`,
};
