import type { Attempt } from '../../audit/attempt.ts';
import type { AuditEntry, EntryOperator } from '../../audit/entry.ts';
import { auditFilterFrom } from '../../audit/filter.ts';
import type { FailureCode } from '../../failures.ts';
import { facetKeys, filterFromParams, noValue } from '../../users/filter.ts';
import { unmarked } from '../marks.ts';
import { auditActions, auditFilter, auditOutcomes } from './audit.ts';
import { filters, pasted } from './filters.ts';
import { counted, exactly, language, plan, status, when } from './words.ts';

export const history = {
  loading: 'Loading history…',
  failed: 'The history could not be loaded.',
  empty: 'Nobody has changed this plan since Carillon knows this person.',
  setBack: (planName: string) => `Set back to ${planName}`,
  open: (by: { operator: string; login: string | null }, from: string, to: string, state: 'pending' | 'unknown') => {
    const who = operatorCalled({ name: by.operator, login: by.login, hasNamesake: by.login !== null });
    return state === 'pending'
      ? `${who} is changing ${from} to ${to} right now.`
      : `${who} asked to change ${from} to ${to}. We cannot tell yet whether it worked; we keep checking.`;
  },
};

/** An operator by name, with what tells them apart where another one has it too. */
function operatorCalled({ name, login, hasNamesake }: Pick<EntryOperator, 'name' | 'login' | 'hasNamesake'>): string {
  return `**${unmarked(name)}**${hasNamesake && login ? ` (${unmarked(login)})` : ''}`;
}

/** Why something was not done, in half a sentence, for lists. */
export const reasons: Record<FailureCode, string> = {
  'bad-request': 'Amazon Chime does not accept this plan',
  unauthorized: "Amazon Chime refused this site's access",
  forbidden: 'Amazon Chime does not allow it in this account',
  'access-denied': 'Amazon Chime does not let this site change the person',
  'not-found': 'the person is no longer in the account',
  'conflict-in-chime': 'Amazon Chime was busy with another change',
  unprocessable: 'Amazon Chime could not carry it out',
  'resource-limit': 'the account has reached a limit',
  throttled: 'Amazon Chime got too many requests',
  'service-failure': 'Amazon Chime had a fault',
  unavailable: 'Amazon Chime was not available',
  'unknown-answer': 'Amazon Chime answered with something unknown',
  'no-answer': 'Amazon Chime did not answer',
  unreadable: "Amazon Chime's answer could not be read",
  retired: 'Amazon Chime no longer answers for this account',
  conflict: 'someone had changed the plan in between',
  busy: 'someone was changing the person at that moment',
  'change-limit': 'the limit of changes by hand in an hour was reached',
  'too-busy': 'Carillon had too much to do at that moment',
  cancelled: 'it was cancelled',
  interrupted: 'Carillon was interrupted while saving',
  'unsupported-license': 'the plan is not available in this account',
  'directory-managed': 'the company directory decides',
  'unknown-account': 'Carillon does not look after this account',
  'unknown-user': 'Carillon does not know this person',
  invalid: 'the request was not understood',
  'signed-out': 'signed out',
  'not-allowed': 'not allowed for this role',
  'wrong-origin': 'it came from another site',
  offline: 'no connection',
  'no-database': 'Carillon could not reach its database',
  unexpected: 'something went wrong in Carillon',
};

/** What was different at a sync, as half a sentence after the person's name. */
function outsideSentence({ fact, was, became }: NonNullable<AuditEntry['outside']>): string {
  switch (fact) {
    case 'license':
      return `was changed outside Carillon, from ${plan(was)} to ${plan(became)}`;
    case 'status':
      return `went from “${status(was ?? '')}” to “${status(became ?? '')}” outside Carillon`;
    case 'name':
      return became === null
        ? 'lost their name outside Carillon'
        : `was renamed to ${unmarked(became)} outside Carillon`;
    case 'email':
      return became === null
        ? 'lost their e-mail outside Carillon'
        : `got the e-mail ${unmarked(became)} outside Carillon`;
    case 'joined':
      return `joined the account with ${plan(became)}`;
    case 'left':
      return `left the account; they had ${plan(was)}`;
  }
}

/** When something happened that was only seen afterwards, in the reader's zone unless another is named. */
export const window = {
  seen: 'Seen',
  between(since: string, seen: string, zone?: string) {
    const format = new Intl.DateTimeFormat(language, { ...exactly, timeZone: zone });
    return `Between ${format.formatRange(new Date(since), new Date(seen))}`;
  },
};

/** What somebody tried to do, after "tried to". */
export const attempts: Record<Attempt, string> = {
  'users:view': 'see people',
  'licenses:change': 'change a plan',
  'directory:refresh': 'update the list',
  'audit:view-all': 'see the audit of all accounts',
  'batches:view': 'see batches',
  'batches:run': 'change many people',
  'change-plans': 'change a plan',
  'cancel-change': 'call off a change',
  'check-change': 'look what became of a change',
  'add-note': 'add a note',
  'set-ending': 'set an end date',
  'remove-ending': 'remove an end date',
  'refresh-directory': 'update the list',
  'keep-list': 'look up a pasted list',
  'save-view': 'save a view',
  'remove-view': 'remove a view',
  'save-preferences': 'choose columns',
  'prepare-batch': 'prepare a batch',
  'submit-batch': 'submit a batch',
  'approve-batch': 'approve a batch',
  'edit-draft': 'correct a preview',
  'steer-batch': 'pause, resume, stop or discard a batch',
  'make-token': 'make a token',
  'revoke-token': 'revoke a token',
  'sign-out-others': 'end other sessions',
  'use-token': 'use a token',
};

/** The same by the right that was missing, as entries from before there were attempts have it. */
const attemptOf = (right: string | null) => Object.entries(attempts).find(([name]) => name === right)?.[1];

/** An attempt that was refused, or how many more of its kind there were within a minute. */
function refusedSentence(who: string, refused: NonNullable<AuditEntry['refused']>, about: string, zone?: string) {
  const { attempt, said, more } = refused;
  if (more) {
    const times = counted(more.count, 'more time', 'more times');
    return `${who} tried ${times} to ${attempts[attempt]} in the minute from ${when.exact(more.since, zone)}. Refused each time.`;
  }
  return `${who} tried to ${attempts[attempt]}${about}. Refused: ${unmarked(said ?? reasons.invalid)}`;
}

/** What was exported, with its filter in words. */
function exportSentence(who: string, { what, filter, rows }: NonNullable<AuditEntry['exported']>): string {
  const params = new URLSearchParams(filter);
  switch (what) {
    case 'people':
      return `${who} exported ${counted(rows, 'person', 'people')}${inBrackets(peopleFilterWords(params))}.`;
    case 'batch':
      return `${who} exported a batch of ${counted(rows, 'person', 'people')}.`;
    case 'audit':
      return `${who} exported ${counted(rows, 'entry', 'entries')} of the audit${inBrackets(auditFilterWords(params))}.`;
  }
}

const inBrackets = (words: string[]) => (words.length > 0 ? ` (${unmarked(words.join('; '))})` : '');

/** What a filter of people leaves, in words: one for each thing it is narrowed by. */
function peopleFilterWords(params: URLSearchParams): string[] {
  const { search, facets, changedWithin, outside, list } = filterFromParams(params);
  return [
    ...(search === '' ? [] : [`“${search}”`]),
    ...facetKeys.flatMap((key) =>
      facets[key].length === 0
        ? []
        : [
            filters.chip(
              filters.facet[key],
              facets[key].map((value) => filters.value(key, value === noValue ? null : value)).join(', '),
            ),
          ],
    ),
    ...(changedWithin === null ? [] : [filters.changedChip(changedWithin)]),
    ...(outside ? [filters.outside] : []),
    ...(list === null ? [] : [pasted.label]),
  ];
}

/** The same for a filter of the audit. */
function auditFilterWords(params: URLSearchParams): string[] {
  const { operator, person, action, outcome, from, until, request } = auditFilterFrom(params, null);
  const texts = { operator, person, from, until, request };
  const named = [
    ...(['operator', 'person', 'from', 'until', 'request'] as const).flatMap((name) =>
      texts[name] ? [filters.chip(auditFilter[name], texts[name])] : [],
    ),
  ];
  if (action) named.push(filters.chip(auditFilter.action, auditActions[action]));
  if (outcome) named.push(filters.chip(auditFilter.outcome, auditOutcomes[outcome]));
  return named;
}

/** The people of the batch an entry is about. */
const people = ({ batch }: AuditEntry) => counted(batch?.people ?? 0, 'person', 'people');

const result = ({ batch }: AuditEntry) => `${batch?.changed ?? 0} changed, ${batch?.failed ?? 0} failed`;

/** How a line of history is told: its moments in which zone, and people with their e-mail, as several may have one name. */
type Telling = { zone: string | undefined; isAmongMany: boolean };

/** One line of history as a sentence; in the reader's zone and without e-mails unless told otherwise. */
export function auditSentence(entry: AuditEntry, telling: Telling = { zone: undefined, isAmongMany: false }): string {
  const by = entry.token === null ? '' : ` With the token “${unmarked(entry.token)}”.`;
  return `${sentenceOf(entry, telling)}${by}`;
}

function personCalled({ name, email }: NonNullable<AuditEntry['user']>, isAmongMany: boolean): string {
  return `**${unmarked(name)}**${isAmongMany && email && email !== name ? ` (${unmarked(email)})` : ''}`;
}

function sentenceOf(entry: AuditEntry, { zone, isAmongMany }: Telling): string {
  const stranger = entry.action === 'denied' ? 'Someone' : 'Someone outside Carillon';
  const who = entry.operator ? operatorCalled(entry.operator) : `**${stranger}**`;
  const whom = entry.user ? personCalled(entry.user, isAmongMany) : 'someone';
  const path =
    entry.from === null
      ? `to ${plan(entry.to)}`
      : entry.to === null
        ? `from ${plan(entry.from)}`
        : `from ${plan(entry.from)} to ${plan(entry.to)}`;
  const because = entry.failure ? `: ${reasons[entry.failure]}` : '';
  const why = entry.why ? ` “${unmarked(entry.why)}”` : '';
  const done = entry.outcome === 'applied';
  switch (entry.action) {
    case 'change':
      return done
        ? `${who} changed ${whom} ${path}.${why}`
        : `${who} tried to change ${whom} ${path}. Not made${because}.${why}`;
    case 'undo':
      return done
        ? `${who} took a change back: ${whom} ${path}.${why}`
        : `${who} tried to take a change back: ${whom} ${path}. Not made${because}.${why}`;
    case 'note':
      return `${who} added a note about ${whom}:${why}`;
    case 'temporary':
      return `${who} made ${plan(entry.from)} of ${whom} temporary: until ${entry.until ? when.exact(entry.until, zone) : 'its end'}, then ${plan(entry.to)}.`;
    case 'permanent':
      return `${who} made ${plan(entry.to)} of ${whom} permanent.`;
    case 'sign-in':
      return done
        ? `${who} signed in.`
        : `Someone tried to sign in${entry.operator ? ` as ${who}` : ''} and was refused.`;
    case 'sign-out':
      return `${who} signed out.`;
    case 'outside':
      return `${whom} ${entry.outside ? outsideSentence(entry.outside) : 'was changed outside Carillon'}.`;
    case 'token-make':
      return `${who} made a token for the command line:${why}`;
    case 'token-revoke':
      return `${who} revoked a token for the command line:${why}`;
    case 'batch-submit':
      return `${who} submitted a batch of ${people(entry)}${entry.to ? ` to ${plan(entry.to)}` : ''}.${why}`;
    case 'batch-approve':
      return `${who} approved a batch of ${people(entry)}.${why}`;
    case 'batch-discard':
      return `${who} discarded a batch of ${people(entry)}.${why}`;
    case 'batch-pause':
      return entry.operator
        ? `${who} paused a batch of ${people(entry)}.${why}`
        : entry.failure === 'unknown-account'
          ? `A batch of ${people(entry)} was paused: its account is not one that Carillon looks after any more.${why}`
          : `A batch of ${people(entry)} paused by itself, because too many changes failed.${why}`;
    case 'batch-resume':
      return `${who} let a batch of ${people(entry)} go on.${why}`;
    case 'batch-stop':
      return entry.operator
        ? `${who} stopped a batch of ${people(entry)}: ${result(entry)}.${why}`
        : `A batch of ${people(entry)} was stopped: who had submitted it may no longer change many people.${why}`;
    case 'batch-end':
      return `A batch of ${people(entry)} by ${who} has ended: ${result(entry)}.${why}`;
    case 'cancel':
      return `${who} called off the change of ${whom} ${path}.`;
    case 'export':
      return entry.exported ? exportSentence(who, entry.exported) : `${who} exported a file.`;
    case 'denied': {
      if (entry.refused) return refusedSentence(who, entry.refused, entry.user ? `, about ${whom}` : '', zone);
      const right = attemptOf(entry.why);
      return right
        ? `${who} tried to ${right}, which the role ${entry.operator?.role ?? ''} does not allow.`
        : `${who} was refused${entry.user ? ` a change of ${whom}` : ''}${because}.${why}`;
    }
  }
}
