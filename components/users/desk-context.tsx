'use client';

import { createContext, useCallback, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import type { Attempt } from './change/attempt.ts';
import type { Site } from './change/site.ts';
import { untouched } from './change/untouched.ts';
import type { Workbench } from './change/workbench.tsx';
import type { Desk } from './desk.ts';

const DeskContext = createContext<Desk | null>(null);
export const DeskProvider = DeskContext.Provider;

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error('This part of the page needs the desk around it.');
  return desk;
}

/** For what is drawn only once the workbench is there. */
export function useBench(): Workbench {
  const bench = useDesk().bench();
  if (!bench) throw new Error('This part of the page needs the workbench.');
  return bench;
}

/** One person's attempt: a change to anyone else does not draw this row again. */
export function useAttempt(userId: string): Attempt {
  const { attempts } = useDesk();
  const subscribe = useCallback((listener: () => void) => attempts.subscribe(userId, listener), [attempts, userId]);
  return useSyncExternalStore(
    subscribe,
    () => attempts.get(userId),
    () => untouched,
  );
}

export function useSite(): Site {
  const { site } = useDesk();
  return useSyncExternalStore(site.subscribe, site.get, site.get);
}

/** A fact about all attempts together; it must be a plain value. */
export function useAcross<T extends string | number | boolean>(read: (desk: Desk) => T, atFirst: T): T {
  const desk = useDesk();
  return useSyncExternalStore(
    desk.attempts.subscribeAll,
    () => read(desk),
    () => atFirst,
  );
}

/**
 * The time, kept going while any attempt's message changes with it: for one attempt, a moment that stands still as soon as
 * nothing more can come of it. One clock for the table, because fifty in its rows are most of what drawing them costs.
 */
export function useTimes(): (attempt: Attempt) => number {
  const desk = useDesk();
  const [now, setNow] = useState(0);
  const ticksUntil = (attempt: Attempt) => desk.bench()?.ticksUntil(attempt) ?? null;
  const until = Math.max(0, ...desk.attempts.all().map(([, attempt]) => ticksUntil(attempt) ?? 0));

  useEffect(() => {
    if (until <= Date.now()) return;
    const tick = () => {
      setNow(Date.now());
      if (Date.now() > until) clearInterval(timer);
    };
    const timer = setInterval(tick, 250);
    return () => clearInterval(timer);
  }, [until]);

  return (attempt) => {
    const { stage } = attempt;
    const start = stage.is === 'answered' ? stage.arrived : 'since' in stage ? stage.since : 0;
    const end = ticksUntil(attempt);
    return end === null ? start : Math.max(start, Math.min(now, end + 1));
  };
}
