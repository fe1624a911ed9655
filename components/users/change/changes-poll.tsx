'use client';

import { useQuery } from '@tanstack/react-query';
import { readChanges } from '../data/later-reads.ts';
import { useAcross, useEngine, usePageStatus, usePageStore } from '../page-store-context.tsx';

const often = 400;
const seldom = 2_000;

/** Follows every change of the page that is still open, in one query. */
export function ChangesPoll() {
  const store = usePageStore();
  const engine = useEngine();
  const { signedOut } = usePageStatus();
  const open = useAcross(() => engine.openChanges().join(','), '');
  useQuery({
    queryKey: ['changes', store.accountId],
    queryFn: async ({ signal }) => {
      try {
        const { changes } = await readChanges(store.accountId, engine.openChanges(), signal);
        engine.onChanges(changes);
      } catch (error) {
        engine.onReadError(error);
        throw error;
      }
      return null;
    },
    enabled: open !== '' && !signedOut,
    staleTime: 0,
    gcTime: 0,
    retry: false,
    refetchInterval: () => (engine.isAnyFresh() ? often : seldom),
    refetchIntervalInBackground: true,
  });
  return null;
}
