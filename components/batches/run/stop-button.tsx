'use client';

import { useState } from 'react';
import * as texts from '@/lib/texts/batches.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';

type StopButtonProps = { left: number; isAsking: boolean; onStop: () => void };

/** Stops a batch permanently, and so asks once before; apart from the buttons that can be undone. */
export function StopButton({ left, isAsking, onStop }: StopButtonProps) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button className="ms-auto" aria-disabled={isAsking || undefined} onClick={() => setIsOpen(true)}>
        {texts.progress.stop}
      </Button>
      {isOpen && (
        <Dialog
          title={texts.progress.stopTitle}
          closeLabel={texts.progress.keepRunning}
          onClose={() => setIsOpen(false)}
        >
          <p>{texts.progress.stopAsk(left)}</p>
          <div className="mt-5 flex flex-wrap gap-3">
            <Button
              look="loud"
              onClick={() => {
                setIsOpen(false);
                onStop();
              }}
            >
              {texts.progress.stopNow}
            </Button>
            <Button onClick={() => setIsOpen(false)}>{texts.progress.keepRunning}</Button>
          </div>
        </Dialog>
      )}
    </>
  );
}
