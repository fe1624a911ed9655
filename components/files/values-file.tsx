'use client';

import { useId, useRef } from 'react';
import type { ShownLines } from '@/lib/files/upload.ts';
import type { FileUse } from '@/lib/lists/file.ts';
import { fileProblems, valuesFile as texts } from '@/lib/texts/files.ts';
import { FileComplaints } from '../batches/form/file-complaints.tsx';
import { FileReading } from '../batches/form/file-reading.tsx';
import { type DrawAgain, useDrawAgain } from '../live/use-draw-again.ts';
import { Button } from '../ui/button.tsx';
import { fieldLook } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { type ReadValues, useValuesFile } from './use-values-file.ts';

type ValuesFileProps = {
  /** Where it is handed in. */
  address: string;
  use: FileUse;
  title: string;
  help: string;
  drawAgain: DrawAgain;
};

/** A file that says something of people: how it is read and which people it means is shown before it counts. */
export function ValuesFile({ address, use, title, help, drawAgain }: ValuesFileProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const { draw } = useDrawAgain(drawAgain); // the page hears of the file too, and says when it cannot be drawn
  const { read, state, choose, correct, keep } = useValuesFile(address, () => {
    if (input.current) input.current.value = '';
    input.current?.focus();
    void draw();
  });
  const said = saidOf(state);
  return (
    <section aria-labelledby={`${id}-title`} className="mt-8 max-w-190 print:hidden">
      <h2 id={`${id}-title`} className="text-large font-semibold">
        {title}
      </h2>
      <p id={`${id}-help`} className="mt-1 text-quiet">
        {help}
      </p>
      <label htmlFor={id} className="mt-3 block font-semibold">
        {texts.label}
      </label>
      <input
        ref={input}
        id={id}
        type="file"
        accept=".csv,.tsv,.txt,text/csv,text/plain,text/tab-separated-values"
        aria-invalid={said !== null || undefined}
        aria-describedby={`${id}-help ${id}-said`}
        className={`${fieldLook} mt-1 max-w-115 file:me-3 file:rounded-md file:border-0 file:bg-hover file:px-2.5 file:py-1 file:text-ink`}
        onChange={(event) => choose(event.currentTarget.files?.[0])}
      />
      <p id={`${id}-said`} role="alert" className="text-bad">
        {said}
      </p>
      <p role="status" className="text-quiet">
        {state === 'busy' && texts.reading}
        {typeof state === 'object' && 'kept' in state && texts.kept(state.kept)}
        {state === 'idle' && read && texts.summary(read.understood)}
      </p>
      {read && (
        <>
          <FileReading handedIn={read} use={use} onCorrect={correct} />
          <FileComplaints handedIn={read} askForAll={null} />
          <Preview read={read} isBusy={state === 'busy'} onKeep={keep} />
        </>
      )}
    </section>
  );
}

function saidOf(state: ReturnType<typeof useValuesFile>['state']): string | null {
  if (state === 'failed') return texts.failed;
  return typeof state === 'object' && 'problem' in state ? fileProblems[state.problem](state.line) : null;
}

type PreviewProps = { read: ReadValues; isBusy: boolean; onKeep: () => void };

/** Which people the file means, and the button that lets it count. */
function Preview({ read: { understood, preview, isOther }, isBusy, onKeep }: PreviewProps) {
  if (understood.questions.length > 0) return null;
  const { matched, unmatched, unclear } = preview;
  return (
    <div className="mt-4">
      {isOther && (
        <div role="status" className="mb-3">
          <Notice tone="wait">{texts.isOther}</Notice>
        </div>
      )}
      <p className="font-semibold">{texts.matched(matched)}</p>
      <Lines title={texts.unmatched(unmatched.count)} lines={unmatched} />
      <Lines title={texts.unclear(unclear.count)} lines={unclear} />
      {matched > 0 && (
        <Button look="loud" className="mt-3" aria-disabled={isBusy || undefined} onClick={onKeep}>
          {texts.keep}
        </Button>
      )}
    </div>
  );
}

function Lines({ title, lines: { count, first } }: { title: string; lines: ShownLines }) {
  if (count === 0) return null;
  return (
    <div className="mt-2 text-small text-quiet">
      <p>{title}</p>
      <ul className="mt-1 wrap-anywhere">
        {first.map(({ line, text }) => (
          <li key={line}>{texts.line(line, text)}</li>
        ))}
      </ul>
      {count > first.length && <p>{texts.more(count - first.length)}</p>}
    </div>
  );
}
