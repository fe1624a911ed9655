'use client';

import { useQuery } from '@tanstack/react-query';
import { readChanges } from '../data/reads.ts';
import { useAcross, useBench, useDesk, useSite } from '../desk-context.tsx';

const often = 400;
const seldom = 2_000;

/** Follows every change of the page that is still open, in one query. */
export function ChangesPoll() {
  const desk = useDesk();
  const bench = useBench();
  const { signedOut } = useSite();
  const open = useAcross(() => bench.openChanges().join(','), '');
  useQuery({
    queryKey: ['changes', desk.accountId],
    queryFn: async ({ signal }) => {
      try {
        const { changes } = await readChanges(desk.accountId, bench.openChanges(), signal);
        bench.hearChanges(changes);
      } catch (error) {
        bench.hearReadError(error);
        throw error;
      }
      return null;
    },
    enabled: open !== '' && !signedOut,
    staleTime: 0,
    gcTime: 0,
    retry: false,
    refetchInterval: () => (bench.isAnyFresh() ? often : seldom),
    refetchIntervalInBackground: true,
  });
  return null;
}
