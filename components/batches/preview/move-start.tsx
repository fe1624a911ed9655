'use client';

import { useState } from 'react';
import { hasEndPassed } from '@/lib/batches/batch.ts';
import * as texts from '@/lib/texts/batches.ts';
import { wallOf } from '@/lib/wall-clock.ts';
import { Button } from '../../ui/button.tsx';
import { StartTime, startTimeId } from '../form/start-time.tsx';
import { momentToCome, ownZone } from '../form/time-field.tsx';
import { RefusalNote } from '../run/refusal-note.tsx';
import { useAsk } from '../use-ask.ts';
import { badStart } from './bad-start.ts';
import type { PartProps } from './part-props.ts';

/** Gives a batch that has not begun another start. */
export function MoveStart({ account, batch, actions, readAgain }: PartProps) {
  const { asking, refused, ask } = useAsk();
  const [isOpen, setIsOpen] = useState(false);
  const [startAt, setStartAt] = useState<string | null>(null); // as typed; null for now
  const [badTime, setBadTime] = useState<string | undefined>(undefined);

  function open() {
    setStartAt(batch.startAt && wallOf(Date.parse(batch.startAt), ownZone()));
    setIsOpen(true);
  }

  function move() {
    const moment = startAt === null ? null : momentToCome(startAt);
    const bad = startAt === null ? undefined : badStart(moment, batch);
    setBadTime(bad);
    if (bad) return document.getElementById(startTimeId)?.focus();
    const call = () =>
      actions.moveStart({ accountId: account.id, batchId: batch.id, startAt: moment?.toISOString() ?? null });
    void ask('move', call, async () => {
      await readAgain();
      setIsOpen(false);
    });
  }

  if (!isOpen) {
    return (
      <div className="mt-4">
        <Button onClick={open}>{texts.preview.moveStart}</Button>
      </div>
    );
  }
  return (
    <div className="mt-5">
      <StartTime value={startAt} complaint={badTime} onChange={setStartAt} />
      <p className="mt-2 text-small text-quiet">{texts.preview.moveHelp}</p>
      <div className="mt-4 flex flex-wrap gap-3">
        <Button look="loud" aria-disabled={asking !== null || undefined} onClick={move}>
          {startAt === null ? texts.preview.moveNow : texts.preview.moveLater}
        </Button>
        <Button onClick={() => setIsOpen(false)}>{texts.preview.keepStart}</Button>
      </div>
      <RefusalNote
        code={refused}
        text={refused === 'invalid' && hasEndPassed(batch) ? texts.preview.endPassed : undefined}
      />
    </div>
  );
}
