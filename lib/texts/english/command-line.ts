import type { BatchView, ItemView, Part } from '../../batches/batch.ts';
import type { FailureCode } from '../../failures.ts';
import { shown } from '../../files/cells.ts';
import type { FileColumn, FileQuestion, PeopleFile } from '../../files/file.ts';
import { type License, licenses } from '../../licenses/license.ts';
import type { Candidate, Unclear } from '../../people/person-ref.ts';
import { filterFromParams } from '../../users/filter.ts';
import type { Time, TimeProblem } from '../../wall-clock.ts';
import { filterWords } from './batches.ts';
import { columnName, fileQuestion, fileReading } from './files.ts';
import { reasons } from './history.ts';
import { shell } from './pages.ts';
import { counted, isOne, language, number, plan, when } from './words.ts';

const people = (count: number) => counted(count, 'person', 'people');

const partNames: Record<Part, string> = {
  change: 'will change',
  unclear: 'not clear',
  missing: 'not found',
  unreadable: 'not readable',
  same: 'already on this plan',
  'no-return': 'could not get their plan back',
  forbidden: 'not allowed',
  directory: 'set by the directory',
  'left-out': 'left out',
};

/** An account, as the command line knows it. */
type KnownAccount = { id: string; name: string; type: string | null; people: number };

const accountLine = ({ id, name, type, people: count }: KnownAccount) =>
  `${id}  ${name}${type === null ? '' : `, ${shell.accountType(type)}`}, ${people(count)}`;

/** Names of accounts that stand in one message. */
const mostNames = 20;

const allOf = new Intl.ListFormat(language, { type: 'conjunction' });
const anyOf = new Intl.ListFormat(language, { type: 'disjunction' });

const plans = anyOf.format(licenses);

const columnOptions = { person: '--person-column', license: '--plan-column', reason: '--reason-column' };

/** What to type to choose one of these columns; of any, where none is named. */
function typeColumn(option: string, indexes: number[], table: FileColumn[]): string {
  const choices = indexes.map((index) => `${option} ${quotedHeading(table, index)}`);
  return `Type ${choices.length === 0 ? `${option} and its heading, or its number from 1` : anyOf.format(choices)}.`;
}

/** The heading of a column, or its number where it has none or another has the same. */
function quotedHeading(table: FileColumn[], index: number): string {
  const heading = table[index]?.heading ?? '';
  const isAlone = table.filter((column) => column.heading === heading).length === 1;
  return heading !== '' && isAlone && !/["$`\\…]/.test(heading) ? `"${heading}"` : String(index + 1);
}

const timeProblems: Record<TimeProblem | 'past' | 'far', string> = {
  form: 'is not a time. Write it as 2026-12-24T18:00, and a zone behind it where it is not that of this machine: 2026-12-24T18:00+01:00 or “2026-12-24 18:00 Europe/Berlin”.',
  zone: 'has a zone that is not known. Write an offset such as +01:00, or a name such as Europe/Berlin.',
  skipped: 'does not exist: clocks go forward then. Choose another time.',
  twice: 'exists twice: clocks go back then. Write an offset such as +01:00 behind it.',
  past: 'has passed. Choose a later time.',
  far: 'is more than a year away. Choose an earlier time.',
};

const moment = ({ at, zone }: Time) => when.exact(at.getTime(), zone);

/** Somebody who may be meant, below the line that is not clear. */
const candidate = ({ id, name, email }: Candidate) =>
  `  ${name}${email && email !== name ? ` <${email}>` : ''}, user ID ${id}`;

/** Why nobody is changed for a line, and what to write instead. */
function whyUnclear({ cause, lines = [] }: Unclear): string {
  switch (cause) {
    case 'ambiguous':
      return 'several people have this e-mail. Use the user ID of the one who is meant:';
    case 'contradiction':
      return 'the user ID and the e-mail do not belong to the same person. Use the user ID of the one who is meant:';
    case 'suggestion':
      return 'nobody has exactly this e-mail. Use the user ID if one of these is meant:';
    case 'two-wishes':
      return `another plan is named for the same person${lines.length === 0 ? '' : ` on ${isOne(lines.length) ? 'line' : 'lines'} ${allOf.format(lines.map(number))}`}. Keep one of these lines:`;
  }
}

/** The command line that changes many people's plans. */
export const commandLine = {
  usage: `npm run license -- accounts
npm run license -- set --account ACCOUNT --to PLAN PEOPLE (--dry-run | --yes)
npm run license -- status BATCH

accounts lists the accounts you may see: ID, name, type, plans and people.
set changes the plans of many people, with the preview, rights, limits and audit of the page.
status tells what has become of a batch, by its ID or its address.

PEOPLE is one of
  --csv FILE           people in a CSV file, by e-mail address or user ID; - reads standard input
  --users LIST         e-mail addresses or user IDs, with commas between
  --filter PARAMS      everybody in the list of people at this address, such as "plan=Basic&q=berlin"
  --everybody          everybody in the account

What is changed
  --account ACCOUNT    the name of an Amazon Chime account, or its ID
  --to PLAN            ${plans}; without it, a file says which plan each person is to get
  --until TIME         until then only; afterwards everybody gets back the plan they had
  --start TIME         not now, but at that time
  --reason TEXT        why; needed with --yes

How a file is read, where it was not recognised
  --person-column COLUMN  the column that says who each line is about: its heading, or its number from 1
  --plan-column COLUMN    the column with the plan each person is to get, instead of --to
  --reason-column COLUMN  the column with a reason for each person
  --header-line LINE      the line with the headings; 0 for none
  --delimiter NAME        comma, semicolon, tab or pipe
  --encoding NAME         UTF-8, UTF-16 or Windows-1252

How
  --dry-run            shows everybody who would be changed, and changes nobody
  --yes                changes them, and waits for the end
  --skip-complaints    leaves out the lines that cannot be read, instead of doing nothing
  --wait               waits for the end also where a second admin has to approve first, or a start time has to come
  --json               prints one JSON document instead of text

TIME is 2026-12-24T18:00 in the time zone of this machine, or has a zone behind it: 2026-12-24T18:00+01:00,
"2026-12-24 18:00 Europe/Berlin".
The token is taken from CARILLON_TOKEN, or from the file that CARILLON_TOKEN_FILE names. Make one under your name in Carillon.
Ends with 0 when everybody who was asked for has the plan, 1 when anybody has not (yet), 2 for a mistake in the command or
the file, 3 when it waits for a second admin or for its time, 4 without a good token or the right, 5 when Carillon itself
failed.`,
  whatToDo: 'Type accounts, set or status. “npm run license -- --help” explains them.',
  noVerb: (word: string) =>
    `There is no “${word}”. Type accounts, set or status; “npm run license -- --help” explains them.`,
  tooMuch: (word: string) => `“${word}” is one word too many. Put quotation marks around a text with blanks.`,
  whichBatch: 'Type the ID or the address of the batch: npm run license -- status BATCH',
  badOption: (what: string) => `${what}. “npm run license -- --help” lists all options.`,
  notHere: (option: string, verb: string) => `--${option} does not go with ${verb}. Leave it out.`,
  twice: (option: string) => `--${option} stands there twice. Keep one of them.`,
  missingAccount: 'Type --account and the name or the ID of the account. “npm run license -- accounts” lists them.',
  missingPlan: `Type --to and the plan: ${plans}.`,
  missingReason: 'Type --reason and why, for the audit.',
  noPlan: (name: string) => `“${name}” is not a plan. Type ${plans}.`,
  twoPlans: '--to and --plan-column contradict each other. Keep one of them.',
  onlyWithFile: (option: string) => `--${option} goes only with --csv. Leave it out.`,
  noEncoding: (text: string, known: readonly string[]) =>
    `--encoding: “${text}” is not known. Type ${anyOf.format(known)}.`,
  noDelimiter: (text: string) => `--delimiter: “${text}” is not known. Type comma, semicolon, tab or pipe.`,
  noLine: (text: string) =>
    `--header-line: “${text}” is not a line. Type its number from 1, or 0 where the file has no headings.`,
  noColumn: (option: string, text: string, table: FileColumn[]) =>
    `${option}: there is no column “${text}”. Columns: ${table.map((_, index) => columnName(table, index)).join(', ')}.`,
  severalColumns: (option: string, text: string, places: number[]) =>
    `${option}: several columns are called “${text}”. Type the number of one of them: ${anyOf.format(places.map((place) => String(place + 1)))}.`,
  oneColumnTwice: 'One column cannot hold two things. Choose another for one of them.',
  unreadableFile: (name: string, why: string) => `${name} cannot be read: ${why}`,
  /** How a file was read; `to`: the plan that --to says. */
  reading: (name: string, file: PeopleFile, to: License | null) => [
    `People: ${name}`,
    ...fileReading(file).map((line) => `  ${line}`),
    ...(to === null || !file.table.some(({ maybePlan }) => maybePlan)
      ? []
      : [`  Everybody is to get ${plan(to)}, as --to says.`]),
  ],
  /** What only the operator can tell about a file, and what to type. */
  question: (question: FileQuestion, table: FileColumn[]) =>
    question.about === 'headings'
      ? `${fileQuestion(question, table)}\nType --header-line ${question.line}, or --header-line 0 where there are none.`
      : `${fileQuestion(question, table)}\n${typeColumn(columnOptions[question.about], question.columns, table)}`,
  whichPlan: (table: FileColumn[]) => {
    const maybe = table.flatMap(({ maybePlan }, index) => (maybePlan ? [index] : []));
    const start = `Type --to and the plan that everybody in the file is to get: ${plans}.`;
    if (maybe.length === 0) return `No column says which plan each person is to get. ${start}`;
    const names = maybe.map((index) => columnName(table, index));
    return `${start}\nOr, only if ${anyOf.format(names)} says which plan each person is to get: ${typeColumn('--plan-column', maybe, table)}`;
  },
  oneSource: 'Say whose plan to change with one of --csv, --users, --filter and --everybody.',
  dryOrYes: 'Type either --dry-run, to see who would be changed, or --yes, to change them.',
  badTime: (option: string, text: string, problem: TimeProblem | 'past' | 'far') =>
    `${option}: ${text} ${timeProblems[problem]}`,
  endsBeforeStart: 'The plans would end before they start. Choose a later --until, or an earlier --start.',
  noAccount: (name: string, known: KnownAccount[]) =>
    [
      `There is no account “${name}” that you may see.`,
      ...(known.length === 0
        ? []
        : [
            `Accounts: ${known
              .slice(0, mostNames)
              .map((one) => one.name)
              .join(', ')}.`,
          ]),
      ...(known.length > mostNames ? ['“npm run license -- accounts” lists all of them.'] : []),
    ].join(' '),
  severalAccounts: (name: string, found: KnownAccount[]) =>
    [`Several accounts are called “${name}”. Type the ID of one of them:`, ...found.map(accountLine)].join('\n'),
  account: ({ name, id }: { name: string; id: string }) => `Account: ${name} (${id})`,
  filter: (params: string) => `People: all who match ${filterWords(filterFromParams(new URLSearchParams(params)))}`,
  accounts: (accounts: (KnownAccount & { plans: string[] })[]) =>
    accounts.length === 0
      ? ['There is no account that you may see.']
      : inColumns([
          ['ID', 'Name', 'Type', 'Plans', 'People'],
          ...accounts.map(({ id, name, type, plans, people }) => [
            id,
            name,
            shell.accountType(type),
            plans.length === 0 ? 'set by the directory' : plans.map(plan).join(', '),
            number(people),
          ]),
        ]),
  noFile: (name: string) => `There is no file ${name}.`,
  standardInput: 'standard input',
  complaints: (count: number) =>
    `${counted(count, 'line', 'lines')} cannot be read, so nothing was done. Fix the file, or leave them out with --skip-complaints.`,
  namesNobody: (text: string) => `--users: “${shown(text)}” is neither an e-mail address nor a user ID.`,
  partsOfList: (count: number) =>
    `Nothing was done. Fix ${count === 1 ? 'this entry, or leave it' : `these ${number(count)} entries, or leave them`} out with --skip-complaints.`,
  nobodyInList: 'There is no e-mail address and no user ID in --users.',
  noBatch: (name: string) => `There is no batch ${name}.`,
  noToken: 'CARILLON_TOKEN holds no token. Make one under your name in Carillon.',
  badToken: 'This token is invalid, revoked or expired. Make a new one under your name in Carillon.',
  noRight: 'The holder of this token may not do this in this account.',
  noDatabase: (reference: string) =>
    `Carillon’s database cannot be reached. Check that Carillon runs and that DATABASE_URL is right, then try again. Reference: ${reference}`,
  unexpected: (reference: string) =>
    `Something went wrong in Carillon. With LOG_LEVEL=error before the command, details for your admin are shown. Reference: ${reference}`,
  waits: (count: number, address: string) => `To change ${people(count)} a second admin has to approve it: ${address}`,
  scheduled: (start: Time, address: string) => `Starts on ${moment(start)}: ${address}`,
  goesOn: (address: string) => `The batch goes on without you: ${address}`,
  progress: ({ state, startAt, changed, failed, left }: BatchView) =>
    state === 'starting'
      ? 'Updating the account…'
      : state === 'waiting'
        ? 'Waiting for a second admin…'
        : state === 'scheduled'
          ? `Waiting for its start${startAt === null ? '' : ` on ${when.exact(startAt)}`}…`
          : `${number(changed)} changed, ${number(failed)} failed, ${number(left)} left`,
  part: (part: Part, count: number) =>
    `${part === 'unclear' || part === 'unreadable' ? counted(count, 'entry', 'entries') : people(count)} ${partNames[part]}`,
  /** Somebody of a batch; where it is not clear who is meant, why, and in a line each everybody who may be. */
  person: ({ asked, user, from, to, line, unclear }: ItemView) => {
    const isUnclear = unclear !== null && !user;
    const first = [
      ...(line === null ? [] : [`line ${line}:`]),
      user ? `${user.name}${user.email && user.email !== user.name ? ` <${user.email}>` : ''}` : (asked ?? ''),
      ...(user ? [`${plan(from)} → ${plan(to)}`] : []),
    ].join(' ');
    return isUnclear ? [`${first}: ${whyUnclear(unclear)}`, ...unclear.candidates.map(candidate)] : [first];
  },
  startsAt: (start: Time) => `Would start on ${moment(start)}.`,
  endsAt: (end: Time) => `On ${moment(end)} everybody would get back the plan they have now.`,
  nothingDone: 'Nothing was changed.',
  result: ({ state, changed, failed, left, parts }: BatchView) =>
    `${number(changed)} changed, ${number(parts.same)} already so, ${number(failed)} failed` +
    `${left > 0 ? `, ${number(left)} left (${state})` : ''}` +
    `${parts.missing > 0 ? `, ${number(parts.missing)} not found` : ''}` +
    `${parts.unclear > 0 ? `, ${number(parts.unclear)} not clear` : ''}` +
    `${parts.unreadable > 0 ? `, ${number(parts.unreadable)} not readable` : ''}` +
    `${parts['no-return'] > 0 ? `, ${number(parts['no-return'])} left out because they could not get their plan back` : ''}` +
    `${parts.forbidden + parts.directory > 0 ? `, ${number(parts.forbidden + parts.directory)} not allowed` : ''}` +
    `${parts['left-out'] > 0 ? `, ${number(parts['left-out'])} left out` : ''}.`,
  cause: (code: FailureCode, count: number) => `${people(count)}: ${reasons[code]}`,
};

/** A table for a terminal: each column as wide as its widest cell. */
function inColumns(rows: string[][]): string[] {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => (row[at] ?? '').length)));
  return rows.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
