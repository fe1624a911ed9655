import { unstable_isUnrecognizedActionError } from 'next/navigation';
import type { Failure } from '@/lib/failures.ts';

/**
 * Whether what an action threw says that the server does not know it, because Carillon was updated since the page was loaded:
 * nothing has been done, and a page that is loaded again can do it (Next, "Failed to find Server Action").
 */
export const isOutdated = (error: unknown): boolean => unstable_isUnrecognizedActionError(error);

/** What an action that threw has certainly come to; undefined where nobody can say. */
export const unansweredBy = (error: unknown): { ok: false; failure: Failure } | undefined =>
  isOutdated(error) ? { ok: false, failure: { code: 'outdated', at: new Date().toISOString() } } : undefined;
