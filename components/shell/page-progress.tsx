'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useTransition } from 'react';
import * as texts from '@/lib/texts/shell.ts';
import { wayTo } from '../ui/soft-link.tsx';

/** Shows that the next page is on its way, from a moment after the click until it is there. */
export function PageProgress() {
  const router = useRouter();
  const [isGoing, startGoing] = useTransition();

  useEffect(() => {
    wayTo.set((href) => startGoing(() => router.push(href)));
    return () => wayTo.set(null);
  }, [router]);

  return (
    <div aria-live="polite" className={isGoing ? 'page-progress on-its-way' : 'sr-only'}>
      {isGoing && <span className="sr-only">{texts.shell.loading}</span>}
    </div>
  );
}
