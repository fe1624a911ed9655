'use client';

import { useSearchParams } from 'next/navigation';
import { useCallback, useEffect, useRef, useState } from 'react';
import { filterFromParams, paramsFromFilter, type UserFilter } from '@/lib/search/filter.ts';

/**
 * The filter, and the address that holds it. The page follows what was typed at once; the address is written beside it
 * and wins whenever it changes by itself (Back, a link), which it does not when it is only heard to be what was written:
 * on a slow computer Next hears of it late, and then puts an address of some letters before back for a moment.
 */
export function useFilterAddress(initial: UserFilter) {
  const [filter, setFilter] = useState(initial);
  const wanted = useRef(paramsFromFilter(initial));
  const written = useRef(new Set([wanted.current]));
  const address = useSearchParams().toString();
  const write = useLateWrite(written);

  useEffect(() => {
    const now = new URLSearchParams(window.location.search).toString(); // a link may write a blank as %20
    if (now !== address) return; // An older address on its way through the router.
    const inAddress = filterFromParams(new URLSearchParams(address));
    const params = paramsFromFilter(inAddress);
    if (written.current.has(params)) return; // More may have been typed since.
    write.forget();
    written.current = new Set([params]);
    wanted.current = params;
    setFilter(inAddress);
  }, [address, write]);

  const change = useCallback(
    (next: UserFilter, history: 'push' | 'replace') => {
      const params = paramsFromFilter(next);
      setFilter(next);
      if (params === wanted.current) return;
      wanted.current = params;
      if (history === 'replace') return write.soon(params);
      write.now();
      written.current = new Set([params]);
      window.history.pushState(null, '', addressWith(params));
    },
    [write],
  );

  return [filter, change] as const;
}

const addressWith = (params: string) => `${window.location.pathname}${params ? `?${params}` : ''}`;

/** The address follows typing a moment later: written at every letter, it would be the dearest part of a keystroke. */
const writeAfterMs = 150;

/** Replaces the address, not at once; `written` is what it was replaced with since the last step of Back or of a link. */
function useLateWrite(written: { current: Set<string> }) {
  const [write] = useState(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let waiting: string | undefined;
    const forget = () => {
      clearTimeout(timer);
      waiting = undefined;
    };
    const now = () => {
      const params = waiting;
      forget();
      if (params === undefined) return;
      written.current.delete(params); // so that the newest is the last of them
      written.current.add(params);
      window.history.replaceState(null, '', addressWith(params));
    };
    const soon = (params: string) => {
      forget();
      waiting = params;
      timer = setTimeout(now, writeAfterMs);
    };
    return { soon, now, forget };
  });
  useEffect(() => {
    // What is written from here on is another step: what stood in the address before may come back by a link or by Back.
    const onClick = () => {
      write.now(); // Next drops the way to another page when the address is written after it was begun.
      written.current = new Set([...written.current].slice(-1));
    };
    const onBack = () => {
      write.forget();
      written.current = new Set();
    };
    window.addEventListener('click', onClick, true);
    window.addEventListener('popstate', onBack);
    return () => {
      window.removeEventListener('click', onClick, true);
      window.removeEventListener('popstate', onBack);
      write.forget();
    };
  }, [write, written]);
  return write;
}
