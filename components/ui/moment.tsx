'use client';

import { useHydrated } from './hydrated.ts';

type MomentProps = { at: string; as: (at: string, zone?: string) => string };

/** A moment in the reader's own zone; until the browser has taken over, which knows it, only its place is kept. */
export function Moment({ at, as }: MomentProps) {
  const isHydrated = useHydrated();
  return (
    <time dateTime={at} className={`whitespace-nowrap ${isHydrated ? '' : 'invisible'}`}>
      {isHydrated ? as(at) : as(at, 'UTC')}
    </time>
  );
}
