'use client';

import { useSyncExternalStore } from 'react';
import { useBench } from '../desk-context.tsx';

/** The two places from which screen readers hear what became of a change. */
export function LiveRegions() {
  const { said } = useBench().voice;
  const { polite, urgent } = useSyncExternalStore(said.subscribe, said.get, said.get);
  return (
    <div className="sr-only">
      <div aria-live="polite" data-voice="polite">
        {polite}
      </div>
      <div aria-live="assertive" data-voice="assertive">
        {urgent}
      </div>
    </div>
  );
}
