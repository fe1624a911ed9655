'use client';

import { createContext, useCallback, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import type { Attempt } from './change/attempt.ts';
import type { ChangeEngine } from './change/change-engine.ts';
import type { PageStatus } from './change/page-status.ts';
import { untouched } from './change/resting-attempt.ts';
import type { PageStore } from './page-store.ts';

const PageStoreContext = createContext<PageStore | null>(null);
export const PageStoreProvider = PageStoreContext.Provider;

export function usePageStore(): PageStore {
  const store = useContext(PageStoreContext);
  if (!store) throw new Error('This part of the page needs the page store around it.');
  return store;
}

/** For what is drawn only once the change engine is there. */
export function useEngine(): ChangeEngine {
  const engine = usePageStore().engine();
  if (!engine) throw new Error('This part of the page needs the change engine.');
  return engine;
}

/** One person's attempt: a change to anyone else does not draw this row again. */
export function useAttempt(userId: string): Attempt {
  const { attempts } = usePageStore();
  const subscribe = useCallback((listener: () => void) => attempts.subscribe(userId, listener), [attempts, userId]);
  return useSyncExternalStore(
    subscribe,
    () => attempts.get(userId),
    () => untouched,
  );
}

export function usePageStatus(): PageStatus {
  const { pageStatus } = usePageStore();
  return useSyncExternalStore(pageStatus.subscribe, pageStatus.get, pageStatus.get);
}

/** A fact about all attempts together; it must be a plain value. */
export function useAcross<T extends string | number | boolean>(read: (store: PageStore) => T, atFirst: T): T {
  const store = usePageStore();
  return useSyncExternalStore(
    store.attempts.subscribeAll,
    () => read(store),
    () => atFirst,
  );
}

/**
 * The time, kept going while any attempt's message changes with it; for an attempt whose message does not, a moment that stands
 * still. One clock for the table, because fifty in its rows are most of what drawing them costs.
 */
export function useTimes(): (attempt: Attempt) => number {
  const store = usePageStore();
  const [now, setNow] = useState(0);
  const changesWithTime = (attempt: Attempt) => store.engine()?.changesWithTime(attempt) ?? false;
  const isGoing = store.attempts.all().some(([, attempt]) => changesWithTime(attempt));

  useEffect(() => {
    if (!isGoing) return;
    const timer = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(timer);
  }, [isGoing]);

  return (attempt) => {
    const { stage } = attempt;
    const start = stage.is === 'answered' ? stage.arrived : 'since' in stage ? stage.since : 0;
    return changesWithTime(attempt) ? Math.max(start, now) : start;
  };
}
