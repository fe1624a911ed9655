import {
  type ColumnReason,
  type ColumnRole,
  type Complaint,
  type ComplaintCode,
  columnRoles,
  type Delimiter,
  endlessLine,
  type FileColumn,
  type FileProblem,
  type FileQuestion,
  largestFile,
  longestCell,
  longestLine,
  longestReason,
  mostColumns,
  mostRows,
  type PeopleFile,
} from '../../files/file.ts';
import { licenses } from '../../licenses/license.ts';
import { counted, language, number, plan } from './words.ts';

const saveAs = 'In Excel, choose Save as, then “CSV UTF-8 (Comma delimited)”';

/** Why an uploaded file is not read at all or not used, and what to do. */
export const fileProblems: Record<FileProblem, (line?: number) => string> = {
  empty: () => 'This file is empty. Choose a file with one person a line.',
  'only-header': () => 'This file has headings and nobody below them. Add one person a line, then choose it again.',
  'no-such-line': () => 'This file ends before the line of the headings. Choose another line for the headings.',
  workbook: () => `This is a workbook and not a CSV file. ${saveAs}, and choose the new file.`,
  'not-text': (line) =>
    `This is not a CSV file: ${line === undefined ? 'it' : `line ${number(line)}`} has characters that aren’t text. ${saveAs}, and choose the new file.`,
  'too-large': () =>
    `This file is larger than ${number(largestFile / 1024 / 1024)} MB. Leave out columns that are not needed, or make several files of it.`,
  'too-many-rows': () => `This file has more than ${number(mostRows)} lines of people. Make several files of it.`,
  'too-many-columns': () =>
    `This file has more than ${number(mostColumns)} columns. Leave out the columns that are not needed, or choose what separates its cells.`,
  'open-question': () => 'This file leaves a question open. Choose which column holds what.',
  'no-plan-column': () =>
    'This file has no column that is used for plans. Choose one plan for everybody, or choose the column with the plan that each person is to get.',
};

const plans = new Intl.ListFormat(language, { type: 'disjunction' }).format(licenses.map(plan));

const quoted = ({ value = '' }: Complaint) => `“${value}”`;

const where = ({ line, lastLine = line }: Complaint) =>
  lastLine === line ? `Line ${number(line)}` : `Lines ${number(line)} to ${number(lastLine)}`;

const cells = (count = 0) => counted(count, 'cell', 'cells');

const whatIsWrong: Record<ComplaintCode, (complaint: Complaint) => string> = {
  'broken-quotes': () =>
    'unbalanced quotation marks. A cell in quotation marks ends with one, and a mark inside it is written twice.',
  'open-quote': () =>
    'a quotation mark is opened here and never closed, so nothing from here on was read. Close it or take it out.',
  'too-many-cells': ({ count }) =>
    `${cells(count?.is)} where there should be ${number(count?.expected ?? 0)}. Put a cell that has a comma, a semicolon or a tab in it in quotation marks.`,
  'long-line': () => `more than ${number(longestLine)} characters. Shorten the line, or check its quotation marks.`,
  'endless-line': () =>
    `more than ${number(endlessLine)} characters, so nothing from here on was read. Check its quotation marks, and what separates the cells.`,
  'long-cell': ({ count }) =>
    `a cell has ${counted(count?.is ?? 0, 'character', 'characters')}. Shorten it to ${number(longestCell)}.`,
  'no-person': () => 'no e-mail address and no user ID. Add an e-mail or user ID.',
  'not-an-email': (complaint) => `${quoted(complaint)} is not an e-mail address. Write it as in name@example.com.`,
  'not-an-id': (complaint) =>
    `${quoted(complaint)} is not a user ID. Copy it from the person's page, or empty the cell and give an e-mail address.`,
  'several-people': (complaint) => `${quoted(complaint)} names more than one person. Write one person a line.`,
  'no-plan': () => `no plan. Write ${plans}, or choose one plan for everybody.`,
  'unknown-license': (complaint) => `${quoted(complaint)} is not a plan. Write ${plans}.`,
  'long-reason': ({ count }) =>
    `the reason has ${counted(count?.is ?? 0, 'character', 'characters')}. Shorten it to ${number(longestReason)}.`,
  'unreadable-letters': (complaint) =>
    `${quoted(complaint)} has letters that cannot be read. Choose another encoding for this file. Or, ${saveAs.replace('In', 'in')}, and choose the new file.`,
  contradiction: (complaint) =>
    `${quoted(complaint)} has another plan on line ${number(complaint.otherLine ?? 0)}, so both lines are ignored. Keep one of them.`,
};

/** What is wrong with a line of an uploaded file, and what to do. */
export const fileComplaint = (complaint: Complaint) => `${where(complaint)}: ${whatIsWrong[complaint.code](complaint)}`;

/** What a column is used for. */
export const columnRoleName: Record<ColumnRole, string> = {
  email: 'E-mail',
  userId: 'User ID',
  upn: 'Sign-in name (UPN)',
  license: 'Plan',
  reason: 'Reason',
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
  heading: 'Its heading says so.',
  content: 'Its cells say so.',
  'own-export': 'This is an export from Carillon: these are the plans people have, not the ones they are to get.',
  'not-a-wish': 'Nothing says that these are the plans people are to get.',
  overruled: 'You chose another plan or another column instead.',
  'other-address': 'This is an address of somebody else, or a second address.',
  undecided: 'Choose what it holds.',
  unknown: '',
};

/** What a column is called, by its heading and its number. */
export function columnName(table: Pick<FileColumn, 'heading' | 'sample'>[], index: number): string {
  const { heading = '', sample: [first] = [] } = table[index] ?? {};
  if (heading !== '') return `“${heading}” (column ${number(index + 1)})`;
  return first === undefined ? `column ${number(index + 1)}` : `column ${number(index + 1)} (“${first}”)`;
}

const any = new Intl.ListFormat(language, { type: 'disjunction' });

/** What only the operator can tell about a file, and what to do. */
export function fileQuestion(question: FileQuestion, table: FileColumn[]): string {
  if (question.about === 'headings') {
    return `Line ${number(question.line)} looks like headings, but line ${number(question.before)} names a person. Choose which line has the headings, or that there are none.`;
  }
  const { about, columns } = question;
  if (columns.length === 0) {
    return 'No column with e-mail addresses or user IDs was found. Choose the column that says who each line is about.';
  }
  const names = columns.map((index) => columnName(table, index));
  const what = {
    person: 'who each line is about',
    license: 'which plan each person is to get',
    reason: 'the reason',
  }[about];
  return columns.length === 1
    ? `Does ${names[0]} say ${what}? Its heading does not tell. Choose the column.`
    : `Which column says ${what}: ${any.format(names)}? Choose one.`;
}

/** How a file was read, a sentence a line: for people who see it as text. */
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

/** The panel that shows how a file was read, with controls to put it right. */
export const fileForm = {
  title: 'How this file was read',
  encoding: 'Encoding',
  delimiter: 'Between the cells',
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
  useOf: (name: string) => `What is ${name} used as?`,
  notUsed: 'Not used',
  allColumns: (count: number) => `Show all ${number(count)} columns`,
  copy: (count: number) => (count === 1 ? 'Copy it' : `Copy these ${number(count)}`),
  copied: 'Copied',
  download: (count: number) => `Download all ${number(count)} as CSV`,
  notDownloaded: 'The list could not be downloaded. Check your connection and try again.',
  reportHeadings: ['Line', 'What is wrong'],
};
