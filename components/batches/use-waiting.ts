'use client';

import { useQuery } from '@tanstack/react-query';
import type { WaitingInAccount } from '@/lib/batches/batch.ts';
import { approvalsData } from './addresses.ts';
import { readJson } from './read.ts';

export const waitingKey = ['waiting for approval'];

const nothing: WaitingInAccount[] = [];

/**
 * In which accounts other than this one batches wait for the viewer's approval; what is known stays when a read fails. Nothing is
 * asked for a viewer who may not approve any.
 */
export function useWaitingElsewhere(accountId: string | undefined, mayApprove: boolean): WaitingInAccount[] {
  const { data = nothing } = useQuery({
    queryKey: waitingKey,
    queryFn: ({ signal }) => readJson<WaitingInAccount[]>(approvalsData, signal),
    enabled: mayApprove,
    refetchInterval: 10_000,
    retry: false, // the next read is a moment away
    networkMode: 'always',
  });
  return data.filter((account) => account.accountId !== accountId);
}
