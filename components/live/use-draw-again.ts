'use client';

import { useCallback, useState } from 'react';
import type { Result } from '@/lib/result.ts';
import { sayIfAway } from './away.ts';
import { answerOf } from './outdated.ts';

/** A server action that draws the page again: where its answer does not come, the page stays as it was. */
export type DrawAgain = (input: Record<string, never>) => Promise<Result<null>>;

/**
 * Has our server draw the page again, in place, and says whether the last drawing failed. A drawing keeps no session alive while
 * nobody is there.
 */
export function useDrawAgain(drawAgain: DrawAgain): { draw: () => Promise<void>; isBroken: boolean } {
  const [isBroken, setBroken] = useState(false);
  const draw = useCallback(async () => {
    sayIfAway();
    const { ok } = await answerOf(drawAgain({}));
    setBroken(!ok);
  }, [drawAgain]);
  return { draw, isBroken };
}
