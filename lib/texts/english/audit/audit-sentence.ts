import type { Attempt } from '../../../audit/attempt.ts';
import type { AuditAction, AuditEntry, BatchAction } from '../../../audit/entry.ts';
import { auditFilterFrom } from '../../../audit/filter.ts';
import type { EarlierEnd } from '../../../licenses/ending.ts';
import { facetKeys, filterFromParams, noValue } from '../../../search/filter.ts';
import { number, when } from '../../formats.ts';
import { unmarked } from '../../marks.ts';
import { reasons } from '../failures.ts';
import { filters, pasted, timeFilters } from '../filters.ts';
import { counted } from '../grammar.ts';
import { operatorCalled } from '../history.ts';
import { plan, status } from '../words.ts';
import { auditActions, auditFilter, auditOutcomes } from './audit.ts';

/** A change made outside Carillon, as half a sentence after the person's name. */
function outsideSentence({ fact, was, became }: NonNullable<AuditEntry['outside']>): string {
  switch (fact) {
    case 'license':
      return `was changed outside Carillon, from ${plan(was)} to ${plan(became)}`;
    case 'status':
      return `went from “${status(was ?? '')}” to “${status(became ?? '')}” outside Carillon`;
    case 'name':
      return became === null
        ? 'had their name removed outside Carillon'
        : `was renamed to ${unmarked(became)} outside Carillon`;
    case 'email':
      return became === null
        ? 'had their e-mail removed outside Carillon'
        : `got the e-mail ${unmarked(became)} outside Carillon`;
    case 'joined':
      return `joined the account with ${plan(became)}`;
    case 'left':
      return `left the account; they had ${plan(was)}`;
  }
}

/** What somebody tried to do, after "tried to". */
export const attempts: Record<Attempt, string> = {
  'users:view': 'see people',
  'licenses:change': 'change a plan',
  'directory:refresh': 'update the list',
  'audit:view-all': 'see the audit of all accounts',
  'batches:view': 'see batches',
  'batches:run': 'change many people',
  'change-plans': 'change a plan',
  'cancel-change': 'cancel a change',
  'check-change': 'check a change',
  'add-note': 'add a note',
  'set-ending': 'set an end date',
  'remove-ending': 'remove an end date',
  'keep-plan': 'keep a plan',
  'refresh-directory': 'update the list',
  'keep-list': 'look up a pasted list',
  'save-view': 'save a view',
  'remove-view': 'remove a view',
  'save-preferences': 'choose columns',
  'prepare-batch': 'prepare a batch',
  'submit-batch': 'submit a batch',
  'move-start': 'change the start of a batch',
  'approve-batch': 'approve a batch',
  'edit-draft': 'correct a preview',
  'steer-batch': 'pause, resume, stop or discard a batch',
  'make-token': 'create a token',
  'revoke-token': 'revoke a token',
  'enter-price': 'enter a price',
  'withdraw-price': 'withdraw a price',
  'prices:enter': 'enter a price',
  'files:keep': 'upload a file about people',
  'tokens:make': 'create a token',
  'sign-out-others': 'sign out other sessions',
  'use-token': 'use a token',
};

/** The same for older entries, which name the right that was missing. */
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
    case 'comparison':
      return `${who} exported a comparison of counts${inBrackets(periodWords(params))}.`;
    case 'moved':
      return `${who} exported ${counted(rows, 'change', 'changes')} of plans, with the people${inBrackets(periodWords(params))}.`;
  }
}

const inBrackets = (words: string[]) => (words.length > 0 ? ` (${unmarked(words.join('; '))})` : '');

/** The days or moments that an address of counts over time names. */
const periodWords = (params: URLSearchParams) =>
  ['from', 'to', 'until'].flatMap((name) => (params.get(name) ? [`${name} ${params.get(name)}`] : []));

/** A filter of people in words, one for each of its parts. */
function peopleFilterWords(params: URLSearchParams): string[] {
  const filter = filterFromParams(params);
  const { search, facets, changedWithin, outside, list } = filter;
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
    ...timeFilters(filter).map(({ name }) => name),
    ...(list === null ? [] : [pasted.label]),
  ];
}

/** The same for a filter of the audit. */
function auditFilterWords(params: URLSearchParams): string[] {
  const { operator, person, action, outcome, from, until, reason, request } = auditFilterFrom(params, null);
  const texts = { operator, person, from, until, reason, request };
  const named = [
    ...(['operator', 'person', 'from', 'until', 'reason', 'request'] as const).flatMap((name) =>
      texts[name] ? [filters.chip(auditFilter[name], texts[name])] : [],
    ),
  ];
  if (action) named.push(filters.chip(auditFilter.action, auditActions[action]));
  if (outcome) named.push(filters.chip(auditFilter.outcome, auditOutcomes[outcome]));
  return named;
}

/** The people of the batch an entry is about. */
const people = ({ batch }: AuditEntry) => counted(batch?.people ?? 0, 'person', 'people');

const result = ({ batch }: AuditEntry) =>
  `${number(batch?.changed ?? 0)} changed, ${number(batch?.failed ?? 0)} failed`;

/** How a line of history is told: the time zone, and whether people are named with their e-mail. */
type Telling = { zone: string | undefined; isAmongMany: boolean };

/** One line of history as a sentence; in the reader's time zone and without e-mails unless told otherwise. */
export function auditSentence(entry: AuditEntry, telling: Telling = { zone: undefined, isAmongMany: false }): string {
  const by = entry.token === null ? '' : ` With the token “${unmarked(entry.token)}”.`;
  return `${sentenceOf(entry, telling)}${endsOf(entry, telling)}${by}`;
}

/** Whether an earlier end date was set again by an undo. */
export const earlierEndWords: Record<EarlierEnd['is'], string> = {
  restored: 'set again',
  passed: 'not set again: it has passed',
  'not-offered': 'not set again: the plan after it is not available in this account',
};

/** What a change did to end dates, as sentences after it. */
function endsOf({ from, to, removedEnd, earlierEnd }: AuditEntry, { zone }: Telling): string {
  const removed = removedEnd
    ? ` The end date of the ${plan(from)} plan (${when.exact(removedEnd, zone)}) was removed.`
    : '';
  if (!earlierEnd) return removed;
  const { at, is } = earlierEnd;
  return `${removed} The end date of the ${plan(to)} plan (${when.exact(at, zone)}) was ${earlierEndWords[is]}.`;
}

/** Among many people with what tells them apart: the e-mail, or the ID of a person who has none. */
function personCalled({ id, name, email }: NonNullable<AuditEntry['user']>, isAmongMany: boolean): string {
  const apart = email ?? id;
  return `**${unmarked(name)}**${isAmongMany && apart !== name ? ` (${unmarked(apart)})` : ''}`;
}

/** "from Basic to Pro", or as much of it as is known. */
function pathOf({ from, to }: Pick<AuditEntry, 'from' | 'to'>): string {
  if (from === null) return `to ${plan(to)}`;
  return to === null ? `from ${plan(from)}` : `from ${plan(from)} to ${plan(to)}`;
}

function actorCalled({ operator, action }: AuditEntry): string {
  if (operator) return operatorCalled(operator);
  return action === 'denied' ? '**Someone**' : '**Someone outside Carillon**';
}

/** What is done about no person and no batch, before the name of what it is done to. */
const deeds = {
  'token-make': 'created a token for the command line',
  'token-revoke': 'revoked a token for the command line',
  'price-enter': 'entered a price of Pro',
  'price-withdraw': 'withdrew a price of Pro',
  'activity-file': 'uploaded hosted days',
  'department-file': 'uploaded departments',
  'restore-accept': 'accepted the restored database',
  'operator-disable': 'disabled an operator',
  'operator-enable': 'enabled an operator',
  'operator-sign-out': 'signed out an operator everywhere',
  'sessions-end': 'ended all sessions',
  'audit-key': 'replaced the lost key of the audit',
  'audit-cut': 'removed old entries of the audit',
};

const isDeed = (action: AuditAction): action is keyof typeof deeds => Object.hasOwn(deeds, action);

function sentenceOf(entry: AuditEntry, { zone, isAmongMany }: Telling): string {
  const who = actorCalled(entry);
  const person = entry.user ? personCalled(entry.user, isAmongMany) : 'someone';
  const path = pathOf(entry);
  const because = entry.failure ? `: ${reasons[entry.failure]}` : '';
  const why = entry.why ? ` “${unmarked(entry.why)}”` : '';
  const done = entry.outcome === 'applied';
  if (isDeed(entry.action)) return `${who} ${deeds[entry.action]}:${why}`;
  switch (entry.action) {
    case 'change':
      return done
        ? `${who} changed ${person} ${path}.${why}`
        : `${who} tried to change ${person} ${path}. Not made${because}.${why}`;
    case 'undo':
      return done
        ? `${who} undid a change: ${person} back ${path}.${why}`
        : `${who} tried to undo a change: ${person} back ${path}. Not made${because}.${why}`;
    case 'note':
      return `${who} added a note about ${person}:${why}`;
    case 'temporary':
      return `${who} set the ${plan(entry.from)} plan of ${person} to end${entry.until ? ` on ${when.exact(entry.until, zone)}` : ''}, then ${plan(entry.to)}.`;
    case 'permanent':
      return `${who} removed the end date from the ${plan(entry.to)} plan of ${person}.`;
    case 'ending':
      return endingSentence(entry, who, person);
    case 'late':
      return `An earlier attempt of ${who} arrived late: ${person} ${path}.`;
    case 'keep':
      return `${who} kept ${plan(entry.to)} for ${person}.`;
    case 'sign-in':
      return done
        ? `${who} signed in.`
        : `Someone tried to sign in${entry.operator ? ` as ${who}` : ''} and was refused.`;
    case 'sign-out':
      return `${who} signed out.`;
    case 'outside':
      return `${person} ${entry.outside ? outsideSentence(entry.outside) : 'was changed outside Carillon'}.`;
    case 'restore':
      return 'The database was restored from a backup: what happened between the entry before and this one is missing.';
    case 'batch-submit':
    case 'batch-approve':
    case 'batch-discard':
    case 'batch-pause':
    case 'batch-resume':
    case 'batch-stop':
    case 'batch-end':
      return batchSentence(entry.action, entry, who, why);
    case 'cancel':
      return `${who} cancelled the change of ${person} ${path}.`;
    case 'export':
      return entry.exported ? exportSentence(who, entry.exported) : `${who} exported a file.`;
    case 'denied':
      return deniedSentence(entry, who, person, `${because}.${why}`, zone);
  }
}

function endingSentence({ from, to, outcome, failure }: AuditEntry, who: string, person: string): string {
  const ended = `The ${plan(from)} plan of ${person}`;
  return outcome === 'applied'
    ? `${ended} ended as planned by ${who}: now on ${plan(to)}.`
    : `${ended} did not end as planned by ${who}: not set to ${plan(to)}${failure ? `, because ${reasons[failure]}` : ''}.`;
}

/** `rest`: why, for entries from before refused attempts were kept as such. */
function deniedSentence(
  entry: AuditEntry,
  who: string,
  person: string,
  rest: string,
  zone: string | undefined,
): string {
  if (entry.refused) return refusedSentence(who, entry.refused, entry.user ? `, about ${person}` : '', zone);
  const right = attemptOf(entry.why);
  return right
    ? `${who} tried to ${right}, which the role ${entry.operator?.role ?? ''} does not allow.`
    : `${who} was refused${entry.user ? ` a change of ${person}` : ''}${rest}`;
}

/** What was done with a batch as a whole, by an operator or by Carillon itself. */
function batchSentence(action: BatchAction, entry: AuditEntry, who: string, why: string): string {
  switch (action) {
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
          ? `A batch of ${people(entry)} was paused: Carillon no longer manages its account.${why}`
          : `A batch of ${people(entry)} was paused automatically, because too many changes failed.${why}`;
    case 'batch-resume':
      return `${who} resumed a batch of ${people(entry)}.${why}`;
    case 'batch-stop':
      return entry.operator
        ? `${who} stopped a batch of ${people(entry)}: ${result(entry)}.${why}`
        : entry.failure === 'interrupted'
          ? `A batch of ${people(entry)} was stopped: the end date of its plans had passed.${why}`
          : `A batch of ${people(entry)} was stopped: the person who submitted it no longer has permission to run batches.${why}`;
    case 'batch-end':
      return `A batch of ${people(entry)} by ${who} has ended: ${result(entry)}.${why}`;
  }
}
