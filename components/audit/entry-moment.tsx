import type { AuditEntry } from '@/lib/audit/entry.ts';
import * as texts from '@/lib/texts/history.ts';
import { ExactMoment } from '../ui/exact-moment.tsx';

/** When it happened; of what happened outside Carillon only known since when, and by when it had been seen. */
export function EntryMoment({ entry }: { entry: AuditEntry }) {
  if (!entry.outside) return <ExactMoment at={entry.at} />;
  if (!entry.outside.since) {
    return (
      <>
        {texts.window.seen} <ExactMoment at={entry.at} />
      </>
    );
  }
  return (
    <>
      {texts.window.between} <ExactMoment at={entry.outside.since} /> {texts.window.and} <ExactMoment at={entry.at} />
    </>
  );
}
