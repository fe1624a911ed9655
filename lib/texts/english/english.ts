import type { Catalogue } from '../language/catalogue.ts';
import * as audit from './audit.ts';
import * as auditCheck from './audit-check.ts';
import * as batches from './batches.ts';
import * as changes from './changes.ts';
import * as commandLine from './command-line.ts';
import * as comparison from './comparison.ts';
import * as costs from './costs.ts';
import * as endings from './endings.ts';
import * as files from './files.ts';
import * as filters from './filters.ts';
import * as history from './history.ts';
import * as licenses from './licenses.ts';
import * as notices from './notices.ts';
import * as pager from './pager.ts';
import * as pages from './pages.ts';
import * as people from './people.ts';
import * as choosing from './selection.ts';
import * as sessions from './sessions.ts';
import * as shell from './shell.ts';
import * as signin from './signin.ts';
import * as states from './states.ts';
import * as tokens from './tokens.ts';
import * as trend from './trend.ts';
import * as words from './words.ts';

/** English, whole: the model of every other language. */
export const english = {
  audit,
  auditCheck,
  batches,
  changes,
  choosing,
  commandLine,
  comparison,
  costs,
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
