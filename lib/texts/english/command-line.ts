import type { BatchView, ItemView, Part } from '../../batches/batch.ts';
import type { FailureCode } from '../../failures.ts';
import { reasons } from './history.ts';
import { counted, number, plan } from './words.ts';

const people = (count: number) => counted(count, 'person', 'people');

const partNames: Record<Part, string> = {
  change: 'will change',
  same: 'already so',
  missing: 'not found',
  forbidden: 'not allowed',
  directory: 'set by the directory',
};

/** The command line that changes many people's plans. */
export const commandLine = {
  usage: `npm run license -- set --account ID --to PLAN (--csv FILE | --users LIST | --filter "PARAMS") (--dry-run | --yes)
npm run license -- status BATCH [--wait]

  --account ID         the Amazon Chime account
  --to PLAN            Basic, Plus, Pro or ProTrial; a file may name a plan for each person instead
  --csv FILE           people from a CSV file: email or userId, and where you like license and reason
  --users LIST         e-mails or user IDs, with commas between
  --filter "PARAMS"    everybody whom the list of people shows at this address, such as "plan=Basic&q=berlin"
  --reason TEXT        why; needed with --yes
  --dry-run            shows whom it would change, and changes nobody
  --yes                changes them, and waits for the end
  --skip-complaints    leaves out the lines of a file that cannot be read, instead of doing nothing
  --wait               with status: waits for the end of the batch; with --yes: also for a second admin, where one is needed
  --json               one JSON document instead of text

The token is taken from CARILLON_TOKEN, or from the file that CARILLON_TOKEN_FILE names. Make one under your name in Carillon.
BATCH is the ID of a batch, or its address.
Ends with 0 when everybody has the plan, 1 when anybody has not (yet), 2 for a mistake in the command or the file,
3 when a second admin has to approve it, 4 without a good token or the right, 5 when Carillon itself could not be reached.`,
  whatToDo: 'Say what to do: set, or status and a batch.',
  missing: (option: string) => `${option} is missing.`,
  noPlan: (name: string) => `${name} is no plan: Basic, Plus, Pro or ProTrial.`,
  oneSource: 'Say whom to change with one of --csv, --users and --filter.',
  dryOrYes: 'Say either --dry-run or --yes.',
  noFile: (name: string) => `There is no file ${name}.`,
  complaints: (count: number) =>
    `${counted(count, 'line', 'lines')} cannot be read, so nothing was done. Mend the file, or leave them out with --skip-complaints.`,
  noBatch: (name: string) => `There is no batch ${name}.`,
  noToken: 'CARILLON_TOKEN holds no token. Make one under your name in Carillon.',
  badToken: 'This token is not good: made up, revoked, or over its time.',
  noRight: 'The holder of this token may not do this in this account.',
  waits: (count: number, address: string) => `To change ${people(count)} a second admin has to approve it: ${address}`,
  goesOn: (address: string) => `The batch goes on without you: ${address}`,
  progress: ({ state, changed, failed, left }: BatchView) =>
    state === 'starting'
      ? 'Reading the account afresh…'
      : `${number(changed)} changed, ${number(failed)} failed, ${number(left)} left`,
  part: (part: Part, count: number) => `${people(count)} ${partNames[part]}`,
  person: ({ asked, user, from, to, line }: ItemView) =>
    [
      ...(line === null ? [] : [`line ${line}:`]),
      user ? `${user.name}${user.email && user.email !== user.name ? ` <${user.email}>` : ''}` : (asked ?? ''),
      ...(user ? [`${plan(from)} → ${plan(to)}`] : []),
    ].join(' '),
  more: (count: number) => `and ${people(count)} more`,
  nothingDone: 'Nothing was changed.',
  result: ({ state, changed, failed, left, parts }: BatchView) =>
    `${number(changed)} changed, ${number(parts.same)} already so, ${number(failed)} failed` +
    `${left > 0 ? `, ${number(left)} left (${state})` : ''}` +
    `${parts.missing > 0 ? `, ${number(parts.missing)} not found` : ''}` +
    `${parts.forbidden + parts.directory > 0 ? `, ${number(parts.forbidden + parts.directory)} not allowed` : ''}.`,
  cause: (code: FailureCode, count: number) => `${people(count)}: ${reasons[code]}`,
};
