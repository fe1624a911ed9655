'use client';

import { useEffect } from 'react';

const everyMs = 10_000;

/** An operator who has not touched the page for so long is gone: reading on would keep their session open for them. */
const awayAfterMs = 10 * 60_000;

const signs = ['pointermove', 'pointerdown', 'keydown', 'wheel', 'focus'] as const;

/** Reads again now and then, as long as somebody looks: for a page about too many accounts to listen to each. */
export function useNowAndThen(readAgain: () => void) {
  useEffect(() => {
    let lastSign = Date.now();
    const read = () => document.hidden || Date.now() - lastSign > awayAfterMs || readAgain();
    const back = () => {
      const wasAway = Date.now() - lastSign > awayAfterMs;
      lastSign = Date.now();
      if (wasAway) read();
    };
    const timer = setInterval(read, everyMs);
    for (const sign of signs) window.addEventListener(sign, back, { passive: true });
    document.addEventListener('visibilitychange', read);
    return () => {
      clearInterval(timer);
      for (const sign of signs) window.removeEventListener(sign, back);
      document.removeEventListener('visibilitychange', read);
    };
  }, [readAgain]);
}
