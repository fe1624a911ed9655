'use client';

import { type Freshness, staleAfterMinutes } from '@/lib/accounts/account.ts';
import * as texts from '@/lib/texts/licenses.ts';
import * as words from '@/lib/texts/words.ts';
import { useMinutesSince } from '../ui/minutes-since.ts';
import { Moment } from '../ui/moment.tsx';

type FreshnessNoteProps = { freshness: Freshness; everyone: number };

/** How fresh numbers are, and whether they are all: complete, partial, old, not updated, or the last there will be. */
export function FreshnessNote({ freshness: { asOf, syncing, failure }, everyone }: FreshnessNoteProps) {
  const minutes = useMinutesSince(asOf);
  const isStale = minutes !== null && minutes >= staleAfterMinutes;
  const asWritten = (at: string, zone?: string) =>
    isStale
      ? texts.freshness.stale(words.when.clock(at, zone), words.when.ago(minutes))
      : texts.freshness.complete(words.when.clock(at, zone));

  if (failure?.code === 'retired') return <p className="text-wait">{texts.freshness.retired}</p>;
  if (asOf === null) {
    return (
      <p role="status" className="text-wait">
        {syncing || everyone > 0 ? texts.freshness.partial(everyone) : texts.freshness.never}{' '}
        {failure && !syncing && texts.freshness.failed}
      </p>
    );
  }
  return (
    <p className="dotted flex flex-wrap text-faint">
      <span className={isStale ? 'text-wait' : ''}>
        <Moment at={asOf} as={asWritten} />
      </span>
      {failure && !syncing && <span className="text-wait">{texts.freshness.failed}</span>}
      {syncing && <span role="status">{texts.freshness.reading(syncing.read, syncing.about)}</span>}
    </p>
  );
}
