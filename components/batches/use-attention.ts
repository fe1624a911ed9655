'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { Attention, BatchState } from '@/lib/batches/batch.ts';
import { attentionData } from './addresses.ts';
import { readJson } from './read.ts';
import { waitingKey } from './use-waiting.ts';

const nothing: Attention = { approvals: 0, notEnded: 0 };

const key = (accountId: string) => ['attention', accountId];

/** How much there is to look at on the page of batches of an account; what is known stays when a read fails. */
export function useAttention(accountId: string | undefined): Attention {
  const { data } = useQuery({
    queryKey: key(accountId ?? ''),
    queryFn: ({ signal }) => readJson<Attention>(attentionData(accountId ?? ''), signal),
    enabled: accountId !== undefined,
    refetchInterval: 20_000,
    retry: false, // the next read is a moment away
    networkMode: 'always',
  });
  return data ?? nothing;
}

/** Counts anew when a batch that is shown has come to another state. */
export function useFreshAttention(accountId: string, state: BatchState): void {
  const client = useQueryClient();
  const before = useRef(state);
  useEffect(() => {
    if (before.current === state) return;
    before.current = state;
    void client.invalidateQueries({ queryKey: key(accountId) });
    void client.invalidateQueries({ queryKey: waitingKey });
  }, [client, accountId, state]);
}
