'use client';

import { usePathname } from 'next/navigation';
import * as texts from '@/lib/texts/batches.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { useHydrated } from '../ui/hydrated.ts';

/** The link to this page, to be sent to somebody. */
export function LinkButton() {
  const pathname = usePathname();
  const isHydrated = useHydrated();
  return (
    <CopyButton
      text={isHydrated ? location.origin + pathname : pathname}
      label={texts.batchPage.link}
      doneLabel={texts.batchPage.linkCopied}
    />
  );
}
