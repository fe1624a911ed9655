'use client';

import { useState } from 'react';
import type { Result } from '@/lib/result.ts';
import * as texts from '@/lib/texts/licenses.ts';
import { TextButton } from '../ui/button.tsx';

export type RefreshDirectory = (input: { accountId: string }) => Promise<Result<null>>;

type RefreshButtonProps = { accountId: string; refreshDirectory: RefreshDirectory; onAsked: () => void };

/** Asks for a fresh listing of an account; how it goes is said by the freshness beside it. */
export function RefreshButton({ accountId, refreshDirectory, onAsked }: RefreshButtonProps) {
  const [state, setState] = useState<'idle' | 'asking' | 'failed'>('idle');

  async function refresh() {
    if (state === 'asking') return;
    setState('asking');
    const isAsked = await refreshDirectory({ accountId }).then(
      ({ ok }) => ok,
      () => false,
    );
    setState(isAsked ? 'idle' : 'failed');
    if (isAsked) onAsked();
  }

  return (
    <>
      <TextButton
        className="font-normal! text-quiet"
        aria-disabled={state === 'asking' || undefined}
        onClick={() => void refresh()}
      >
        {texts.freshness.refresh}
      </TextButton>
      {state === 'failed' && (
        <span role="alert" className="ml-2 text-bad">
          {texts.freshness.refreshFailed}
        </span>
      )}
    </>
  );
}
