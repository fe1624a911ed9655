import type * as sessions from '../english/access/sessions.ts';
import type * as signin from '../english/access/signin.ts';
import type * as tokens from '../english/access/tokens.ts';
import type * as audit from '../english/audit/audit.ts';
import type * as auditSentences from '../english/audit/audit-sentence.ts';
import type * as batch from '../english/batches/batch.ts';
import type * as batchList from '../english/batches/batch-list.ts';
import type * as batchPage from '../english/batches/batch-page.ts';
import type * as newBatch from '../english/batches/new-batch.ts';
import type * as batchPreview from '../english/batches/preview.ts';
import type * as batchResult from '../english/batches/result.ts';
import type * as batchRun from '../english/batches/run.ts';
import type * as broken from '../english/broken.ts';
import type * as changes from '../english/changes.ts';
import type * as costs from '../english/costs.ts';
import type * as departments from '../english/departments.ts';
import type * as endings from '../english/endings.ts';
import type * as failures from '../english/failures.ts';
import type * as files from '../english/files.ts';
import type * as filters from '../english/filters.ts';
import type * as freshness from '../english/freshness.ts';
import type * as history from '../english/history.ts';
import type * as licenses from '../english/licenses.ts';
import type * as notices from '../english/notices.ts';
import type * as pager from '../english/pager.ts';
import type * as pages from '../english/pages.ts';
import type * as people from '../english/people.ts';
import type * as choosing from '../english/selection.ts';
import type * as shell from '../english/shell.ts';
import type * as states from '../english/states.ts';
import type * as auditCheck from '../english/terminal/audit-check.ts';
import type * as commandLine from '../english/terminal/command-line.ts';
import type * as comparison from '../english/trend/comparison.ts';
import type * as trend from '../english/trend/trend.ts';
import type * as words from '../english/words.ts';

/** Texts with the names, arguments and shape of the English ones, whatever they say. */
type Texts<English> = English extends string
  ? string
  : English extends (...given: infer Given) => infer Said
    ? (...given: Given) => Texts<Said>
    : { [Name in keyof English]: Texts<English[Name]> };

/**
 * The words people read, in one language, by the parts of the product; `**` marks what is read in bold. A page loads only
 * its own parts, in the language that is chosen.
 */
export interface Catalogue {
  audit: Texts<typeof audit>;
  auditCheck: Texts<typeof auditCheck>;
  auditSentences: Texts<typeof auditSentences>;
  batch: Texts<typeof batch>;
  batchList: Texts<typeof batchList>;
  batchPage: Texts<typeof batchPage>;
  batchPreview: Texts<typeof batchPreview>;
  batchResult: Texts<typeof batchResult>;
  batchRun: Texts<typeof batchRun>;
  broken: Texts<typeof broken>;
  changes: Texts<typeof changes>;
  choosing: Texts<typeof choosing>;
  commandLine: Texts<typeof commandLine>;
  comparison: Texts<typeof comparison>;
  costs: Texts<typeof costs>;
  departments: Texts<typeof departments>;
  endings: Texts<typeof endings>;
  failures: Texts<typeof failures>;
  files: Texts<typeof files>;
  filters: Texts<typeof filters>;
  freshness: Texts<typeof freshness>;
  history: Texts<typeof history>;
  licenses: Texts<typeof licenses>;
  newBatch: Texts<typeof newBatch>;
  notices: Texts<typeof notices>;
  pages: Texts<typeof pages>;
  pager: Texts<typeof pager>;
  people: Texts<typeof people>;
  sessions: Texts<typeof sessions>;
  shell: Texts<typeof shell>;
  signin: Texts<typeof signin>;
  states: Texts<typeof states>;
  tokens: Texts<typeof tokens>;
  trend: Texts<typeof trend>;
  words: Texts<typeof words>;
}
