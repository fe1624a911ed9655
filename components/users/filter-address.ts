'use client';

import { useSearchParams } from 'next/navigation';
import { useCallback, useEffect, useRef, useState } from 'react';
import { filterFromParams, paramsFromFilter, type UserFilter } from '@/lib/users/filter.ts';

/**
 * The filter, and the address that holds it. The page follows what was typed at once; the address is written beside it
 * and wins whenever it changes by itself (Back, a link).
 */
export function useFilterAddress(initial: UserFilter) {
  const [filter, setFilter] = useState(initial);
  const written = useRef(paramsFromFilter(initial));
  const address = useSearchParams().toString();
  const write = useLateWrite();

  useEffect(() => {
    const now = window.location.search.slice(1);
    if (now !== address) return; // An older address on its way through the router.
    const inAddress = filterFromParams(new URLSearchParams(address));
    if (paramsFromFilter(inAddress) === written.current) return;
    write.forget();
    written.current = paramsFromFilter(inAddress);
    setFilter(inAddress);
  }, [address, write]);

  const change = useCallback(
    (next: UserFilter, history: 'push' | 'replace') => {
      const params = paramsFromFilter(next);
      setFilter(next);
      if (params === written.current) return;
      written.current = params;
      const target = `${window.location.pathname}${params ? `?${params}` : ''}`;
      if (history === 'replace') return write.soon(target);
      write.now();
      window.history.pushState(null, '', target);
    },
    [write],
  );

  return [filter, change] as const;
}

/** The address follows typing a moment later: written at every letter, it would be the dearest part of a keystroke. */
const writeAfterMs = 150;

/** Replaces the address, not at once. */
function useLateWrite() {
  const [write] = useState(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let waiting: string | undefined;
    const forget = () => {
      clearTimeout(timer);
      waiting = undefined;
    };
    const now = () => {
      if (waiting !== undefined) window.history.replaceState(null, '', waiting);
      forget();
    };
    const soon = (target: string) => {
      forget();
      waiting = target;
      timer = setTimeout(now, writeAfterMs);
    };
    return { soon, now, forget };
  });
  useEffect(() => write.forget, [write]);
  return write;
}
