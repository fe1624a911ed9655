'use client';

import { useSyncExternalStore } from 'react';
import * as texts from '@/lib/texts/shell.ts';
import { isPageOutdated } from '../live/outdated.ts';
import { TextButton } from '../ui/button.tsx';
import type { Cell } from '../ui/cell.ts';
import { isPartMissing } from '../ui/later.ts';
import { Notice } from '../ui/notice.tsx';

/** Says why the page has to be loaded again to be used, as after an upgrade of Carillon, and offers it. */
export function ReloadNotice() {
  const isMissing = useFact(isPartMissing);
  const isOutdated = useFact(isPageOutdated);
  if (!isMissing && !isOutdated) return null;
  return (
    <div role="alert" className="fixed top-16 end-4 start-4 z-20 sm:start-auto sm:max-w-md">
      <Notice tone="wait" acts={<TextButton onClick={() => window.location.reload()}>{texts.shell.reload}</TextButton>}>
        {isOutdated ? texts.shell.outdated : texts.shell.partMissing}
      </Notice>
    </div>
  );
}

const useFact = ({ subscribe, get }: Cell<boolean>) => useSyncExternalStore(subscribe, get, () => false);
