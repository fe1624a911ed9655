import type { AuditAction } from './entry.ts';

/** Which part of the audit is shown or exported; the address is its only home. */
export type AuditFilter = {
  /** Of one account; null for everything, sign-ins and denials of all accounts among it. */
  accountId: string | null;
  /** Part of an operator's name, user name or e-mail. */
  operator: string;
  /** What finds a person in People: words of their name, e-mail address or user ID. */
  person: string;
  action: AuditAction | null;
  outcome: 'applied' | 'failed' | null;
  /** Days in UTC, both of them included, as 2026-11-25. */
  from: string | null;
  until: string | null;
  /** Part of the reason or note: a ticket number. */
  reason: string;
  /** A request ID of ours or of AWS, or the ID of a change. */
  request: string;
};

export const actions = [
  'change',
  'undo',
  'note',
  'outside',
  'temporary',
  'permanent',
  'ending',
  'late',
  'keep',
  'denied',
  'sign-in',
  'sign-out',
  'token-make',
  'token-revoke',
  'price-enter',
  'price-withdraw',
  'activity-file',
  'department-file',
  'cancel',
  'export',
  'restore',
  'restore-accept',
  'operator-disable',
  'operator-enable',
  'operator-sign-out',
  'sessions-end',
  'audit-key',
  'audit-cut',
  'batch-submit',
  'batch-approve',
  'batch-discard',
  'batch-pause',
  'batch-resume',
  'batch-stop',
  'batch-end',
] as const satisfies AuditAction[];
export const outcomes = ['applied', 'failed'] as const;

export const everything: AuditFilter = {
  accountId: null,
  operator: '',
  person: '',
  action: null,
  outcome: null,
  from: null,
  until: null,
  reason: '',
  request: '',
};

type Params = { get(name: string): string | null | undefined };

/** Longer texts are cut here: no name or ID is longer. */
const longest = 200;

/** Reads a filter from an address; what does not belong there is ignored, never an error. */
export function auditFilterFrom(params: Params, accountId: string | null): AuditFilter {
  const text = (name: string) =>
    [...(params.get(name) ?? '').toWellFormed().replaceAll('\0', '').trim()].slice(0, longest).join('');
  return {
    accountId,
    operator: text('operator'),
    person: text('person'),
    action: actions.find((action) => action === params.get('action')) ?? null,
    outcome: outcomes.find((outcome) => outcome === params.get('outcome')) ?? null,
    from: dayFrom(params.get('from')),
    until: dayFrom(params.get('until')),
    reason: text('reason'),
    request: text('request'),
  };
}

/** The address of a filter, without the question mark; what does not narrow is left out. */
export function paramsFromAuditFilter({ accountId: _, ...filter }: AuditFilter): URLSearchParams {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) if (value) params.set(name, value);
  return params;
}

/** Whether a filter leaves anything of its account, or of all, out. */
export const isNarrowAudit = (filter: AuditFilter): boolean => paramsFromAuditFilter(filter).size > 0;

function dayFrom(text: string | null | undefined): string | null {
  if (!text || !/^(19|2\d)\d\d-\d\d-\d\d$/.test(text)) return null;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text) ? text : null;
}
