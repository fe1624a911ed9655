'use client';

import type { AuditEntry } from '@/lib/audit/entry.ts';
import * as texts from '@/lib/texts/history.ts';
import { useHydrated } from '../ui/hydrated.ts';
import { Marked } from '../ui/marked.tsx';

type EntrySentenceProps = {
  entry: AuditEntry;
  /** Whether the person is named with their e-mail: where entries of many people stand together. */
  isAmongMany?: boolean;
};

/** An entry as a sentence; its moments are in the reader's own zone, and in UTC until the browser has taken over. */
export function EntrySentence({ entry, isAmongMany = false }: EntrySentenceProps) {
  const zone = useHydrated() ? undefined : 'UTC';
  return <Marked text={texts.auditSentence(entry, { zone, isAmongMany })} />;
}
