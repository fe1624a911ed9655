'use client';

import type { BatchReport, BatchView } from '@/lib/batches/batch.ts';
import * as texts from '@/lib/texts/batches.ts';
import { operatorName } from '@/lib/texts/words.ts';
import { Marked } from '../../ui/marked.tsx';
import { Notice } from '../../ui/notice.tsx';

type ProgressNoteProps = { batch: BatchView } & Pick<BatchReport, 'reading' | 'hasWorker'>;

/** Why a batch does not proceed, or what it waits for; nothing where it proceeds. */
export function ProgressNote({
  batch: { state, cause, held, failed, changed, steeredBy },
  reading,
  hasWorker,
}: ProgressNoteProps) {
  if (!hasWorker && state !== 'paused') return <Waiting text={texts.progress.noWorker} />;
  if (state === 'starting' && !held) return <p className="text-quiet">{texts.progress.starting(reading)}</p>;
  const text =
    state === 'paused'
      ? cause === 'failures'
        ? texts.progress.pausedByFailures(failed, changed)
        : cause === 'account'
          ? texts.progress.pausedByAccount
          : cause === 'restore'
            ? texts.progress.pausedByRestore
            : steeredBy === null
              ? texts.progress.paused
              : texts.progress.pausedBy(operatorName(steeredBy))
      : held
        ? (texts.held[held.code] ?? texts.held.other)
        : null;
  if (text === null) return reading && <p className="text-quiet">{texts.progress.stillReading(reading)}</p>;
  return <Waiting text={text} />;
}

function Waiting({ text }: { text: string }) {
  return (
    <div className="mt-3">
      <Notice tone="wait">
        <Marked text={text} />
      </Notice>
    </div>
  );
}
