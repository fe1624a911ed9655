'use client';

import { useState } from 'react';
import * as texts from '@/lib/texts/pages.ts';
import { Button, buttonLook } from '../ui/button.tsx';
import { PageMessage } from './page-message.tsx';

/** For what we did not expect. `reference` and the time find it in the log: the same fault has the same reference each time. */
export function BrokenPage({ reference, retry }: { reference?: string; retry: () => void }) {
  const [at] = useState(() => new Date().toISOString());
  const found = reference && texts.pages.brokenReference(reference, at);
  return (
    <PageMessage title={texts.pages.brokenTitle} text={texts.pages.broken(found)}>
      <Button look="loud" onClick={retry}>
        {texts.pages.brokenRetry}
      </Button>
      <a href="/accounts" className={buttonLook.plain}>
        {texts.pages.allAccounts}
      </a>
    </PageMessage>
  );
}
