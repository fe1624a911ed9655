import type { Catalogue } from '../language/catalogue.ts';
import * as sessions from './access/sessions.ts';
import * as signin from './access/signin.ts';
import * as tokens from './access/tokens.ts';
import * as audit from './audit/audit.ts';
import * as auditSentences from './audit/audit-sentence.ts';
import * as batch from './batches/batch.ts';
import * as batchList from './batches/batch-list.ts';
import * as batchPage from './batches/batch-page.ts';
import * as newBatch from './batches/new-batch.ts';
import * as batchPreview from './batches/preview.ts';
import * as batchResult from './batches/result.ts';
import * as batchRun from './batches/run.ts';
import * as broken from './broken.ts';
import * as changes from './changes.ts';
import * as costs from './costs.ts';
import * as departments from './departments.ts';
import * as endings from './endings.ts';
import * as failures from './failures.ts';
import * as files from './files.ts';
import * as filters from './filters.ts';
import * as freshness from './freshness.ts';
import * as history from './history.ts';
import * as licenses from './licenses.ts';
import * as notices from './notices.ts';
import * as pager from './pager.ts';
import * as pages from './pages.ts';
import * as people from './people.ts';
import * as choosing from './selection.ts';
import * as shell from './shell.ts';
import * as states from './states.ts';
import * as auditCheck from './terminal/audit-check.ts';
import * as commandLine from './terminal/command-line.ts';
import * as comparison from './trend/comparison.ts';
import * as trend from './trend/trend.ts';
import * as words from './words.ts';

/** English, whole: the model of every other language. */
export const english = {
  audit,
  auditCheck,
  auditSentences,
  batch,
  batchList,
  batchPage,
  batchPreview,
  batchResult,
  batchRun,
  broken,
  changes,
  choosing,
  commandLine,
  comparison,
  costs,
  departments,
  endings,
  failures,
  files,
  filters,
  freshness,
  history,
  licenses,
  newBatch,
  notices,
  pages,
  pager,
  people,
  sessions,
  shell,
  signin,
  states,
  tokens,
  trend,
  words,
} satisfies Catalogue;
