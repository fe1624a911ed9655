import type * as audit from '../english/audit.ts';
import type * as auditCheck from '../english/audit-check.ts';
import type * as batches from '../english/batches.ts';
import type * as changes from '../english/changes.ts';
import type * as commandLine from '../english/command-line.ts';
import type * as comparison from '../english/comparison.ts';
import type * as costs from '../english/costs.ts';
import type * as endings from '../english/endings.ts';
import type * as files from '../english/files.ts';
import type * as filters from '../english/filters.ts';
import type * as history from '../english/history.ts';
import type * as licenses from '../english/licenses.ts';
import type * as notices from '../english/notices.ts';
import type * as pager from '../english/pager.ts';
import type * as pages from '../english/pages.ts';
import type * as people from '../english/people.ts';
import type * as choosing from '../english/selection.ts';
import type * as sessions from '../english/sessions.ts';
import type * as shell from '../english/shell.ts';
import type * as signin from '../english/signin.ts';
import type * as states from '../english/states.ts';
import type * as tokens from '../english/tokens.ts';
import type * as trend from '../english/trend.ts';
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
  batches: Texts<typeof batches>;
  changes: Texts<typeof changes>;
  choosing: Texts<typeof choosing>;
  commandLine: Texts<typeof commandLine>;
  comparison: Texts<typeof comparison>;
  costs: Texts<typeof costs>;
  endings: Texts<typeof endings>;
  files: Texts<typeof files>;
  filters: Texts<typeof filters>;
  history: Texts<typeof history>;
  licenses: Texts<typeof licenses>;
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
