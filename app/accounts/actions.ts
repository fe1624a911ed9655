'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import { endOwnOtherSessions, endOwnSession, operatorAction } from '@/app/guard.ts';

/** Ends one's own session; anybody may, so it asks for no permission. */
export async function signOut(): Promise<void> {
  await endOwnSession();
  redirect('/sign-in');
}

/** Ends every other session of one's own; the answer is how many there were. */
export const signOutOthers = operatorAction('users:view', z.strictObject({}), (_, actor) => endOwnOtherSessions(actor));
