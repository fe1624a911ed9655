'use client';

import { useEffect } from 'react';

/**
 * Keeps a title in the tab between two pages. Next takes the last page's title away before it has the next one's
 * (https://github.com/vercel/next.js/issues/96797), and a screen reader is then told a page without a name.
 */
export function KeptTitle() {
  useEffect(() => {
    const kept = document.createElement('title');
    let last = document.title;
    function keep() {
      const isTitled = document.head.querySelectorAll('title').length > Number(kept.isConnected);
      if (isTitled) {
        kept.remove();
        last = document.title;
      } else if (!kept.isConnected) {
        kept.textContent = last;
        document.head.append(kept);
      }
    }
    const observer = new MutationObserver(keep);
    observer.observe(document.head, { childList: true, subtree: true, characterData: true });
    return () => observer.disconnect();
  }, []);
  return null;
}
