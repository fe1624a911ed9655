'use client';

import { useSyncExternalStore } from 'react';
import * as texts from '@/lib/texts/shell.ts';
import { TextButton } from '../ui/button.tsx';
import { isPartMissing } from '../ui/later.ts';
import { Notice } from '../ui/notice.tsx';

/** Says that a part of the page cannot be had any more, as after an upgrade of Carillon, and offers to load the page again. */
export function ReloadNotice() {
  const isMissing = useSyncExternalStore(isPartMissing.subscribe, isPartMissing.get, () => false);
  if (!isMissing) return null;
  return (
    <div role="alert" className="fixed top-16 end-4 start-4 z-20 sm:start-auto sm:max-w-md">
      <Notice tone="wait" acts={<TextButton onClick={() => window.location.reload()}>{texts.shell.reload}</TextButton>}>
        {texts.shell.partMissing}
      </Notice>
    </div>
  );
}
