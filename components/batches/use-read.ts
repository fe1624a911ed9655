'use client';

import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { ReadRefused, readJson } from './read.ts';

/**
 * What the server drew into the page, read again as long as the tab is seen, every so many milliseconds as `pause` says (null:
 * not at all). What is shown stays when a read fails.
 */
export function useReadAgain<T>(address: string, drawn: T, pause: (now: T) => number | null) {
  const router = useRouter();
  const { data, error, refetch } = useQuery({
    queryKey: [address],
    queryFn: ({ signal }) => readJson<T>(address, signal),
    initialData: drawn,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false, // the next read is a moment away
    networkMode: 'always',
    refetchInterval: ({ state }) => (state.data && pause(state.data)) ?? false,
    refetchOnWindowFocus: ({ state }) => (state.data && pause(state.data) !== null ? 'always' : false),
  });
  const status = error instanceof ReadRefused ? error.status : null;
  useEffect(() => {
    if (status === 401) router.refresh(); // the page leads to the sign-in, and back
  }, [status, router]);
  return {
    data: data ?? drawn,
    isFailed: error !== null,
    isGone: status === 404,
    refetch,
  };
}
