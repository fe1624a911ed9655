import type { Freshness } from '@/lib/accounts/account.ts';

/** Whether a listing is under way, or the very first one is about to begin. */
export const isBeingRead = ({ asOf, syncing, failure }: Freshness) =>
  syncing !== null || (asOf === null && failure === null);
