'use client';

import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { awayHeaders } from './away.ts';

/**
 * What the server drew into the page, and how to read it again from `address`. What is shown stays when a read fails; to draw the
 * page anew instead would, while our server is away, replace it by the browser's own error page.
 */
export function useKeptFresh<T>(address: string, drawn: T) {
  const router = useRouter();
  const { data, isError, refetch } = useQuery({
    queryKey: [address],
    queryFn: async ({ signal }): Promise<T> => {
      const response = await fetch(address, { signal, headers: awayHeaders(), cache: 'no-store' });
      if (response.ok) return response.json();
      if (response.status === 401) router.refresh(); // the page leads to the sign-in, and back
      throw new Error(`${address} answered ${response.status}`);
    },
    initialData: drawn,
    staleTime: Number.POSITIVE_INFINITY, // the caller says when to read
    gcTime: 0, // a page that is opened again brings newer numbers along
    retry: 1,
    networkMode: 'always',
  });
  return { data: data ?? drawn, isFailed: isError, refetch };
}
