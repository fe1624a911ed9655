'use client';

import { useCallback, useMemo, useRef, useState } from 'react';
import type { Preferences } from '@/lib/preferences/preferences.ts';
import type { Actions } from '../actions.ts';

/** How the table looks to this operator, and the way to change it. */
export type Look = {
  preferences: Preferences;
  /** The last choice could not be kept; it holds on this page all the same. */
  isLost: boolean;
  choose: (preferences: Preferences) => void;
};

/** Applied at once, kept in the background. */
export function usePreferences(initial: Preferences, save: Actions['savePreferences']): Look {
  const [preferences, setPreferences] = useState(initial);
  const [isLost, setLost] = useState(false);
  const latest = useRef(initial);

  const choose = useCallback(
    async (next: Preferences) => {
      latest.current = next;
      setPreferences(next);
      setLost(false);
      const isKept = await save(next).then(
        ({ ok }) => ok,
        () => false,
      );
      if (latest.current === next) setLost(!isKept);
    },
    [save],
  );

  return useMemo(() => ({ preferences, isLost, choose }), [preferences, isLost, choose]);
}
