import { unstable_isUnrecognizedActionError } from 'next/navigation';
import type { Failure } from '@/lib/failures.ts';
import type { Result } from '@/lib/result.ts';
import { createCell } from '../ui/cell.ts';

/** Whether an action of this page was refused because Carillon was updated since the page was loaded; the frame says so. */
export const isPageOutdated = createCell(false);

/**
 * Whether what an action threw says that the server does not know it, because Carillon was updated since the page was loaded:
 * nothing has been done, and a page that is loaded again can do it (Next, "Failed to find Server Action").
 */
export const isOutdated = (error: unknown): boolean => unstable_isUnrecognizedActionError(error);

/** What an action that threw has certainly come to; undefined where nobody can say. */
export const unansweredBy = (error: unknown): { ok: false; failure: Failure } | undefined =>
  isOutdated(error) ? { ok: false, failure: { code: 'outdated', at: new Date().toISOString() } } : undefined;

type Answer<T> = { ok: true; value: T } | { ok: false; failure?: Failure };

/** What an action answers; without a failure where it may or may not have been done, as its answer was lost. */
export async function answerOf<T>(action: Promise<Result<T>>): Promise<Answer<T>> {
  try {
    return await action;
  } catch (error) {
    const known = unansweredBy(error);
    if (known) isPageOutdated.set(true);
    return known ?? { ok: false };
  }
}
