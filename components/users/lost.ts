import type { AuditEntry, History } from '@/lib/audit/entry.ts';
import type { Choice, Outcome } from '@/lib/changes/change.ts';
import type { Found, Known } from './attempt.ts';

/** What can be read on our server about a change whose answer never came. */
export type Traces = {
  history: History;
  license: Known;
  /** When the choice was sent, by the server's clock. */
  sentAt: number;
  /** How long ago that is, in milliseconds. */
  age: number;
  operatorName: string;
};

/** The server's clock is read to the second, and the intent may be written a little after we sent it. */
const slack = 2_000;
/** A request still on its way would have been written down by then. */
const certainAfter = 5_000;

/**
 * Finds the change among the traces. Without any trace it is called not made only once it can no longer be on its
 * way: the intent is written down before Chime is called, so what is not written was not sent.
 */
export function findChange(choice: Choice, traces: Traces): Found | null {
  const { history, license, sentAt, age, operatorName } = traces;
  const { open } = history;
  if (open && open.to === choice.to && open.operator === operatorName) return { outcome: openOutcome(choice, open) };

  const isOurs = (entry: AuditEntry) =>
    (entry.action === 'change' || entry.action === 'undo') &&
    entry.to === choice.to &&
    entry.operator?.name === operatorName &&
    Date.parse(entry.at) >= sentAt - slack;
  const entry = history.entries.find(isOurs);
  if (entry) return { outcome: settledOutcome(choice, entry, license), license };

  return age >= certainAfter && !open ? { nothing: true, license } : null;
}

function openOutcome(choice: Choice, open: NonNullable<History['open']>): Outcome {
  const base = { ...choice, changeId: open.changeId };
  return open.state === 'pending'
    ? { ...base, state: 'pending', requestedAt: open.at, tries: 1, mostTries: 1, checking: true }
    : { ...base, state: 'unknown', failure: { code: 'no-answer', at: open.at } };
}

function settledOutcome(choice: Choice, entry: AuditEntry, license: Known): Outcome {
  if (entry.outcome === 'applied')
    return { ...choice, state: 'applied', changeId: '', appliedAt: entry.at, confirmation: 'confirmed' };
  return {
    ...choice,
    state: 'failed',
    failure: {
      code: entry.failure ?? 'unexpected',
      at: entry.at,
      current: license.license,
      requestId: entry.requestId,
      ...(entry.awsRequestId ? { chime: { requestId: entry.awsRequestId } } : {}),
    },
  };
}
