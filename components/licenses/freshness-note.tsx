'use client';

import { type Freshness, staleAfterMinutes } from '@/lib/accounts/account.ts';
import { when } from '@/lib/texts/formats.ts';
import { fresh } from '@/lib/texts/freshness.ts';
import * as texts from '@/lib/texts/licenses.ts';
import { useMinutesSince } from '../ui/minutes-since.ts';
import { Moment } from '../ui/moment.tsx';

const { ago, clock, date } = when;

type FreshnessNoteProps = { freshness: Freshness; everyone: number };

/** How fresh numbers are, and whether they are all: complete, partial, old, not updated, or the last there will be. */
export function FreshnessNote({ freshness: { asOf, syncing, failure, leftOut }, everyone }: FreshnessNoteProps) {
  const minutes = useMinutesSince(asOf);
  const isRetired = failure?.code === 'retired';
  const isStale = !isRetired && minutes !== null && minutes >= staleAfterMinutes;
  const hasFailed = failure !== null && !syncing && !isRetired;
  const isBegun = syncing !== null || everyone > 0;

  if (asOf === null && !isRetired) {
    return (
      <p role="status" className="text-wait">
        {!isBegun && texts.freshness.never} {!isBegun && hasFailed && texts.freshness.failed}
        {isBegun && (hasFailed ? texts.freshness.stopped(everyone) : texts.freshness.partial(everyone))}
      </p>
    );
  }
  return (
    <p className="flex flex-wrap gap-x-3 text-faint">
      {asOf && (
        <span className={isStale ? 'text-wait' : ''}>
          <Moment at={asOf} as={(at, zone) => texts.freshness.asOf(isRetired ? date(at, zone) : clock(at, zone))} />
        </span>
      )}
      {isStale && <span className="text-wait">{texts.freshness.stale(ago(minutes))}</span>}
      {leftOut > 0 && <span className="text-wait">{fresh.leftOut(leftOut)}</span>}
      {hasFailed && <span className="text-wait">{texts.freshness.failed}</span>}
      {isRetired && <span className="text-wait">{texts.freshness.retired}</span>}
      {syncing && !syncing.hasWorker && <span className="text-wait">{fresh.noWorker}</span>}
      {syncing && !isRetired && <span role="status">{texts.freshness.reading(syncing.read, syncing.about)}</span>}
    </p>
  );
}
