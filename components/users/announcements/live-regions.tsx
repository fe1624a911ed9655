'use client';

import { useSyncExternalStore } from 'react';
import { useEngine } from '../page-store-context.tsx';

/** The two places from which screen readers hear what became of a change. */
export function LiveRegions() {
  const { said } = useEngine().announcer;
  const { polite, urgent } = useSyncExternalStore(said.subscribe, said.get, said.get);
  return (
    <div className="sr-only">
      <div aria-live="polite" data-announcer="polite">
        {polite}
      </div>
      <div aria-live="assertive" data-announcer="assertive">
        {urgent}
      </div>
    </div>
  );
}
