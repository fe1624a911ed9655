import { randomUUID } from 'node:crypto';
import { cookies, headers } from 'next/headers';
import { cache } from 'react';
import { isInScope } from '../../lib/accounts/scope.ts';
import { recordEntry } from '../../lib/audit/store.ts';
import {
  endOtherSessions,
  endSession,
  operatorOf,
  operatorStill,
  otherSessions,
  sessionCookie,
} from '../../lib/auth/session.ts';
import type { Operator } from '../../lib/auth/store.ts';
import { awayCookie, awayHeader } from '../../lib/away.ts';
import { inTransaction } from '../../lib/db/database.ts';
import { authConfig, deps } from '../../lib/deps.ts';
import { may } from '../../lib/operators/permissions.ts';
import type { Actor } from './checks.ts';

/** Ends the session at once, everywhere, and forgets its cookie. */
export async function endOwnSession(): Promise<void> {
  const { db, settings } = deps();
  const operator = await endSession(db, authConfig(), await ownCookie());
  if (operator) await recordEntry(db, { action: 'sign-out', operator, requestId: randomUUID() });
  const isEncrypted = settings.PUBLIC_URL.startsWith('https:');
  // As it was set: browsers take nothing of this name over https that is not marked so, not even its end.
  (await cookies()).delete({
    name: sessionCookie(settings.PUBLIC_URL),
    path: '/',
    secure: isEncrypted,
    httpOnly: true,
    sameSite: 'lax',
  });
}

/** How many other sessions of this operator's are alive. */
export async function countOwnOtherSessions(operator: Operator): Promise<number> {
  return otherSessions(deps().db, authConfig(), await ownCookie(), operator);
}

/** Ends them, at once and everywhere; the answer is how many there were. */
export async function endOwnOtherSessions({ operator, requestId }: Actor): Promise<number> {
  const cookie = await ownCookie();
  return inTransaction(deps().db, async (trx) => {
    const ended = await endOtherSessions(trx, authConfig(), cookie, operator);
    if (ended > 0) {
      await recordEntry(trx, { action: 'sign-out', operator, requestId, why: `other sessions: ${ended}` });
    }
    return ended;
  });
}

async function ownCookie(): Promise<string | undefined> {
  const jar = await cookies(); // first of all: a page that asks for cookies is not drawn at build time
  return jar.get(sessionCookie(deps().settings.PUBLIC_URL))?.value;
}

/**
 * For answers that go on for long: asks later, as often as you like, whether the session of this request is still alive, and
 * the account still in its scope. Asking does not keep it alive.
 */
export async function isStillWelcome(accountId: string): Promise<() => Promise<boolean>> {
  const cookie = await ownCookie();
  return async () => {
    const operator = await operatorStill(deps().db, authConfig(), cookie);
    return operator !== undefined && may(operator, 'users:view') && isInScope(operator.accounts, accountId);
  };
}

/** Who is signed in, if anybody; asked once for all parts of a page. Asking keeps the session alive, unless a page asks by itself. */
export const currentOperator = cache(async (): Promise<Operator | undefined> => {
  const cookie = await ownCookie();
  const given = await headers();
  const isAway = given.has(awayHeader) || (await cookies()).has(awayCookie);
  const isUnattended = isAway || given.get('accept') === 'text/event-stream';
  return (isUnattended ? operatorStill : operatorOf)(deps().db, authConfig(), cookie);
});
