'use client';

import * as texts from '@/lib/texts/pages.ts';
import { Button } from '../ui/button.tsx';
import { PageMessage } from './page-message.tsx';

/** For what we did not expect; `reference` finds it in the log. */
export function BrokenPage({ reference, retry }: { reference?: string; retry: () => void }) {
  return (
    <PageMessage title={texts.pages.brokenTitle} text={texts.pages.broken(reference)}>
      <Button look="loud" onClick={retry}>
        {texts.pages.brokenRetry}
      </Button>
    </PageMessage>
  );
}
