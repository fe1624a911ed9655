'use client';

import { useSearchParams } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { filterFromParams, paramsFromFilter, type UserFilter } from '@/lib/users/filter.ts';

/**
 * The filter, and the address that holds it. The page follows what was typed at once; the address is written beside it
 * and wins whenever it changes by itself (Back, a link).
 */
export function useFilterAddress(initial: UserFilter) {
  const [filter, setFilter] = useState(initial);
  const written = useRef(paramsFromFilter(initial));
  const address = useSearchParams().toString();

  useEffect(() => {
    const now = window.location.search.slice(1);
    if (now !== address) return; // An older address on its way through the router.
    const inAddress = filterFromParams(new URLSearchParams(address));
    if (paramsFromFilter(inAddress) === written.current) return;
    written.current = paramsFromFilter(inAddress);
    setFilter(inAddress);
  }, [address]);

  function change(next: UserFilter, history: 'push' | 'replace') {
    const params = paramsFromFilter(next);
    setFilter(next);
    if (params === written.current) return;
    written.current = params;
    const target = `${window.location.pathname}${params ? `?${params}` : ''}`;
    if (history === 'push') window.history.pushState(null, '', target);
    else window.history.replaceState(null, '', target);
  }

  return [filter, change] as const;
}
