import type { Complaint, ComplaintCode, FileProblem } from '../../files/file.ts';
import { largestFile, longestReason, mostRows } from '../../files/file.ts';
import { licenses } from '../../licenses/license.ts';
import { counted, language, number, plan } from './words.ts';

const saveAs = 'In Excel, choose Save as, then “CSV UTF-8 (Comma delimited)”';

/** Why an uploaded file is not read at all, and what to do. */
export const fileProblems: Record<FileProblem, (line?: number) => string> = {
  empty: () => 'This file is empty. Choose a file with one person a line.',
  'only-header': () => 'This file has headings and nobody below them. Add one person a line, then choose it again.',
  workbook: () => `This is a workbook and not a CSV file. ${saveAs}, and choose the new file.`,
  'not-text': (line) =>
    `This is not a CSV file: ${line === undefined ? 'it' : `line ${number(line)}`} has signs that no text has. ${saveAs}, and choose the new file.`,
  'too-large': () =>
    `This file is larger than ${number(largestFile / 1024 / 1024)} MB. Leave out columns that are not needed, or make several files of it.`,
  'too-many-rows': () => `This file names more than ${number(mostRows)} people. Make several files of it.`,
};

const plans = new Intl.ListFormat(language, { type: 'disjunction' }).format(licenses.map(plan));

const quoted = ({ value = '' }: Complaint) => `“${value}”`;

const where = ({ line, lastLine = line }: Complaint) =>
  lastLine === line ? `Line ${number(line)}` : `Lines ${number(line)} to ${number(lastLine)}`;

const cells = (count = 0) => counted(count, 'cell', 'cells');

const whatIsWrong: Record<ComplaintCode, (complaint: Complaint) => string> = {
  'no-person-column': () =>
    'no column with e-mail addresses or user IDs was found. Choose the column that says who it is about.',
  'broken-quotes': () =>
    'a quotation mark is missing or one too many. A cell in quotation marks ends with one, and a mark inside it is written twice.',
  'open-quote': () =>
    'a quotation mark is opened here and never closed, so nothing from here on was read. Close it or take it out.',
  ragged: ({ count }) =>
    `${cells(count?.is)} where there should be ${number(count?.expected ?? 0)}. Put a cell that has a comma, a semicolon or a tab in it in quotation marks.`,
  'no-person': () => 'no e-mail address and no user ID. Write who it is about.',
  'not-an-email': (complaint) => `${quoted(complaint)} is not an e-mail address. Write it as in name@example.com.`,
  'not-an-id': (complaint) =>
    `${quoted(complaint)} is not a user ID. Copy it from the person's page, or empty the cell and give an e-mail address.`,
  'unknown-license': (complaint) => `${quoted(complaint)} is not a plan. Write ${plans}.`,
  'long-reason': ({ count }) =>
    `the reason has ${counted(count?.is ?? 0, 'character', 'characters')}. Shorten it to ${number(longestReason)}.`,
  'unreadable-letters': (complaint) =>
    `${quoted(complaint)} has letters that cannot be read. ${saveAs}, and choose the new file.`,
  contradiction: (complaint) =>
    `${quoted(complaint)} has another plan here than on line ${number(complaint.firstLine ?? 0)}, so neither is used. Keep one of the lines.`,
};

/** What is wrong with a line of an uploaded file, and what to do. */
export const fileComplaint = (complaint: Complaint) => `${where(complaint)}: ${whatIsWrong[complaint.code](complaint)}`;
