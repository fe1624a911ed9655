'use client';

import { hasEndPassed } from '@/lib/batches/batch.ts';
import * as texts from '@/lib/texts/batches.ts';
import { operatorName } from '@/lib/texts/words.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { LinkButton } from '../link-button.tsx';
import { RefusalNote } from '../run/refusal-note.tsx';
import { useAsk } from '../use-ask.ts';
import { Discard } from './discard.tsx';
import { MoveStart } from './move-start.tsx';
import type { PartProps } from './part-props.ts';

/** The submitter sends the link on; the other admin decides about the very list that they see. */
export function Waiting(props: PartProps) {
  const { account, batch, actions, readAgain, canRun, isOwn } = props;
  const { asking, refused, ask } = useAsk();
  const { id: batchId, fingerprint } = batch;
  if (!canRun) return <p className="mt-4">{texts.preview.waitingOthers}</p>;
  return (
    <>
      <div className="mt-4">
        <Notice tone="wait" icon="group" acts={isOwn && <LinkButton />}>
          {isOwn ? texts.preview.waitingHelp : texts.preview.approveHelp(operatorName(batch.operator))}
        </Notice>
      </div>
      {!isOwn && (
        <div className="mt-4">
          <Button
            look="loud"
            aria-disabled={asking !== null || undefined}
            onClick={() =>
              void ask(
                'approve',
                () => actions.approveBatch({ accountId: account.id, batchId, fingerprint }),
                readAgain,
              )
            }
          >
            {texts.preview.approve(batch.total)}
          </Button>
          <RefusalNote
            code={refused}
            text={refused === 'invalid' && hasEndPassed(batch) ? texts.preview.endPassed : undefined}
          />
        </div>
      )}
      {isOwn && <MoveStart {...props} />}
      <Discard {...props} label={isOwn ? texts.preview.cancel : texts.preview.decline} />
    </>
  );
}
