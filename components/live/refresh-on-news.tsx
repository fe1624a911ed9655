'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { createGate } from '@/lib/events/gate.ts';
import { listen } from './listen.ts';

const atMostEvery = 1_000;

/** Draws a page of numbers anew, without loading it, when something has happened in its account. */
export function RefreshOnNews({ accountId }: { accountId: string }) {
  const router = useRouter();
  useEffect(() => {
    const gate = createGate(atMostEvery, () => router.refresh());
    const ear = listen(accountId, {
      hello: ({ missed }) => missed && gate.knock(),
      changed: () => gate.knock(),
      sync: () => gate.knock(),
    });
    return () => {
      gate.close();
      ear.stop();
    };
  }, [accountId, router]);
  return null;
}
