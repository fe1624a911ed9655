import type { BatchView, ItemView, Part } from '../../../batches/batch.ts';
import type { FailureCode } from '../../../failures.ts';
import { type License, licenses } from '../../../licenses/license.ts';
import { type FileColumn, type FileQuestion, type PeopleFile, shown } from '../../../lists/file.ts';
import type { Candidate, Unclear } from '../../../matching/person-ref.ts';
import { filterFromParams } from '../../../search/filter.ts';
import type { Time, TimeProblem } from '../../../wall-clock.ts';
import { allOf, anyOf, number, when } from '../../formats.ts';
import { filterWords, stateWord } from '../batches/batch.ts';
import { reasons } from '../failures.ts';
import { columnName, fileQuestion, fileReading } from '../files.ts';
import { counted, isOne } from '../grammar.ts';
import { shell } from '../shell.ts';
import { plan } from '../words.ts';

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
const maxNames = 20;

const plans = anyOf(licenses);

const columnOptions = new Map<FileQuestion['about'], string>([
  ['person', '--person-column'],
  ['license', '--plan-column'],
  ['reason', '--reason-column'],
]);

/** What to type to choose one of these columns; of any, where none is named. */
function typeColumn(option: string, indexes: number[], table: FileColumn[]): string {
  const choices = indexes.map((index) => `${option} ${quotedHeading(table, index)}`);
  return `Type ${choices.length === 0 ? `${option} and its heading, or its number from 1` : anyOf(choices)}.`;
}

/** The heading of a column, or its number where it has none or another has the same. */
function quotedHeading(table: FileColumn[], index: number): string {
  const heading = table[index]?.heading ?? '';
  const isAlone = table.filter((column) => column.heading === heading).length === 1;
  return heading !== '' && isAlone && !/["$`\\…]/.test(heading) ? `"${heading}"` : String(index + 1);
}

const timeProblems: Record<TimeProblem | 'past' | 'far', string> = {
  form: 'is not a time. Write it like 2026-12-24T18:00. Add a time zone if it is not the one of this machine: 2026-12-24T18:00+01:00 or “2026-12-24 18:00 Europe/Berlin”.',
  zone: 'has an unknown time zone. Write an offset such as +01:00, or a name such as Europe/Berlin.',
  skipped: 'does not exist: clocks go forward then. Choose another time.',
  twice: 'exists twice: clocks go back then. Add an offset such as +01:00.',
  past: 'has passed. Choose a later time.',
  far: 'is more than a year away. Choose an earlier time.',
};

const moment = ({ at, zone }: Time) => when.exact(at.getTime(), zone);

/** A person who may be meant, below the line that is not clear. */
const candidate = ({ id, name, email }: Candidate) =>
  `  ${name}${email && email !== name ? ` <${email}>` : ''}, user ID ${id}`;

/** Why nobody is changed for a line, and what to write instead. */
function whyUnclear({ cause, lines = [] }: Unclear): string {
  switch (cause) {
    case 'ambiguous':
      return 'several people have this e-mail. Use the user ID of the right person:';
    case 'contradiction':
      return 'the user ID and the e-mail belong to different people. Use the user ID of the right person:';
    case 'suggestion':
      return 'nobody has exactly this e-mail. If one of these is the right person, use the user ID:';
    case 'two-wishes':
      return `the same person is given another plan${lines.length === 0 ? '' : ` on ${isOne(lines.length) ? 'line' : 'lines'} ${allOf(lines.map(number))}`}. Keep one of these lines:`;
  }
}

/** The command line that changes the plans of many people. */
export const commandLine = {
  usage: `npm run license -- accounts
npm run license -- set --account ACCOUNT --to PLAN PEOPLE (--dry-run | --yes)
npm run license -- status BATCH

accounts lists the accounts you may see: ID, name, type, plans and people.
set changes the plans of many people, with the same preview, permissions, limits and audit as the page.
status shows how far a batch is, by its ID or its address.

PEOPLE is one of
  --csv FILE           people in a CSV file, by e-mail address or user ID; - reads standard input
  --users LIST         e-mail addresses or user IDs, separated by commas
  --filter PARAMS      everyone in People at this address, such as "plan=Basic&q=berlin"
  --everybody          everyone in the account

What to change
  --account ACCOUNT    the name of an Amazon Chime account, or its ID
  --to PLAN            ${plans}; without it, the file gives the new plan for each person
  --until TIME         the plans end then, and everyone returns to their previous plan
  --start TIME         when to start; without it, now
  --reason TEXT        the reason; required with --yes

How to read a file, if it was not recognised
  --person-column COLUMN  the column with the people: its heading, or its number from 1
  --plan-column COLUMN    the column with the new plan for each person, instead of --to
  --reason-column COLUMN  the column with a reason for each person
  --header-line LINE      the line with the headings; 0 for none
  --delimiter NAME        comma, semicolon, tab or pipe
  --encoding NAME         UTF-8, UTF-16 or Windows-1252

How to run
  --dry-run            show everyone who would be changed, and change nothing
  --yes                make the changes, and wait until they are done
  --skip-complaints    leave out lines that cannot be read, instead of doing nothing
  --wait               wait also for a second admin’s approval or a start time
  --json               print one JSON document instead of text

TIME is 2026-12-24T18:00 in the time zone of this machine, or with a time zone: 2026-12-24T18:00+01:00,
"2026-12-24 18:00 Europe/Berlin".
The token is read from CARILLON_TOKEN, or from the file named in CARILLON_TOKEN_FILE. Create one in Carillon: open the menu
under your name and choose “Tokens for the command line”.
Exit code: 0 everyone has the plan, 1 someone does not (yet), 2 a mistake in the command or the file, 3 waiting for a second
admin or the start time, 4 no valid token or no permission, 5 Carillon itself failed.`,
  whatToDo: 'Type accounts, set or status. “npm run license -- --help” explains them.',
  noVerb: (word: string) =>
    `There is no “${word}”. Type accounts, set or status; “npm run license -- --help” explains them.`,
  tooMuch: (word: string) => `“${word}” is one word too many. Put quotation marks around texts with spaces.`,
  whichBatch: 'Type the ID or the address of the batch: npm run license -- status BATCH',
  badOption: (what: string) => `${what}. “npm run license -- --help” lists all options.`,
  notHere: (option: string, verb: string) => `--${option} does not work with ${verb}. Leave it out.`,
  twice: (option: string) => `--${option} is given twice. Keep one of them.`,
  missingAccount: 'Type --account and the name or the ID of the account. “npm run license -- accounts” lists them.',
  missingPlan: `Type --to and the plan: ${plans}.`,
  missingReason: 'Type --reason and the reason. It is recorded in the audit.',
  noPlan: (name: string) => `“${name}” is not a plan. Type ${plans}.`,
  twoPlans: '--to and --plan-column contradict each other. Keep one of them.',
  onlyWithFile: (option: string) => `--${option} only works with --csv. Leave it out.`,
  noEncoding: (text: string, known: readonly string[]) => `--encoding: “${text}” is not known. Type ${anyOf(known)}.`,
  noDelimiter: (text: string) => `--delimiter: “${text}” is not known. Type comma, semicolon, tab or pipe.`,
  noLine: (text: string) =>
    `--header-line: “${text}” is not a line. Type its number from 1, or 0 if the file has no headings.`,
  noColumn: (option: string, text: string, table: FileColumn[]) =>
    `${option}: there is no column “${text}”. Columns: ${table.map((_, index) => columnName(table, index)).join(', ')}.`,
  severalColumns: (option: string, text: string, places: number[]) =>
    `${option}: several columns are called “${text}”. Type the number of one of them: ${anyOf(places.map((place) => String(place + 1)))}.`,
  oneColumnTwice: 'The same column is given twice. Choose another column for one of them.',
  unreadableFile: (name: string, why: string) => `${name} cannot be read: ${why}`,
  /** How a file was read; `to`: the plan given with --to. */
  reading: (name: string, file: PeopleFile, to: License | null) => [
    `People: ${name}`,
    ...fileReading(file).map((line) => `  ${line}`),
    ...(to === null || !file.table.some(({ maybePlan }) => maybePlan)
      ? []
      : [`  Everyone gets ${plan(to)}, as given with --to.`]),
  ],
  /** A question about a file that the operator has to answer, and what to type. */
  question: (question: FileQuestion, table: FileColumn[]) => {
    const asked = fileQuestion(question, table);
    if (question.about === 'headings') {
      return `${asked}\nType --header-line ${question.line}, or --header-line 0 if there are none.`;
    }
    const option = columnOptions.get(question.about);
    return option ? `${asked}\n${typeColumn(option, question.columns, table)}` : asked;
  },
  whichPlan: (table: FileColumn[]) => {
    const maybe = table.flatMap(({ maybePlan }, index) => (maybePlan ? [index] : []));
    const start = `Type --to and the new plan for everyone in the file: ${plans}.`;
    if (maybe.length === 0) return `No column gives the new plan for each person. ${start}`;
    const names = maybe.map((index) => columnName(table, index));
    return `${start}\nOr, only if ${anyOf(names)} gives the new plan for each person: ${typeColumn('--plan-column', maybe, table)}`;
  },
  oneSource: 'Choose whose plan to change with one of --csv, --users, --filter or --everybody.',
  dryOrYes: 'Type --dry-run to see who would be changed, or --yes to change them.',
  badTime: (option: string, text: string, problem: TimeProblem | 'past' | 'far') =>
    `${option}: ${text} ${timeProblems[problem]}`,
  endsBeforeStart: 'The plans would end before they start. Choose a later --until, or an earlier --start.',
  noAccount: (name: string, known: KnownAccount[]) =>
    [
      `There is no account “${name}”, or you have no access to it.`,
      ...(known.length === 0
        ? []
        : [
            `Accounts: ${known
              .slice(0, maxNames)
              .map((one) => one.name)
              .join(', ')}.`,
          ]),
      ...(known.length > maxNames ? ['“npm run license -- accounts” lists all of them.'] : []),
    ].join(' '),
  severalAccounts: (name: string, found: KnownAccount[]) =>
    [`Several accounts are called “${name}”. Type the ID of one of them:`, ...found.map(accountLine)].join('\n'),
  account: ({ name, id }: { name: string; id: string }) => `Account: ${name} (${id})`,
  filter: (params: string) => `People: all matching ${filterWords(filterFromParams(new URLSearchParams(params)))}`,
  accounts: (accounts: (KnownAccount & { plans: string[] })[]) =>
    accounts.length === 0
      ? ['There are no accounts that you have access to.']
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
  nobodyInList: 'No e-mail or user ID in --users.',
  noBatch: (name: string) => `There is no batch ${name}.`,
  noToken: 'CARILLON_TOKEN contains no token. Create one in Carillon: open the menu under your name.',
  badToken: 'This token is invalid, revoked or expired. Create a new one in Carillon: open the menu under your name.',
  noRight: 'The owner of this token does not have permission to do this in this account.',
  noDatabase: (reference: string) =>
    `Carillon’s database cannot be reached. Check that Carillon runs and that DATABASE_URL is right, then try again. Reference: ${reference}`,
  unexpected: (reference: string) =>
    `Something went wrong in Carillon. Put LOG_LEVEL=error before the command to show details for your admin. Reference: ${reference}`,
  waits: (count: number, address: string) =>
    `A second admin has to approve this change of ${people(count)}: ${address}`,
  scheduled: (start: Time, address: string) => `Starts on ${moment(start)}: ${address}`,
  goesOn: (address: string) => `The batch continues without you: ${address}`,
  progress: ({ state, startAt, changed, failed, left }: BatchView) =>
    state === 'starting'
      ? 'Checking current plans…'
      : state === 'waiting'
        ? 'Waiting for a second admin…'
        : state === 'scheduled'
          ? `Waiting for the start${startAt === null ? '' : ` on ${when.exact(startAt)}`}…`
          : `${number(changed)} changed, ${number(failed)} failed, ${number(left)} not yet done`,
  part: (part: Part, count: number) =>
    `${part === 'unclear' || part === 'unreadable' ? counted(count, 'entry', 'entries') : people(count)} ${partNames[part]}`,
  /** A person of a batch. Where it is not clear who is meant: why, and one line for each possible person. */
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
  endsAt: (end: Time) => `On ${moment(end)} everyone would return to their current plan.`,
  leavesPermanently: (count: number, license: string) =>
    `${people(count)} would leave ${plan(license)}, which cannot be given back: the change is permanent for them.`,
  nothingDone: 'Nothing was changed.',
  result: ({ state, changed, failed, left, parts }: BatchView) =>
    `${number(changed)} changed, ${number(parts.same)} already on this plan, ${number(failed)} failed` +
    `${left > 0 ? `, ${number(left)} not yet done (${stateWord[state].toLowerCase()})` : ''}` +
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
