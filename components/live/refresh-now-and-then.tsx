'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';

const everyMs = 10_000;

/** Draws a page that is about many accounts anew, now and then, as long as somebody looks. */
export function RefreshNowAndThen() {
  const router = useRouter();
  useEffect(() => {
    const look = () => document.hidden || router.refresh();
    const timer = setInterval(look, everyMs);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [router]);
  return null;
}
