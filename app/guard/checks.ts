import { z } from 'zod';
import { isInScope } from '../../lib/accounts/scope.ts';
import { findAccount } from '../../lib/accounts/store.ts';
import { recordRefusal } from '../../lib/audit/record-refusal.ts';
import type { RefusedAttempt } from '../../lib/audit/refusals-store.ts';
import type { Operator } from '../../lib/auth/store.ts';
import { asAway } from '../../lib/db/database.ts';
import { deps, requestBuckets } from '../../lib/deps.ts';
import { Refusal } from '../../lib/failures.ts';
import { chimeId } from '../../lib/id.ts';
import { log } from '../../lib/log/log.ts';
import { may, type Permission } from '../../lib/operators/permissions.ts';
import { failureFrom } from '../../lib/result.ts';

/** Who is at the door, and the ID under which this request is logged and audited. */
export type Actor = { operator: Operator; requestId: string };

/** The operator, where one is signed in. */
export function requireOperator(operator: Operator | undefined): Operator {
  if (!operator) throw new Refusal('signed-out', 'Nobody is signed in.');
  return operator;
}

/** Refuses one request more than an operator may send to this process within a minute. */
export function requireWithinRequestLimit({ id }: Operator): void {
  const refused = requestBuckets().take(id);
  if (!refused) return;
  const aMinute = deps().settings.REQUEST_LIMITS.operator;
  if (refused.isFirst)
    log.warn({ operatorId: id, aMinute }, 'An operator sends more requests than REQUEST_LIMITS allows');
  const requests = { aMinute, waitSeconds: refused.waitSeconds };
  throw new Refusal('request-limit', `The limit is ${aMinute} requests a minute.`, { requests });
}

export function requirePermission(operator: Operator, needs: Permission): void {
  if (!may(operator, needs)) throw new Refusal('not-allowed', `The role ${operator.role} does not allow it.`);
}

/** Refuses an account outside the operator's scope in the same words as one that does not exist. */
export function requireScope(operator: Operator, accountId: string | undefined): void {
  if (accountId === undefined || isInScope(operator.accounts, accountId)) return;
  throw new Refusal('unknown-account', 'No such account.');
}

/** What a request is about, as far as it names that as we do. */
export function subjectOf(raw: unknown) {
  const named = z.record(z.string(), z.unknown()).safeParse(raw).data ?? {};
  return {
    accountId: chimeId.safeParse(named.accountId).data,
    userId: chimeId.safeParse(named.userId).data,
    changeId: z.uuid().safeParse(named.changeId).data,
    batchId: z.uuid().safeParse(named.batchId).data,
  };
}

/** The one place where what is refused to an operator comes into the audit. An entry that cannot be written is in the log. */
export async function auditRefusal(error: unknown, refused: RefusedAttempt | undefined): Promise<void> {
  if (!(error instanceof Refusal) || !refused) return;
  // What it was about has not been looked at, and an entry for each would cost more than the request.
  if (error.code === 'request-limit') return;
  await recordRefusal(deps().db, refused, error).catch((err: unknown) =>
    log.error({ err, requestId: refused.requestId }, 'A refused attempt could not be written to the audit'),
  );
}

/** Refuses an account that Carillon does not look after. */
export async function requireAccount(accountId: string): Promise<void> {
  if (!(await findAccount(deps(), accountId))) throw new Refusal('unknown-account', 'No such account.');
}

export function parsed<Input>(shape: z.ZodType<Input>, raw: unknown): Input {
  const input = shape.safeParse(raw);
  if (input.success) return input.data;
  const [issue] = input.error.issues;
  throw new Refusal('invalid', `${issue?.path.join('.') || 'input'}: ${issue?.message ?? 'not understood'}`);
}

export function failureAt(error: unknown, requestId: string) {
  if (!(error instanceof Refusal)) log.error({ err: error, requestId }, 'A request failed on our side');
  return failureFrom(asAway(error), requestId);
}
