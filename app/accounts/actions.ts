'use server';

import { redirect } from 'next/navigation';
import { endOwnSession } from '@/app/guard.ts';

/** Ends one's own session; anybody may, so it asks for no permission. */
export async function signOut(): Promise<void> {
  await endOwnSession();
  redirect('/sign-in');
}
