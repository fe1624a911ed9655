'use client';

import { useState } from 'react';
import type { Refresh } from '@/lib/accounts/account.ts';
import type { Result } from '@/lib/result.ts';
import { when } from '@/lib/texts/formats.ts';
import * as texts from '@/lib/texts/licenses.ts';
import { answerOf } from '../live/outdated.ts';
import { TextButton } from '../ui/button.tsx';

export type RefreshMirror = (input: { accountId: string }) => Promise<Result<Refresh>>;

type RefreshButtonProps = { accountId: string; refreshMirror: RefreshMirror; onAsked: () => void };

/** Asks for a fresh listing of an account; how it goes is said by the freshness beside it. */
export function RefreshButton({ accountId, refreshMirror, onAsked }: RefreshButtonProps) {
  const [state, setState] = useState<'idle' | 'asking' | 'failed'>('idle');
  const [restsUntil, setRestsUntil] = useState<string | null>(null);

  async function refresh() {
    if (state === 'asking') return;
    setState('asking');
    const result = await answerOf(refreshMirror({ accountId }));
    setState(result.ok ? 'idle' : 'failed');
    if (!result.ok) return;
    setRestsUntil(result.value.state === 'resting' ? result.value.until : null);
    onAsked();
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
      {restsUntil && (
        <span role="status" className="ms-2 text-quiet">
          {texts.freshness.resting(when.clock(restsUntil))}
        </span>
      )}
      {state === 'failed' && (
        <span role="alert" className="ms-2 text-bad">
          {texts.freshness.refreshFailed}
        </span>
      )}
    </>
  );
}
