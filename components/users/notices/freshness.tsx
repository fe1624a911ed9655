'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { staleAfterMinutes } from '@/lib/accounts/account.ts';
import type { UsersPage } from '@/lib/search/page.ts';
import { when } from '@/lib/texts/formats.ts';
import * as texts from '@/lib/texts/freshness.ts';
import { TextButton } from '../../ui/button.tsx';
import { useMinutesSince } from '../../ui/minutes-since.ts';
import { Moment } from '../../ui/moment.tsx';
import { askServer } from '../data/ask-server.ts';
import { usePageStore } from '../page-store-context.tsx';

type FreshnessProps = Pick<UsersPage, 'everyone' | 'freshness' | 'slowedTo'>;

/** How many people there are, how old that knowledge is, and the way to newer. */
export default function FreshnessLine({ everyone, freshness, slowedTo }: FreshnessProps) {
  const store = usePageStore();
  const { accountId, actions } = store;
  const client = useQueryClient();
  const [state, setState] = useState<'idle' | 'asking' | 'failed'>('idle');
  const [restsUntil, setRestsUntil] = useState<string | null>(null);
  const minutes = useMinutesSince(freshness.asOf);
  const { asOf, syncing, failure, leftOut } = freshness;
  const isStale = minutes !== null && minutes >= staleAfterMinutes;

  async function refresh() {
    setState('asking');
    const result = await askServer(store, actions.refreshMirror({ accountId }));
    setState(result.ok ? 'idle' : 'failed');
    setRestsUntil(result.ok && result.value.state === 'resting' ? result.value.until : null);
    await client.invalidateQueries({ queryKey: ['users', accountId] });
  }

  const asWritten = (at: string, zone?: string) =>
    isStale ? texts.fresh.stale(when.clock(at, zone), when.ago(minutes)) : texts.fresh.asOf(when.clock(at, zone));

  return (
    <p className="dotted flex flex-wrap items-center text-faint">
      {asOf !== null && <span>{texts.fresh.everyone(everyone)}</span>}
      {asOf && (
        <span className={isStale ? 'text-wait' : ''}>
          <Moment at={asOf} as={asWritten} />
        </span>
      )}
      {leftOut > 0 && <span className="text-wait">{texts.fresh.leftOut(leftOut)}</span>}
      {failure && !syncing && <span className="text-wait">{texts.fresh.failed}</span>}
      {syncing ? (
        (asOf !== null || everyone > 0) && (
          <span role="status" className="text-quiet">
            {asOf === null
              ? texts.fresh.partial(everyone, syncing.about)
              : texts.fresh.reading(syncing.read, syncing.about)}
          </span>
        )
      ) : (
        <span>
          <TextButton
            className="font-normal! text-quiet"
            aria-disabled={state === 'asking' || undefined}
            onClick={refresh}
          >
            {texts.fresh.refresh}
          </TextButton>
        </span>
      )}
      {syncing && !syncing.hasWorker && (
        <span role="status" className="text-wait">
          {texts.fresh.noWorker}
        </span>
      )}
      {restsUntil && !syncing && (
        <span role="status" className="text-quiet">
          {texts.fresh.resting(when.clock(restsUntil))}
        </span>
      )}
      {slowedTo !== null && (
        <span role="status" className="text-wait">
          {texts.slowed(slowedTo)}
        </span>
      )}
      {state === 'failed' && (
        <span role="alert" className="text-bad">
          {texts.fresh.refreshFailed}
        </span>
      )}
    </p>
  );
}
