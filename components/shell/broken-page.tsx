'use client';

import { useState } from 'react';
import { broken } from '@/lib/texts/broken.ts';
import * as texts from '@/lib/texts/pages.ts';
import { Button, buttonLook } from '../ui/button.tsx';
import { BareFrame } from './bare-frame.tsx';
import { PageMessage } from './page-message.tsx';

type BrokenPageProps = { reference?: string; retry: () => void; isBare: boolean };

/**
 * For what we did not expect, in a frame of its own where it stands outside the signed-in one. `reference` and the time find it in
 * the log: the same fault has the same reference each time.
 */
export default function BrokenPage({ reference, retry, isBare }: BrokenPageProps) {
  const [at] = useState(() => new Date().toISOString());
  const found = reference && broken.reference(reference, at);
  const message = (
    <PageMessage title={broken.title} text={broken.text(found)}>
      <Button look="loud" onClick={retry}>
        {broken.retry}
      </Button>
      <a href="/accounts" className={buttonLook.plain}>
        {texts.pages.allAccounts}
      </a>
    </PageMessage>
  );
  return isBare ? <BareFrame>{message}</BareFrame> : message;
}
