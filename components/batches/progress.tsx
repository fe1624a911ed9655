'use client';

import type { BatchView } from '@/lib/batches/batch.ts';
import * as texts from '@/lib/texts/batches.ts';
import { slowed } from '@/lib/texts/states.ts';
import { number } from '@/lib/texts/words.ts';
import { Button } from '../ui/button.tsx';
import { Marked } from '../ui/marked.tsx';
import { Notice } from '../ui/notice.tsx';
import type { PartProps } from './part-props.ts';
import { RefusalNote } from './refusal-note.tsx';
import { useAsk } from './use-ask.ts';

type ProgressProps = PartProps & { slowedTo: number | null };

/** How far a batch has come, as its server last said, and what steers it. */
export function Progress({ account, batch, actions, canRun, heading, readAgain, slowedTo }: ProgressProps) {
  const { asking, refused, ask } = useAsk();
  const { changed, failed, left, total, underWay } = batch;
  const isPaused = batch.state === 'paused';
  const steer = (how: 'pause' | 'resume' | 'stop') =>
    void ask(how, () => actions.steerBatch({ accountId: account.id, batchId: batch.id, steer: how }), readAgain);
  const isAsking = asking !== null || undefined;
  return (
    <section aria-labelledby="batch-progress" className="mt-8">
      <h2 id="batch-progress" ref={heading} tabIndex={-1} className="text-heading leading-6 font-semibold">
        {texts.progress.title}
      </h2>
      <Word batch={batch} />
      <div className="mt-4 rounded-xl border border-line bg-sheet p-4">
        <div className="flex flex-wrap items-baseline justify-between gap-x-6">
          <label htmlFor="batch-bar" className="font-semibold">
            <span className="sr-only">{texts.progress.label}: </span>
            {texts.progress.of(changed + failed, total)}
          </label>
          <span className="text-quiet">{timeLeft(batch)}</span>
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
      </div>
      {canRun && (
        <>
          <div className="mt-4 flex flex-wrap gap-3">
            <Button aria-disabled={isAsking} onClick={() => steer(isPaused ? 'resume' : 'pause')}>
              {isPaused ? texts.progress.resume : texts.progress.pause}
            </Button>
            <Button aria-disabled={isAsking} onClick={() => steer('stop')}>
              {texts.progress.stop}
            </Button>
          </div>
          <p className="mt-2 max-w-[72ch] text-small text-quiet">{texts.progress.stopHelp}</p>
          <RefusalNote code={refused} />
        </>
      )}
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

/** What keeps it, where something does. */
function Word({ batch: { state, cause, held, failed, changed } }: { batch: BatchView }) {
  if (state === 'starting') return <p className="text-quiet">{texts.progress.starting}</p>;
  const text =
    state === 'paused'
      ? cause === 'failures'
        ? texts.progress.pausedByFailures(failed, changed)
        : cause === 'account'
          ? texts.progress.pausedByAccount
          : texts.progress.paused
      : held
        ? held.code === 'unauthorized' || held.code === 'retired' || held.code === 'unexpected'
          ? texts.progress.held[held.code]
          : texts.progress.held.other
        : null;
  if (text === null) return null;
  return (
    <div className="mt-3">
      <Notice tone="wait">
        <Marked text={text} />
      </Notice>
    </div>
  );
}

function timeLeft({ state, held, secondsLeft }: BatchView): string {
  if (state !== 'running' || held) return '';
  return secondsLeft === null ? texts.progress.measuring : texts.progress.secondsLeft(secondsLeft);
}
