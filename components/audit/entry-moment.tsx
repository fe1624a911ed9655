'use client';

import type { AuditEntry } from '@/lib/audit/entry.ts';
import * as texts from '@/lib/texts/history.ts';
import { ExactMoment } from '../ui/exact-moment.tsx';
import { useHydrated } from '../ui/hydrated.ts';

/** When it happened; of what happened outside Carillon only known since when, and by when it had been seen. */
export function EntryMoment({ entry: { at, outside } }: { entry: AuditEntry }) {
  const isHydrated = useHydrated();
  if (!outside) return <ExactMoment at={at} />;
  if (outside.since) return texts.window.between(outside.since, at, isHydrated ? undefined : 'UTC');
  return (
    <>
      {texts.window.seen} <ExactMoment at={at} />
    </>
  );
}
