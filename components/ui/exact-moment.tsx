'use client';

import { when } from '@/lib/texts/formats.ts';
import { useHydrated } from './hydrated.ts';

/** Date, time and zone in full: the reader's own zone, and UTC until the browser has taken over. */
export function ExactMoment({ at }: { at: string }) {
  const isHydrated = useHydrated();
  return <time dateTime={at}>{when.exact(at, isHydrated ? undefined : 'UTC')}</time>;
}
