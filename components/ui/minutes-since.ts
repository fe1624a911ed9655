'use client';

import { useEffect, useState } from 'react';

/** Whole minutes since a moment, kept going; null until the browser has taken over. */
export function useMinutesSince(at: string | null): number | null {
  const [minutes, setMinutes] = useState<number | null>(null);
  useEffect(() => {
    if (at === null) return setMinutes(null);
    const count = () => setMinutes(Math.floor((Date.now() - Date.parse(at)) / 60_000));
    count();
    const timer = setInterval(count, 30_000);
    return () => clearInterval(timer);
  }, [at]);
  return minutes;
}
