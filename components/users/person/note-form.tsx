'use client';

import { type FormEvent, useRef, useState } from 'react';
import * as texts from '@/lib/texts/changes.ts';
import { TextButton } from '../../ui/button.tsx';
import { askServer } from '../data/ask-server.ts';
import { usePageStore } from '../page-store-context.tsx';

type NoteFormProps = {
  /** A change of the operator's own; without one the note is about the person. */
  about: { userId: string; changeId?: string };
  name: string;
  /** With the note that was saved, or null. */
  onDone: (saved: string | null) => void;
};

/** Takes down a reason, which goes into the history. */
export function NoteForm({ about, name, onDone }: NoteFormProps) {
  const store = usePageStore();
  const { accountId, actions } = store;
  const [state, setState] = useState<'writing' | 'saving' | 'failed'>('writing');
  const isSaving = useRef(false);

  async function save(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (isSaving.current) return; // a second Enter comes before the state is drawn
    const note = String(new FormData(event.currentTarget).get('note') ?? '').trim();
    if (!note) return onDone(null);
    isSaving.current = true;
    setState('saving');
    const result = await askServer(store, actions.addNote({ accountId, ...about, note }));
    if (result.ok) return onDone(note);
    isSaving.current = false;
    setState('failed');
  }

  return (
    <form className="mt-1.5 flex w-full flex-wrap items-center gap-x-3 gap-y-1 text-small" onSubmit={save}>
      <input
        // biome-ignore lint/a11y/noAutofocus: the operator has just asked for this field.
        autoFocus
        name="note"
        maxLength={500}
        autoComplete="off"
        aria-label={about.changeId ? texts.note.label(name) : texts.note.labelOfPerson(name)}
        placeholder={texts.note.placeholder}
        className="h-8.5 min-w-0 flex-1 basis-52 rounded-lg border border-line-strong bg-sheet px-2.5 text-ink placeholder:text-faint pointer-coarse:h-11 pointer-coarse:text-larger"
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.preventDefault(); // a dialog around it stays open
          onDone(null);
        }}
      />
      <TextButton type="submit" aria-disabled={state === 'saving'}>
        {state === 'saving' ? texts.note.saving : texts.note.save}
      </TextButton>
      <TextButton onClick={() => onDone(null)}>{texts.note.cancel}</TextButton>
      {state === 'failed' && (
        <p role="alert" className="basis-full text-bad">
          {texts.note.failed}
        </p>
      )}
    </form>
  );
}
