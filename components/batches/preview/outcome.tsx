'use client';

import type { BatchView, ItemView } from '@/lib/batches/batch.ts';
import * as texts from '@/lib/texts/batches.ts';
import { reasons } from '@/lib/texts/failures.ts';
import { lineComplaint } from '@/lib/texts/files.ts';
import { operatorName, plan } from '@/lib/texts/words.ts';
import { Icon } from '../../ui/icon.tsx';
import { isBegun, nameOfPart } from './groups.ts';

const looks = {
  changed: { icon: 'tick', tone: 'text-good' },
  failed: { icon: 'warning', tone: 'text-bad' },
  waiting: { icon: 'clock', tone: 'text-quiet' },
  sent: { icon: 'clock', tone: 'text-bell' },
} as const;

/** What became of a person of a batch, or would, and why. */
export function Outcome({ item, batch }: { item: ItemView; batch: BatchView }) {
  const { part, state, failure, reason, to } = item;
  const look = isBegun(batch) && state ? looks[state] : null;
  const other = failure?.code === 'conflict' ? failure.other : undefined;
  const who = other?.name && operatorName({ name: other.name, login: other.login ?? null });
  return (
    <>
      <span className={`inline-flex items-center gap-1.5 ${look?.tone ?? 'text-quiet'}`}>
        {look && <Icon name={look.icon} size={14} />}
        {isBegun(batch) ? texts.outcomeWord(item) : nameOfPart(part, batch)}
      </span>
      {failure && (state === 'failed' || part === 'forbidden') && (
        <span className="block text-small text-quiet">
          {to === null
            ? texts.batchPeople.noPlan
            : failure.code === 'conflict'
              ? texts.batchPeople.conflict(who, plan(failure.current ?? null))
              : texts.batchPeople.why(reasons[failure.code])}
        </span>
      )}
      {item.complaints?.map((complaint) => (
        <span key={complaint.code} className="block text-small text-quiet">
          {lineComplaint(complaint)}
        </span>
      ))}
      {reason && <span className="block text-small text-quiet">{texts.batchPeople.reason(reason)}</span>}
    </>
  );
}
