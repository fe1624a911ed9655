'use client';

import { useState } from 'react';
import { type BatchReport, type BatchView, hasEndPassed } from '@/lib/batches/batch.ts';
import type { FailureCode } from '@/lib/failures.ts';
import * as texts from '@/lib/texts/batches.ts';
import { number } from '@/lib/texts/formats.ts';
import { slowed } from '@/lib/texts/freshness.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { SectionHeading } from '../../ui/heading.tsx';
import type { PartProps } from '../preview/part-props.ts';
import { useAsk } from '../use-ask.ts';
import { Causes } from './causes.tsx';
import { ProgressNote } from './progress-note.tsx';
import { RefusalNote } from './refusal-note.tsx';
import { StopButton } from './stop-button.tsx';
import { roundUp, steadied } from './time-left.ts';

type ProgressProps = PartProps &
  Omit<BatchReport, 'batch' | 'endFailures'> & {
    onShow: (code: FailureCode) => void;
  };

/** How far a batch has come, as its server last said, and what steers it. */
export function Progress(props: ProgressProps) {
  const { account, batch, actions, canRun, heading, readAgain, failures, slowedTo, onShow } = props;
  const { asking, refused, ask } = useAsk();
  const { changed, failed, left, total, underWay } = batch;
  const isPaused = batch.state === 'paused';
  const steer = (how: 'pause' | 'resume' | 'stop') =>
    void ask(how, () => actions.steerBatch({ accountId: account.id, batchId: batch.id, steer: how }), readAgain);
  const isAsking = asking !== null || undefined;
  return (
    <section aria-labelledby="batch-progress" className="mt-8">
      <SectionHeading id="batch-progress" ref={heading} tabIndex={-1}>
        {texts.progress.title}
      </SectionHeading>
      <ProgressNote batch={batch} reading={props.reading} hasWorker={props.hasWorker} />
      <Card className="mt-4 p-4">
        <div className="flex flex-wrap items-baseline justify-between gap-x-6">
          <label htmlFor="batch-bar" className="font-semibold">
            <span className="sr-only">{texts.progress.label}: </span>
            {texts.progress.of(changed + failed, total)}
          </label>
          <span className="text-quiet">{useTimeLeft(batch)}</span>
        </div>
        <progress
          id="batch-bar"
          max={Math.max(total, 1)}
          value={changed + failed}
          className="mt-2 block h-2.5 w-full appearance-none overflow-hidden rounded-full border border-line-strong bg-paper forced-colors:appearance-auto [&::-moz-progress-bar]:bg-bell [&::-webkit-progress-bar]:bg-paper [&::-webkit-progress-value]:bg-bell"
        />
        <dl className="mt-3 flex flex-wrap gap-x-10 gap-y-2">
          <Part name={texts.progress.changed} count={changed} />
          <Part name={texts.progress.failed} count={failed} tone={failed > 0 ? 'text-bad' : ''} />
          <Part name={texts.progress.left} count={left} />
        </dl>
        <div className="mt-1 flex min-h-5 flex-wrap gap-x-4 text-small text-quiet">
          {underWay > 0 && <p>{texts.progress.underWay(underWay)}</p>}
          <p role="status" className="text-wait">
            {slowedTo !== null && !isPaused && !batch.held && slowed(slowedTo)}
          </p>
        </div>
      </Card>
      {canRun && (
        <>
          <div className="mt-4 flex flex-wrap gap-3">
            <Button aria-disabled={isAsking} onClick={() => steer(isPaused ? 'resume' : 'pause')}>
              {isPaused ? texts.progress.resume : texts.progress.pause}
            </Button>
            <StopButton left={left} isAsking={asking !== null} onStop={() => steer('stop')} />
          </div>
          <p className="mt-2 max-w-[72ch] text-small text-quiet">{texts.progress.stopHelp}</p>
          <RefusalNote
            code={refused}
            text={refused === 'invalid' && hasEndPassed(batch) ? texts.progress.endPassed : undefined}
          />
        </>
      )}
      {isPaused && failures.length > 0 && <Causes failures={failures} onShow={onShow} retry={null} />}
    </section>
  );
}

function Part({ name, count, tone = '' }: { name: string; count: number; tone?: string }) {
  return (
    <div className="flex flex-col-reverse">
      <dt className="text-small text-quiet">{name}</dt>
      <dd className={`text-figure leading-9 font-semibold tracking-[-0.02em] ${tone}`}>{number(count)}</dd>
    </div>
  );
}

/** How long it takes still, in words that do not jump with each call. */
function useTimeLeft({ state, held, secondsLeft }: BatchView): string {
  const isTold = state === 'running' && !held;
  const estimate = isTold && secondsLeft !== null ? secondsLeft : null;
  const [last, setLast] = useState({ estimate, shown: estimate === null ? null : roundUp(estimate) });
  if (last.estimate !== estimate) setLast({ estimate, shown: steadied(last.shown, estimate) });
  if (!isTold) return '';
  return last.shown === null ? texts.progress.measuring : texts.progress.secondsLeft(last.shown);
}
