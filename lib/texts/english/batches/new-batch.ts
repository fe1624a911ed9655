import { allOf, number } from '../../formats.ts';
import { counted } from '../grammar.ts';

const people = (count: number) => counted(count, 'person', 'people');

/** Choosing the people, the plan and the reason. */
export const newBatch = {
  title: 'New batch',
  lead: 'You’ll see a preview before anything changes.',
  notAllowed: 'You can view batches but not create them. Ask an admin.',
  toBatches: 'Go to Batches',
  managed:
    'Your company directory sets the plans in this account. To change a person’s plan, move them to another group there.',
  who: 'Whose plan do you want to change?',
  paste: 'Paste a list',
  file: 'Upload a CSV file',
  matching: (count: number, words: string) => `All ${people(count)} matching ${words}`,
  everybody: (count: number) => `All ${people(count)} in this account`,
  matchingHelp: 'Matching people are looked up again for the preview. After that the list no longer changes.',
  ticked: (count: number) => `The ${people(count)} you selected`,
  tickedGone: 'Your selection has been lost. Go back to People and select them again.',
  toPeople: 'Select people in People instead',
  fileKept: (name: string) => `${name} is still selected. Choose a file only if you want another one.`,
  fileGone: (name: string) => `Choose ${name} again: your browser does not keep files.`,
  pasteLabel: 'E-mails or user IDs, one per line',
  pasteHelp: 'A column from a spreadsheet works too. Duplicates count once.',
  plan: 'New plan',
  fromFile: 'The plan given in the file',
  fromFileHelp: 'Each person gets the plan on their line. Lines without a plan are left out.',
  planColumn: 'Column with the plans',
  choosePlanColumn: 'Choose a column',
  columnsNotUsed: (columns: string[], plan: string) =>
    `Not used from the file: ${allOf(columns)}. Everyone gets ${plan}.`,
  reason: 'Reason',
  reasonHelp: 'For example a ticket number. It is shown in the history.',
  preview: 'Show preview',
  nobodyChosen: '**No preview.** Nobody was found in this list. Check it, then try again.',
  preparing: 'Looking up everyone…',
  missing: {
    people: 'Paste at least one e-mail or user ID.',
    file: 'Choose a file.',
    noPeople: 'No e-mail addresses or user IDs found in this file. Choose another file, or the column with the people.',
    plan: 'Choose a plan.',
    planColumn: 'Choose the column with the plans, or one plan for everyone.',
    question: 'Answer the open question about this file under “How this file was read”.',
    reason: 'Enter a reason.',
  },
  tooLong: (most: number) => `This list is too long. Use a CSV file instead: it can hold ${number(most)} people.`,
  reasonTooLong: (most: number) => `Use at most ${number(most)} characters.`,
};

/** Whether the new plans have an end. */
export const duration = {
  title: 'For how long?',
  permanent: 'Permanently',
  temporary: 'Temporarily',
  until: (zone: string) => `End date and time (your time zone, ${zone})`,
  after: (moment: string) =>
    `On ${moment} everyone returns to their previous plan, unless it was changed in the meantime.`,
  help: 'Everyone then returns to their previous plan, unless it was changed in the meantime.',
  missing: 'Choose an end date and time.',
  noSuchTime: 'That time doesn’t exist: clocks go forward then. Choose another time.',
  passed: 'That time has passed. Choose a later one.',
  tooFar: 'That is more than a year away. Choose an earlier time.',
};

/** How an uploaded file was understood. */
export const upload = {
  label: 'CSV file',
  help: 'A file with an e-mail or user ID for each person, and optionally a plan and a reason. Up to 10 MB.',
  reading: 'Reading the file…',
  understood: (count: number, records: number) =>
    count === records
      ? `${people(count)} can be read.`
      : `${number(count)} of ${counted(records, 'line', 'lines')} can be read.`,
  duplicates: (count: number) => `${counted(count, 'line repeats', 'lines repeat')} a person.`,
  complaints: (count: number) => `${counted(count, 'problem', 'problems')}. Lines with a problem are left out.`,
  moreComplaints: (count: number) => `And ${counted(count, 'more problem', 'more problems')}.`,
  showAll: (count: number) => `Show all ${number(count)}`,
  again: 'Choose another file',
  failed: 'The file could not be uploaded. Check your connection and try again.',
};
