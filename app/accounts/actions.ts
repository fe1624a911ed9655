'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import { operatorAction } from '@/app/guard/actions.ts';
import { endOwnOtherSessions, endOwnSession } from '@/app/guard/session.ts';
import { deps } from '@/lib/deps.ts';
import { plainText } from '@/lib/plain-text.ts';
import { makeToken as make, revokeToken as revoke } from '@/lib/tokens/keep-tokens.ts';
import { listTokens } from '@/lib/tokens/store.ts';
import { longestName } from '@/lib/tokens/token.ts';

/** Ends one's own session; anybody may, so it asks for no permission. */
export async function signOut(): Promise<void> {
  await endOwnSession();
  redirect('/sign-in');
}

/** Ends every other session of one's own; the answer is how many there were. */
export const signOutOthers = operatorAction('sign-out-others', 'users:view', z.strictObject({}), (_, actor) =>
  endOwnOtherSessions(actor),
);

const newToken = z.object({
  name: z.string().max(1_000).transform(plainText).pipe(z.string().trim().min(1).max(longestName)),
});

/** Makes a token for the command line: the answer is the only place where it is to be seen. */
export const makeToken = operatorAction(
  'make-token',
  'tokens:make',
  newToken,
  async ({ name }, { operator, requestId }) => {
    const { db } = deps();
    const token = await make(db, operator, name, requestId);
    return { token, tokens: await listTokens(db, operator.id) };
  },
);

/** Ends a token of one's own; answers with those that are left. */
export const revokeToken = operatorAction(
  'revoke-token',
  'tokens:make',
  z.object({ id: z.uuid() }),
  async ({ id }, actor) => {
    const { db } = deps();
    await revoke(db, actor.operator, id, actor.requestId);
    return listTokens(db, actor.operator.id);
  },
);
