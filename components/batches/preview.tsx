'use client';

import { useState } from 'react';
import type { BatchView } from '@/lib/batches/batch.ts';
import { isLicense, losesHosting } from '@/lib/licenses/license.ts';
import * as texts from '@/lib/texts/batches.ts';
import { planHelp } from '@/lib/texts/changes.ts';
import { operatorName, when } from '@/lib/texts/words.ts';
import { Button } from '../ui/button.tsx';
import { useHydrated } from '../ui/hydrated.ts';
import { Notice } from '../ui/notice.tsx';
import { SoftLink } from '../ui/soft-link.tsx';
import { newBatchPath } from './addresses.ts';
import { LinkButton } from './link-button.tsx';
import type { PartProps } from './part-props.ts';
import { RefusalNote } from './refusal-note.tsx';
import { StartTime, startTimeId } from './start-time.tsx';
import { momentToCome } from './time-field.tsx';
import { useAsk } from './use-ask.ts';

/** What would be changed, and the way to let it be: by whom it belongs to, or by the second admin it waits for. */
export function Preview(props: PartProps) {
  const { batch, heading, account, canRun, isOwn } = props;
  if (batch.state === 'discarded') {
    return (
      <section className="mt-8">
        <h2 ref={heading} tabIndex={-1} className="text-[17px] leading-6 font-semibold">
          {texts.preview.discarded}
        </h2>
      </section>
    );
  }
  return (
    <section aria-labelledby="batch-preview" className="mt-8">
      <h2 id="batch-preview" ref={heading} tabIndex={-1} className="text-[17px] leading-6 font-semibold">
        {texts.preview.title}
      </h2>
      <p className="text-quiet">{texts.preview.lead}</p>
      <Meaning batch={batch} />
      {batch.state === 'draft' && batch.total > 0 && canRun && <Submit {...props} />}
      {batch.state === 'draft' && batch.total === 0 && (
        <div className="mt-4">
          <Notice
            tone="wait"
            acts={
              <SoftLink href={newBatchPath(account.id)} className="text-act">
                {texts.preview.choose}
              </SoftLink>
            }
          >
            <b>{texts.preview.nobody}</b> {texts.preview.nobodyHelp}
          </Notice>
        </div>
      )}
      {batch.state === 'waiting' && <Waiting {...props} isOwn={isOwn} />}
      {batch.state === 'scheduled' && (
        <>
          <p className="mt-4 max-w-[72ch]">{texts.preview.scheduledHelp}</p>
          {canRun && <Discard {...props} label={texts.preview.cancel} />}
        </>
      )}
    </section>
  );
}

function Meaning({ batch: { steps, parts, end } }: { batch: BatchView }) {
  const isHydrated = useHydrated();
  const losing = steps.reduce(
    (sum, { from, to, people }) => (isLicense(to) && losesHosting(from, to) ? sum + people : sum),
    0,
  );
  if (steps.length === 0) return null;
  return (
    <div className="mt-4 rounded-xl border border-line bg-sheet p-4">
      <h3 className="font-semibold">{texts.preview.means}</h3>
      <ul className="mt-1 grid gap-1">
        {steps.map(({ from, to, people }) => (
          <li key={`${from} ${to}`}>
            {texts.preview.step(people, from, to)}
            {planHelp[to] && <span className="text-[13px] text-quiet"> · {planHelp[to]}</span>}
          </li>
        ))}
      </ul>
      {end && <p className="mt-2">{texts.preview.until(when.exact(end.at, isHydrated ? undefined : 'UTC'))}</p>}
      {losing > 0 && (
        <div className="mt-3">
          <Notice tone="wait">
            <b>{texts.preview.losesHosting(losing)}</b>
          </Notice>
        </div>
      )}
      {parts.twice > 0 && <p className="mt-2 text-[13px] text-quiet">{texts.preview.twice(parts.twice)}</p>}
    </div>
  );
}

function Submit({ account, batch, actions, readAgain }: PartProps) {
  const { asking, refused, ask } = useAsk();
  const [startAt, setStartAt] = useState<string | null>(null); // as typed; null for now
  const [isBadTime, setBadTime] = useState(false);
  const target = { accountId: account.id, batchId: batch.id };
  const label = batch.needsApproval
    ? texts.preview.ask(batch.total)
    : startAt === null
      ? texts.preview.change(batch.total)
      : texts.preview.changeLater(batch.total);

  function submit() {
    const moment = startAt === null ? null : momentToCome(startAt);
    const isBad = startAt !== null && moment === null;
    setBadTime(isBad);
    if (isBad) return document.getElementById(startTimeId)?.focus();
    const { fingerprint } = batch;
    const when = moment?.toISOString() ?? null;
    void ask('submit', () => actions.submitBatch({ ...target, fingerprint, startAt: when }), readAgain);
  }

  return (
    <div className="mt-5">
      <StartTime value={startAt} isBad={isBadTime} onChange={setStartAt} />
      {batch.needsApproval && (
        <div className="mt-4">
          <Notice tone="wait" icon="group">
            {texts.preview.askHelp(batch.limit)}
          </Notice>
        </div>
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
      <RefusalNote code={refused} />
    </div>
  );
}

/** Whoever asked sends the link on; the other admin decides about the very list that they see. */
function Waiting(props: PartProps) {
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
          <RefusalNote code={refused} />
        </div>
      )}
      <Discard {...props} label={isOwn ? texts.preview.cancel : texts.preview.decline} />
    </>
  );
}

function Discard({ account, batch, actions, readAgain, label }: PartProps & { label: string }) {
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
