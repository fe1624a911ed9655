import type { Catalogue } from './catalogue.ts';
import * as audit from './english/audit.ts';
import * as auditCheck from './english/audit-check.ts';
import * as batches from './english/batches.ts';
import * as changes from './english/changes.ts';
import * as choosing from './english/choosing.ts';
import * as commandLine from './english/command-line.ts';
import * as comparison from './english/comparison.ts';
import * as endings from './english/endings.ts';
import * as files from './english/files.ts';
import * as filters from './english/filters.ts';
import * as history from './english/history.ts';
import * as licenses from './english/licenses.ts';
import * as notices from './english/notices.ts';
import * as pager from './english/pager.ts';
import * as pages from './english/pages.ts';
import * as people from './english/people.ts';
import * as sessions from './english/sessions.ts';
import * as shell from './english/shell.ts';
import * as signin from './english/signin.ts';
import * as states from './english/states.ts';
import * as tokens from './english/tokens.ts';
import * as trend from './english/trend.ts';
import * as words from './english/words.ts';

/** English, whole: the model of every other language. */
export const english = {
  audit,
  auditCheck,
  batches,
  changes,
  choosing,
  commandLine,
  comparison,
  endings,
  files,
  filters,
  history,
  licenses,
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
