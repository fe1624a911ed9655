'use client';

import { type RefObject, useEffect, useRef, useState } from 'react';
import type { BatchView, DraftEdit, ItemView, Part } from '@/lib/batches/batch.ts';
import type { FailureCode } from '@/lib/failures.ts';
import * as texts from '@/lib/texts/batches.ts';
import { Button, TextButton } from '../../ui/button.tsx';
import type { BatchActions } from '../actions.ts';
import { RefusalNote } from '../run/refusal-note.tsx';
import { useAsk } from '../use-ask.ts';
import type { Shown } from './shown.ts';

/** What corrects a preview. */
export type EditTools = { actions: Pick<BatchActions, 'editDraft'>; readAgain: () => Promise<unknown> };

/** A preview that is being corrected. */
export type Editing = {
  isBusy: boolean;
  refused: FailureCode | null;
  /** What was done last, to be said aloud. */
  said: string;
  /** One correction; nothing happens while another one is under way. */
  edit(edit: DraftEdit, said: string): void;
  /** The same after those that are under way; `undo` is called where it was refused. */
  editNext(edit: DraftEdit, said: string, undo: () => void): void;
};

type Correction = { edit: DraftEdit; done: string; undo?: () => void };

/** Null where the viewer may not correct it. */
export function useEdits(accountId: string, { id: batchId }: BatchView, tools: EditTools | null): Editing | null {
  const { asking, refused, ask } = useAsk();
  const queue = useRef<Correction[]>([]);
  const [said, setSaid] = useState('');
  if (!tools) return null;
  const { actions, readAgain } = tools;

  /** Asks for one correction after the other; those after a refused one are dropped, so that the refusal stays in sight. */
  async function run(correction: Correction) {
    const waiting = queue.current;
    if (waiting.push(correction) > 1) return;
    for (let next = waiting[0]; next; next = waiting[0]) {
      const { edit, done } = next;
      let isDone = false;
      setSaid('');
      await ask(
        'edit',
        () => actions.editDraft({ accountId, batchId, edit }),
        async () => {
          isDone = true;
          await readAgain();
          setSaid(done);
        },
      );
      if (isDone) waiting.shift();
      else for (const { undo } of waiting.splice(0)) undo?.();
    }
  }

  return {
    isBusy: asking !== null,
    refused,
    said,
    edit(edit, done) {
      if (asking === null) void run({ edit, done });
    },
    editNext: (edit, done, undo) => void run({ edit, done, undo }),
  };
}

/** The boxes of one page of people: ticked are those who will change. */
export type Ticks = {
  /** What else corrects the preview; null where the viewer may not. */
  editing: Editing | null;
  /** These people, and those whose box was used on this page in the rows they were in: no row moves under the pointer. */
  among(items: ItemView[]): ItemView[];
  tick(item: ItemView, isOn: boolean): void;
  forget(): void;
};

export function useTicks(editing: Editing | null): Ticks {
  const [used, setUsed] = useState<ReadonlyMap<number, ItemView>>(new Map());
  const forget = () => setUsed(new Map());
  return {
    editing: editing && {
      ...editing,
      edit(edit, said) {
        if (!editing.isBusy) forget();
        editing.edit(edit, said);
      },
    },
    among: (items) =>
      editing === null
        ? items
        : [...new Map([...items, ...used.values()].map((item) => [item.position, item])).values()].sort(
            (one, other) => one.position - other.position,
          ),
    tick(item, isOn) {
      const { position } = item;
      const positions = [position];
      const changed: ItemView = isOn
        ? { ...item, part: 'change', state: 'waiting' }
        : { ...item, part: 'left-out', state: null };
      setUsed((before) => new Map(before).set(position, changed));
      const undo = () => setUsed((before) => new Map([...before].filter(([one]) => one !== position)));
      if (isOn) editing?.editNext({ kind: 'put-back', positions }, texts.edits.putBack(1), undo);
      else editing?.editNext({ kind: 'leave-out', positions }, texts.edits.leftOut(1), undo);
    },
    forget,
  };
}

/** The heading takes the focus where the button that had it has gone with its row, or with its whole group. */
export function useFocusAfterEdits(editing: Editing | null, heading: RefObject<HTMLHeadingElement | null>): void {
  const isEdited = editing !== null && editing.said !== '';
  useEffect(() => {
    if (isEdited && document.activeElement === document.body) heading.current?.focus({ preventScroll: true });
  });
}

/** The groups whose people can be left out of the batch, or put back. */
export const isTickable = (part: Part): part is 'change' | 'left-out' => part === 'change' || part === 'left-out';

/** Whether somebody will change; a click leaves them out or puts them back. */
export function Tick({ item, name, ticks }: { item: ItemView; name: string; ticks: Ticks }) {
  if (!ticks.editing || !isTickable(item.part)) return null;
  return (
    <input
      type="checkbox"
      aria-label={texts.edits.tick(name)}
      checked={item.part === 'change'}
      onChange={(event) => ticks.tick(item, event.currentTarget.checked)}
      className="float-start mt-0.5 me-2.5 size-4 accent-bell pointer-coarse:size-6"
    />
  );
}

/** Takes back who was chosen for a line that is not clear. */
export function Unchoose({ item, name, editing }: { item: ItemView; name: string; editing: Editing | null }) {
  if (!editing || !item.unclear) return null;
  return (
    <TextButton
      aria-label={texts.edits.unchooseOne(name)}
      aria-disabled={editing.isBusy || undefined}
      className="block"
      onClick={() => editing.edit({ kind: 'unchoose', position: item.position }, texts.edits.unchosen)}
    >
      {texts.edits.unchoose}
    </TextButton>
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

type BarProps = { editing: Editing; shown: Shown; batch: BatchView };

/** What can be done with all people of a kind. */
export function EditBar({ editing, shown: { trait }, batch }: BarProps) {
  const count = trait ? batch.traits[trait] : 0;
  return (
    <>
      {trait && count > 0 && (
        <Button
          aria-disabled={editing.isBusy || undefined}
          className="mt-2"
          onClick={() => editing.edit({ kind: 'leave-out-all', trait }, texts.edits.leftOut(count))}
        >
          {texts.edits.leaveOutAll(count)}
        </Button>
      )}
      <RefusalNote code={editing.refused} text={editing.refused === 'invalid' ? texts.edits.refused : undefined} />
    </>
  );
}
