import { randomUUID } from 'node:crypto';
import { notFound, redirect } from 'next/navigation';
import type { Operator } from '../../lib/auth/store.ts';
import { Refusal } from '../../lib/failures.ts';
import { chimeId } from '../../lib/id.ts';
import type { Permission } from '../../lib/operators/permissions.ts';
import { auditRefusal, requirePermission, requireScope } from './checks.ts';
import { currentOperator } from './session.ts';

/**
 * The door for pages: who is not signed in goes to the sign-in page and comes back to `path`. A page about an account that
 * is not in the operator's scope is not there, nor is one of no account's name, nor one that needs a right they have not.
 */
export async function pageOperator(path: string, accountId?: string, needs?: Permission): Promise<Operator> {
  const operator = (await currentOperator()) ?? redirect(`/sign-in?return=${encodeURIComponent(path)}`);
  if (accountId !== undefined && !chimeId.safeParse(accountId).success) notFound();
  try {
    if (needs !== undefined) requirePermission(operator, needs);
    requireScope(operator, accountId);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    await auditRefusal(error, { attempt: needs ?? 'users:view', operator, requestId: randomUUID(), accountId });
    notFound();
  }
  return operator;
}
