'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import type { UserCounts } from '@/lib/counts/counts.ts';
import type { UserFilter } from '@/lib/search/filter.ts';
import type { PageStore } from '../page-store.ts';
import { countsParams } from '../search/narrowing.ts';
import { readCounts } from './reads.ts';

/** The numbers beside the filters; old ones belong to the filter before this one, and must not pass for true. */
export type Numbers = { counts: UserCounts | null; isOld: boolean };

export const uncounted: Numbers = { counts: null, isOld: false };

const typedFor = 150;

/** The numbers for a filter: asked for once its rows have come and the typing has stopped, so that they delay no row. */
export function useCounts(store: PageStore, filter: UserFilter, initial: Initial, isAnswered: boolean): Numbers {
  const params = countsParams(filter);
  const isTyped = useIsTyped(filter.search);
  const { data, isPlaceholderData } = useQuery({
    queryKey: ['counts', store.accountId, params],
    queryFn: ({ signal }) => readCounts(store.accountId, filter, signal),
    initialData: initial.counts && params === countsParams(initial.filter) ? initial.counts : undefined,
    placeholderData: keepPreviousData,
    enabled: isAnswered && !isTyped,
    staleTime: 10_000,
    retry: 1,
  });
  return useMemo(() => ({ counts: data ?? null, isOld: isPlaceholderData }), [data, isPlaceholderData]);
}

type Initial = { filter: UserFilter; counts: UserCounts | null };

/** Whether a text has only just been typed. */
function useIsTyped(text: string): boolean {
  const [calm, setCalm] = useState(text);
  useEffect(() => {
    if (text === calm) return;
    const timer = setTimeout(() => setCalm(text), typedFor);
    return () => clearTimeout(timer);
  }, [text, calm]);
  return text !== calm;
}
