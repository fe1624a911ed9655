'use client';

import { useRouter } from 'next/navigation';
import { useCallback } from 'react';
import { sayIfAway } from './away.ts';

/**
 * Has our server draw the page again, in place; drawing it keeps no session alive while nobody is there. Ask our server something
 * else first: if it is away, the browser's own error page takes the place of this one.
 */
export function useRedraw(): () => void {
  const router = useRouter();
  return useCallback(() => {
    sayIfAway();
    router.refresh();
  }, [router]);
}
