'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import * as texts from '@/lib/texts/states.ts';
import * as words from '@/lib/texts/words.ts';
import type { UsersPage } from '@/lib/users/page.ts';
import { TextButton } from '../ui/button.tsx';
import { Moment } from '../ui/moment.tsx';
import { useDesk } from './desk-context.tsx';

const staleAfter = 15;

/** How many people there are, how old that knowledge is, and the way to newer. */
export default function FreshnessLine({ everyone, freshness }: Pick<UsersPage, 'everyone' | 'freshness'>) {
  const { accountId, actions, ask } = useDesk();
  const client = useQueryClient();
  const [state, setState] = useState<'idle' | 'asking' | 'failed'>('idle');
  const minutes = useMinutesSince(freshness.asOf);
  const { asOf, syncing, failure } = freshness;
  const isStale = minutes !== null && minutes >= staleAfter;

  async function refresh() {
    setState('asking');
    try {
      const result = await actions.refreshDirectory({ accountId });
      setState(result.ok ? 'idle' : 'failed');
      if (!result.ok) ask((bench) => bench.tellSite({ type: 'refused', failure: result.failure }));
      await client.invalidateQueries({ queryKey: ['users', accountId] });
    } catch {
      setState('failed');
    }
  }

  const asWritten = (at: string, zone?: string) =>
    isStale
      ? texts.fresh.stale(words.when.clock(at, zone), words.when.ago(minutes))
      : texts.fresh.asOf(words.when.clock(at, zone));

  return (
    <p className="dotted flex flex-wrap items-center text-faint">
      {asOf !== null && <span>{texts.fresh.everyone(everyone)}</span>}
      {asOf && (
        <span className={isStale ? 'text-wait' : ''}>
          <Moment at={asOf} as={asWritten} />
        </span>
      )}
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
      {state === 'failed' && (
        <span role="alert" className="text-bad">
          {texts.fresh.refreshFailed}
        </span>
      )}
    </p>
  );
}

/** Whole minutes since a moment, kept going; null until the browser has taken over. */
function useMinutesSince(at: string | null): number | null {
  const [minutes, setMinutes] = useState<number | null>(null);
  useEffect(() => {
    if (at === null) return setMinutes(null);
    const count = () => setMinutes(Math.floor((Date.now() - Date.parse(at)) / 60_000));
    count();
    const timer = setInterval(count, 30_000);
    return () => clearInterval(timer);
  }, [at]);
  return minutes;
}
