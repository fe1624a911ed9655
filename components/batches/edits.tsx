'use client';

import { type RefObject, useEffect, useState } from 'react';
import type { BatchView, DraftEdit, ItemView } from '@/lib/batches/batch.ts';
import type { FailureCode } from '@/lib/failures.ts';
import * as texts from '@/lib/texts/batches.ts';
import { Button, TextButton } from '../ui/button.tsx';
import type { BatchActions } from './actions.ts';
import type { Shown } from './batch-people.tsx';
import { RefusalNote } from './refusal-note.tsx';
import { useAsk } from './use-ask.ts';

/** What corrects a preview. */
export type EditTools = { actions: Pick<BatchActions, 'editDraft'>; readAgain: () => Promise<unknown> };

/** A preview that is being corrected: one correction at a time, and who is ticked. */
export type Editing = {
  isBusy: boolean;
  refused: FailureCode | null;
  /** What was done last, to be said aloud. */
  said: string;
  ticked: ReadonlySet<number>;
  tick(position: number, isOn: boolean): void;
  edit(edit: DraftEdit, said: string): void;
};

/** Null where the viewer may not correct it. */
export function useEdits(accountId: string, { id: batchId }: BatchView, tools: EditTools | null): Editing | null {
  const { asking, refused, ask } = useAsk();
  const [ticked, setTicked] = useState<ReadonlySet<number>>(new Set());
  const [said, setSaid] = useState('');
  if (!tools) return null;
  const { actions, readAgain } = tools;
  return {
    isBusy: asking !== null,
    refused,
    said,
    ticked,
    tick(position, isOn) {
      const next = new Set(ticked);
      if (isOn) next.add(position);
      else next.delete(position);
      setTicked(next);
    },
    edit(edit, done) {
      if (asking !== null) return;
      setSaid('');
      void ask(
        'edit',
        () => actions.editDraft({ accountId, batchId, edit }),
        async () => {
          setTicked(new Set());
          await readAgain();
          setSaid(done);
        },
      );
    },
  };
}

/** The heading takes the focus where the button that had it has gone with its row, or with its whole group. */
export function useFocusAfterEdits(editing: Editing | null, heading: RefObject<HTMLHeadingElement | null>): void {
  const isEdited = editing !== null && editing.said !== '';
  useEffect(() => {
    if (isEdited && document.activeElement === document.body) heading.current?.focus({ preventScroll: true });
  });
}

type RowProps = { item: ItemView; editing: Editing | null };

const nameOf = ({ user, asked }: ItemView) => user?.name ?? asked ?? '';

const isTickable = ({ part }: ItemView) => part === 'change' || part === 'left-out';

/** Ticks somebody to be left out, or put back, together with others. */
export function Tick({ item, editing }: RowProps) {
  if (!editing || !isTickable(item)) return null;
  return (
    <input
      type="checkbox"
      aria-label={texts.edits.tick(nameOf(item))}
      checked={editing.ticked.has(item.position)}
      onChange={(event) => editing.tick(item.position, event.currentTarget.checked)}
      className="float-left mt-0.5 mr-2.5 size-4 accent-bell pointer-coarse:size-6"
    />
  );
}

/** What can be done with one person of a preview. */
export function RowEdits({ item, editing }: RowProps) {
  if (!editing) return null;
  const { position, part, unclear } = item;
  const name = nameOf(item);
  return (
    <span className="flex flex-wrap gap-x-4">
      {part === 'change' && (
        <TextButton
          aria-label={texts.edits.leaveOutOne(name)}
          aria-disabled={editing.isBusy || undefined}
          onClick={() => editing.edit({ kind: 'leave-out', positions: [position] }, texts.edits.leftOut(1))}
        >
          {texts.edits.leaveOut}
        </TextButton>
      )}
      {part === 'left-out' && (
        <TextButton
          aria-label={texts.edits.putBackOne(name)}
          aria-disabled={editing.isBusy || undefined}
          onClick={() => editing.edit({ kind: 'put-back', positions: [position] }, texts.edits.putBackDone(1))}
        >
          {texts.edits.putBack}
        </TextButton>
      )}
      {unclear && (
        <TextButton
          aria-label={texts.edits.unchooseOne(name)}
          aria-disabled={editing.isBusy || undefined}
          onClick={() => editing.edit({ kind: 'unchoose', position }, texts.edits.unchosen)}
        >
          {texts.edits.unchoose}
        </TextButton>
      )}
    </span>
  );
}

/** What became of the last correction. */
export function EditSaid({ editing, batch }: { editing: Editing; batch: BatchView }) {
  return (
    <p role="status" className="mt-2 text-quiet">
      {editing.said !== '' && `${editing.said} ${texts.edits.now(batch.total)}`}
    </p>
  );
}

type BarProps = { editing: Editing; items: ItemView[]; shown: Shown; batch: BatchView };

/** What can be done with those who are ticked, and with all of a kind. */
export function EditBar({ editing, items, shown, batch }: BarProps) {
  const some = items.filter((item) => isTickable(item) && editing.ticked.has(item.position));
  const positions = some.map(({ position }) => position);
  const isBack = shown.part === 'left-out';
  const { trait } = shown;
  return (
    <>
      {(some.length > 0 || (trait && batch.traits[trait] > 0)) && (
        <div className="mt-2 flex flex-wrap gap-3">
          {some.length > 0 && (
            <Button
              aria-disabled={editing.isBusy || undefined}
              onClick={() =>
                isBack
                  ? editing.edit({ kind: 'put-back', positions }, texts.edits.putBackDone(some.length))
                  : editing.edit({ kind: 'leave-out', positions }, texts.edits.leftOut(some.length))
              }
            >
              {isBack ? texts.edits.putBackMany(some.length) : texts.edits.leaveOutMany(some.length)}
            </Button>
          )}
          {trait && batch.traits[trait] > 0 && (
            <Button
              aria-disabled={editing.isBusy || undefined}
              onClick={() => editing.edit({ kind: 'leave-out-all', trait }, texts.edits.leftOut(batch.traits[trait]))}
            >
              {texts.edits.leaveOutAll(batch.traits[trait])}
            </Button>
          )}
        </div>
      )}
      <RefusalNote code={editing.refused} text={editing.refused === 'invalid' ? texts.edits.refused : undefined} />
    </>
  );
}
