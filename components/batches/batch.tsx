'use client';

import { useEffect, useRef, useState } from 'react';
import { type BatchReport, type BatchView, type FailureGroup, isAtWork, isOver } from '@/lib/batches/batch.ts';
import * as texts from '@/lib/texts/batches.ts';
import { reasons } from '@/lib/texts/failures.ts';
import { PageHeading, PrintedAccount } from '../ui/heading.tsx';
import { Marked } from '../ui/marked.tsx';
import { Notice } from '../ui/notice.tsx';
import { SoftLink } from '../ui/soft-link.tsx';
import type { BatchActions } from './actions.ts';
import { batchData, batchesPath, notEndedId } from './addresses.ts';
import { BatchFacts } from './batch-facts.tsx';
import { isFocusWanted } from './focus-next-heading.ts';
import { BatchPeople } from './preview/batch-people.tsx';
import { Preview } from './preview/preview.tsx';
import type { Shown } from './preview/shown.ts';
import { milestoneBetween } from './run/milestone.ts';
import { Progress } from './run/progress.tsx';
import { BatchResult } from './run/result.tsx';
import { StateMark } from './run/state-mark.tsx';
import { useFreshAttention } from './use-attention.ts';
import { useReadAgain } from './use-read.ts';

export type BatchProps = {
  account: { id: string; name: string };
  drawn: BatchReport;
  operatorId: string;
  canRun: boolean;
  actions: BatchActions;
};

/** How often a batch is looked at: at work every second, and now and then as long as its plans may still end. */
function pause({ batch: { state, end } }: BatchReport): number | null {
  if (isAtWork(state)) return 1_000;
  if (state === 'waiting' || state === 'scheduled') return 3_000;
  return end && state !== 'draft' && state !== 'discarded' ? 10_000 : null; // the plans are still to end
}

/** One batch from its preview to its result. */
export function Batch({ account, drawn, operatorId, canRun, actions }: BatchProps) {
  const read = useReadAgain(batchData(account.id, drawn.batch.id), drawn, pause);
  const { batch, failures, endFailures } = read.data;
  const [shown, setShown] = useState<Shown | null>(null);
  const spoken = useMilestones(batch);
  const heading = useFocusKept(batch);
  useFreshAttention(account.id, batch.state);
  const isOwn = batch.operator.id === operatorId;
  const part = { account, batch, actions, canRun, isOwn, heading, readAgain: read.refetch };
  const people = useRef<HTMLHeadingElement>(null);

  function show(which: Shown) {
    setShown(which);
    people.current?.focus();
  }

  return (
    <>
      <SoftLink href={batchesPath(account.id)} className="text-act text-small">
        {texts.batchPage.all}
      </SoftLink>
      <div className="mt-1 flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <PageHeading ref={useWantedFocus()} tabIndex={-1}>
          {texts.batchName(batch)}
        </PageHeading>
        <StateMark {...batch} />
      </div>
      <PrintedAccount name={account.name} />
      <p role="status" className="sr-only">
        {spoken}
      </p>
      {read.isFailed && (
        <div className="mt-4">
          <Notice tone="wait">{read.isGone ? texts.batchPage.gone : texts.batchPage.notRead}</Notice>
        </div>
      )}
      {endFailures.length > 0 && <NotEnded accountId={account.id} failures={endFailures} />}
      <BatchFacts accountId={account.id} batch={batch} />
      {!canRun && !isOver(batch.state) && <p className="mt-4 text-quiet">{texts.batchPage.mayNotRun}</p>}
      {isAtWork(batch.state) ? (
        <Progress {...part} {...read.data} onShow={(code) => show({ state: 'failed', code })} />
      ) : batch.state === 'done' || batch.state === 'stopped' ? (
        <BatchResult {...part} failures={failures} onShow={(code) => show({ state: 'failed', code })} />
      ) : (
        <Preview {...part} hasWorker={read.data.hasWorker} onShow={show} />
      )}
      <BatchPeople
        accountId={account.id}
        batch={batch}
        heading={people}
        shown={shown}
        onShow={setShown}
        edits={canRun && isOwn && batch.state === 'draft' ? { actions, readAgain: read.refetch } : null}
      />
    </>
  );
}

/** Whose plan was to end and did not, and why. */
function NotEnded({ accountId, failures }: { accountId: string; failures: FailureGroup[] }) {
  return (
    <div className="mt-4">
      <Notice
        tone="bad"
        acts={
          <SoftLink href={`${batchesPath(accountId)}#${notEndedId}`} className="text-act">
            {texts.batchPage.showNotEnded}
          </SoftLink>
        }
      >
        {failures.map(({ code, people }) => (
          <p key={code}>
            <Marked text={texts.batchPage.notEnded(people, reasons[code])} />
          </p>
        ))}
      </Notice>
    </div>
  );
}

/** Says turning points aloud. */
function useMilestones(batch: BatchView): string {
  const [last, setLast] = useState({ batch, spoken: '' });
  if (last.batch !== batch) setLast({ batch, spoken: milestoneBetween(last.batch, batch) ?? last.spoken });
  return last.spoken;
}

/** Where the button that had the focus is gone with the state of the batch, the heading of what came instead takes it. */
function useFocusKept({ state }: BatchView) {
  const heading = useRef<HTMLHeadingElement>(null);
  const before = useRef(state);
  useEffect(() => {
    if (before.current === state) return;
    before.current = state;
    if (document.activeElement === document.body) heading.current?.focus();
  }, [state]);
  return heading;
}

function useWantedFocus() {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (isFocusWanted()) heading.current?.focus();
  }, []);
  return heading;
}
