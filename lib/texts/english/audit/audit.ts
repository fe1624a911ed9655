import type { AuditAction, Exported, OutsideFact } from '../../../audit/entry.ts';
import { number } from '../../formats.ts';

export const auditPage = {
  title: 'Audit',
  caption: (account: string) => `Every attempt to change a plan in ${account}`,
  captionOfAll: 'Every attempt in all accounts, every sign-in and every refused attempt',
  all: 'Audit of all accounts',
  when: 'When',
  what: 'What happened',
  outcome: 'Outcome',
  change: 'Before and after',
  before: 'Before',
  after: 'after',
  nothing: 'nothing',
  ids: 'IDs',
  entry: (sequence: string) => `No. ${sequence}`,
  awsRequest: (id: string) => `AWS ${id}`,
  done: 'Done',
  notDone: 'Not done',
  seen: 'Noticed',
  pages: 'Pages',
  older: 'Older',
  newest: 'Newest',
  empty: 'Nothing has happened in this account yet.',
  emptyOfAll: 'Nothing has happened yet.',
  emptyHelp: 'Every attempt to change a plan appears here, including refused ones.',
  noneFound: 'No matching entries.',
  noneFoundHelp: 'Remove a filter or choose other dates.',
  showBatch: 'Show batch',
  showPerson: (name: string) => `Show ${name} in People`,
  export: 'Export',
  csv: 'CSV, for spreadsheets',
  jsonl: 'JSON lines, as recorded',
  exportHelp: 'Exports contain what the filters show, oldest first.',
  verifyHelp: 'JSON lines without a filter can be checked with “npm run audit:verify”.',
};

export const auditFilter = {
  title: 'Filter by person, operator, date or reason',
  on: (count: number) => `Filter · ${number(count)} on`,
  operator: 'Operator',
  person: 'Person: name, e-mail or ID',
  action: 'What',
  anyAction: 'Anything',
  outcome: 'Outcome',
  anyOutcome: 'Any',
  from: 'From (UTC)',
  until: 'Until (UTC)',
  reason: 'Reason or ticket',
  request: 'Request ID',
  show: 'Show',
  clear: 'Clear filters',
};

export const auditActions: Record<AuditAction, string> = {
  change: 'Plan changes',
  undo: 'Undone changes',
  note: 'Notes',
  outside: 'Changes outside Carillon',
  temporary: 'End dates set',
  permanent: 'End dates removed',
  ending: 'Plans that ended as planned',
  late: 'Attempts that arrived late',
  keep: 'Plans kept',
  denied: 'Refused attempts',
  'sign-in': 'Sign-ins',
  'sign-out': 'Sign-outs',
  'token-make': 'Tokens created',
  'token-revoke': 'Tokens revoked',
  'price-enter': 'Prices entered',
  'price-withdraw': 'Prices withdrawn',
  'activity-file': 'Hosted days uploaded',
  'department-file': 'Departments uploaded',
  cancel: 'Cancelled changes',
  export: 'Exports',
  'batch-submit': 'Batches submitted',
  'batch-approve': 'Batches approved',
  'batch-discard': 'Batches discarded',
  'batch-pause': 'Batches paused',
  'batch-resume': 'Batches resumed',
  'batch-stop': 'Batches stopped',
  'batch-end': 'Batches finished',
};

export const auditOutcomes: Record<'applied' | 'failed', string> = { applied: 'Done', failed: 'Not done' };

/** What changed about a person outside Carillon. */
export const auditFacts: Record<OutsideFact, string> = {
  license: 'Plan',
  status: 'Status',
  name: 'Name',
  email: 'E-mail',
  joined: 'Joined the account',
  left: 'Left the account',
};

/** What was exported. */
export const auditExported: Record<Exported, string> = {
  people: 'People',
  batch: 'A batch',
  audit: 'The audit',
  comparison: 'A comparison of counts',
  moved: 'People whose plan changed',
};
