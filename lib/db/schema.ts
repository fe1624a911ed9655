import type { AuditEntriesTable, AuditHeadTable, RefusalCountsTable } from './tables/audit.ts';
import type { BackupsTable, RestoresTable } from './tables/backups.ts';
import type { BatchChunksTable, BatchesTable, BatchItemsTable } from './tables/batches.ts';
import type {
  ChangesTable,
  ChimePaceTable,
  EndingsTable,
  HandChangesTable,
  LateCallsTable,
  WorkersTable,
} from './tables/changes.ts';
import type { ActivityDaysTable, ActivityFilesTable, PricesTable } from './tables/costs.ts';
import type { DepartmentFilesTable, DepartmentsTable } from './tables/departments.ts';
import type {
  ListsTable,
  OperatorsTable,
  OperatorTokensTable,
  PersonReadsTable,
  PreferencesTable,
  SessionsTable,
  SignInTriesTable,
  ViewsTable,
} from './tables/operators.ts';
import type { AccountsTable, ListingPagesTable, UserCountsTable, UsersTable } from './tables/people.ts';
import type { CountDaysTable, CountLedgersTable, CoverageTable, MovementsTable } from './tables/trend.ts';

/**
 * The tables, as kysely sees them. Their SQL is in `migrations/`. The words that a column may hold are written in
 * `tables/`; the nouns take their types from there.
 */
export type Schema = {
  accounts: AccountsTable;
  users: UsersTable;
  operators: OperatorsTable;
  sessions: SessionsTable;
  changes: ChangesTable;
  late_calls: LateCallsTable;
  audit_entries: AuditEntriesTable;
  audit_head: AuditHeadTable;
  refusal_counts: RefusalCountsTable;
  chime_pace: ChimePaceTable;
  user_counts: UserCountsTable;
  count_ledgers: CountLedgersTable;
  movements: MovementsTable;
  count_days: CountDaysTable;
  coverage: CoverageTable;
  listing_pages: ListingPagesTable;
  lists: ListsTable;
  views: ViewsTable;
  preferences: PreferencesTable;
  sign_in_tries: SignInTriesTable;
  person_reads: PersonReadsTable;
  batches: BatchesTable;
  batch_items: BatchItemsTable;
  batch_chunks: BatchChunksTable;
  endings: EndingsTable;
  operator_tokens: OperatorTokensTable;
  hand_changes: HandChangesTable;
  workers: WorkersTable;
  prices: PricesTable;
  activity_files: ActivityFilesTable;
  activity_days: ActivityDaysTable;
  department_files: DepartmentFilesTable;
  departments: DepartmentsTable;
  backups: BackupsTable;
  restores: RestoresTable;
};
