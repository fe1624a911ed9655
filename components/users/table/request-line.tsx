'use client';

import type { AuditEntry } from '@/lib/audit/entry.ts';
import * as texts from '@/lib/texts/filters.ts';
import { EntrySentence } from '../../audit/entry-sentence.tsx';
import { Card } from '../../ui/card.tsx';
import { ExactMoment } from '../../ui/exact-moment.tsx';
import { Icon } from '../../ui/icon.tsx';

/** The attempt behind a request ID that was searched for; the person it was about stands below. */
export default function RequestLine({ entry }: { entry: AuditEntry }) {
  const isDone = entry.outcome === 'applied';
  return (
    <Card role="status" className="mb-3 flex gap-3 px-4 py-3">
      <span className={`mt-0.5 ${isDone ? 'text-good' : 'text-bad'}`}>
        <Icon name={isDone ? 'tick' : 'warning'} />
      </span>
      <div className="min-w-0 break-words">
        <p className="text-small text-faint">{texts.request.found}</p>
        <p>
          <EntrySentence entry={entry} />
        </p>
        <p className="text-small text-faint">
          <ExactMoment at={entry.at} />
        </p>
      </div>
    </Card>
  );
}
