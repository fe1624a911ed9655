'use client';

import { useState } from 'react';
import { hasEndPassed } from '@/lib/batches/batch.ts';
import * as texts from '@/lib/texts/batches.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { StartTime, startTimeId } from '../form/start-time.tsx';
import { momentToCome } from '../form/time-field.tsx';
import { RefusalNote } from '../run/refusal-note.tsx';
import { useAsk } from '../use-ask.ts';
import { badStart } from './bad-start.ts';
import type { PartProps } from './part-props.ts';

/** When a batch starts, and the button that starts it or asks a second admin for it. */
export function Submit({ account, batch, actions, readAgain }: PartProps) {
  const { asking, refused, ask } = useAsk();
  const [startAt, setStartAt] = useState<string | null>(null); // as typed; null for now
  const [badTime, setBadTime] = useState<string | undefined>(undefined);
  const target = { accountId: account.id, batchId: batch.id };
  const label = batch.needsApproval
    ? texts.preview.ask(batch.total)
    : startAt === null
      ? texts.preview.change(batch.total)
      : texts.preview.changeLater(batch.total);

  function submit() {
    const moment = startAt === null ? null : momentToCome(startAt);
    const bad = startAt === null ? undefined : badStart(moment, batch);
    setBadTime(bad);
    if (bad) return document.getElementById(startTimeId)?.focus();
    const { fingerprint } = batch;
    const when = moment?.toISOString() ?? null;
    const call = async () => {
      const result = await actions.submitBatch({ ...target, fingerprint, startAt: when });
      if (!result.ok) await readAgain(); // what was refused is shown as it is now
      return result;
    };
    void ask('submit', call, readAgain);
  }

  return (
    <div className="mt-5">
      <StartTime value={startAt} complaint={badTime} onChange={setStartAt} />
      {batch.needsApproval && (
        <div className="mt-4">
          <Notice tone="wait" icon="group">
            {texts.preview.askHelp(batch.limit)}
          </Notice>
        </div>
      )}
      {!batch.needsApproval && batch.limit && (
        <p className="mt-4 text-small text-quiet">{texts.preview.withinLimit(batch.limit)}</p>
      )}
      <div className="mt-4 flex flex-wrap gap-3">
        <Button look="loud" aria-disabled={asking !== null || undefined} onClick={submit}>
          {label}
        </Button>
        <Button
          aria-disabled={asking !== null || undefined}
          onClick={() => void ask('discard', () => actions.steerBatch({ ...target, steer: 'discard' }), readAgain)}
        >
          {texts.preview.discard}
        </Button>
      </div>
      <RefusalNote
        code={refused}
        text={
          refused !== 'invalid' ? undefined : hasEndPassed(batch) ? texts.preview.endPassed : texts.preview.otherList
        }
      />
    </div>
  );
}
