'use client';

import { useEffect, useState } from 'react';

/** Whoever has not touched the page for so long is gone: reading on would keep their session open for them. */
const awayAfterMs = 15 * 60_000;

const signs = ['pointermove', 'pointerdown', 'keydown', 'wheel', 'focus'] as const;

/** Whether nobody has touched the page for a while. */
export function useIsAway(): boolean {
  const [isAway, setAway] = useState(false);
  useEffect(() => {
    let timer = setTimeout(() => setAway(true), awayAfterMs);
    const back = () => {
      clearTimeout(timer);
      timer = setTimeout(() => setAway(true), awayAfterMs);
      setAway(false);
    };
    for (const sign of signs) window.addEventListener(sign, back, { passive: true });
    return () => {
      clearTimeout(timer);
      for (const sign of signs) window.removeEventListener(sign, back);
    };
  }, []);
  return isAway;
}
