'use client';

import { useSyncExternalStore } from 'react';
import { useDesk } from './desk-context.tsx';

const silence = { polite: '', urgent: '' };

/** The two places from which screen readers hear what became of a change. */
export function LiveRegions() {
  const { voice } = useDesk();
  const said = useSyncExternalStore(voice.subscribe, voice.said, () => silence);
  return (
    <div className="sr-only">
      <div aria-live="polite" data-voice="polite">
        {said.polite}
      </div>
      <div aria-live="assertive" data-voice="assertive">
        {said.urgent}
      </div>
    </div>
  );
}
