'use client';

import { Button } from '../../ui/button.tsx';
import { RefusalNote } from '../run/refusal-note.tsx';
import { useAsk } from '../use-ask.ts';
import type { PartProps } from './part-props.ts';

/** Ends a batch that has not begun; `label`: what that is for the one who does it. */
export function Discard({ account, batch, actions, readAgain, label }: PartProps & { label: string }) {
  const { asking, refused, ask } = useAsk();
  return (
    <div className="mt-4">
      <Button
        aria-disabled={asking !== null || undefined}
        onClick={() =>
          void ask(
            'discard',
            () => actions.steerBatch({ accountId: account.id, batchId: batch.id, steer: 'discard' }),
            readAgain,
          )
        }
      >
        {label}
      </Button>
      <RefusalNote code={refused} />
    </div>
  );
}
