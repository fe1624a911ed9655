import type { Outcome } from '@/lib/changes/change.ts';
import type { Found, Known } from '../attempt.ts';

/** A request that is still on its way after so long is not looked for any more; it may be sent again under the same ID. */
const certainAfter = 5_000;

/**
 * What is known of a change whose answer never came: `outcome` is what our server has under its ID, `age` is how many milliseconds
 * ago it was sent. The intent is written down before Chime is called, so what is not there was not sent, or has not arrived yet.
 */
export function findLost(outcome: Outcome | undefined, license: Known, age: number): Found | null {
  if (outcome) return { outcome, license };
  return age >= certainAfter ? { nothing: true, license } : null;
}
