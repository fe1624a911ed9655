'use client';

import { useLayoutEffect, useRef, useState } from 'react';
import * as texts from '@/lib/texts/changes.ts';
import { Icon } from '../../ui/icon.tsx';
import { Marked } from '../../ui/marked.tsx';
import { noteOn } from '../change/noted-change.ts';
import { planControlId } from '../change/open-list.ts';
import { useEngine } from '../page-store-context.tsx';
import { NoteForm } from '../person/note-form.tsx';
import { ActButton } from './act-button.tsx';
import { Details, detailsOf } from './details.tsx';
import type { Tone } from './message-parts.ts';
import type { RowMessageProps } from './row-message-props.ts';

/** Short and without a need to act: beside the control, so that nothing moves. Everything else opens below it. */
const beside = 'flex min-h-8.5 items-start max-sm:min-h-6 @min-[72rem]/people:items-center';
const below = 'mt-1.5 flex w-full items-start';
/** In a narrow column the icon gives its room to the text; the background colour still shows the tone. */
const hiddenInNarrow = 'mt-px sm:@max-[72rem]/people:hidden';

const grounds: Record<Tone, string> = {
  quiet: 'text-quiet',
  good: 'text-good',
  wait: 'rounded-lg bg-wait-soft px-3 py-2 text-wait sm:@max-[72rem]/people:px-2',
  bad: 'rounded-lg bg-bad-soft px-3 py-2 text-bad sm:@max-[72rem]/people:px-2',
};

/** What became of the change, where it was made: what happened, what is true now, what can be done. */
export function RowMessage(props: RowMessageProps) {
  const { id, userId, name, known, attempt, message, noting, onNoting } = props;
  const [isDetailed, setDetailed] = useState(false);
  const engine = useEngine();
  const box = useRef<HTMLDivElement>(null);
  const failure = detailsOf(attempt);

  // The focus on a button of a message that ends goes on at the person's plan, not at the top of the page.
  useLayoutEffect(
    () => () => {
      if (box.current?.contains(document.activeElement)) document.getElementById(planControlId(userId))?.focus();
    },
    [userId],
  );

  function doneNoting(saved: string | null) {
    onNoting(saved === null || !noting ? null : { ...noting, saved });
    if (saved !== null) engine.announcer.sayText(texts.note.saved(saved));
    document.getElementById(planControlId(userId))?.focus();
  }

  const isBeside = message.tone === 'quiet' || (message.tone === 'good' && !failure);
  const isSaved = message.tone === 'good' && message.acts.includes('note'); // the time of the read-back comes later
  const isOneLine = isBeside || message.acts.length === 1;
  const said = (
    <div
      ref={box}
      className={`max-w-[58ch] gap-2 text-small leading-4.5 ${grounds[message.tone]} ${isBeside ? beside : below}`}
    >
      {message.icon && (
        <span className={isBeside ? 'mt-px' : hiddenInNarrow}>
          <Icon name={message.icon} size={16} />
        </span>
      )}
      <div className={isOneLine ? 'flex min-w-0 flex-1 flex-wrap items-center gap-x-3' : 'min-w-0 flex-1'}>
        <span id={id} className={isSaved ? 'min-w-[11ch]' : ''}>
          <Marked text={message.text} />
        </span>
        {message.acts.length > 0 && (
          <span className={`flex flex-wrap gap-x-4 ${isOneLine ? '' : 'mt-0.5'}`}>
            {message.acts.map((act) => (
              <ActButton
                key={act}
                act={act}
                userId={userId}
                name={name}
                known={known}
                attempt={attempt}
                isDetailed={isDetailed}
                onDetails={() => setDetailed(!isDetailed)}
                onNote={() => onNoting({ userId, changeId: noteOn(attempt), saved: null })}
              />
            ))}
          </span>
        )}
        {isDetailed && failure && <Details id={`details-${userId}`} name={name} failure={failure} />}
      </div>
      {message.isDismissable && <DismissButton userId={userId} name={name} />}
    </div>
  );
  if (!noting) return said;
  return (
    <>
      {said}
      {noting.saved === null ? (
        <NoteForm about={{ userId, changeId: noting.changeId }} name={name} onDone={doneNoting} />
      ) : (
        <p className="w-full text-small leading-4.5 break-words text-good">{texts.note.saved(noting.saved)}</p>
      )}
    </>
  );
}

function DismissButton({ userId, name }: { userId: string; name: string }) {
  const engine = useEngine();
  return (
    <button
      type="button"
      aria-label={texts.button.dismissFor(name)}
      title={texts.button.dismiss}
      className="-mt-1 -me-2 grid size-7 shrink-0 place-items-center rounded-lg hover:bg-sheet/60 pointer-coarse:size-11"
      onClick={() => {
        document.getElementById(planControlId(userId))?.focus();
        engine.dismiss(userId);
      }}
    >
      <Icon name="cross" size={14} />
    </button>
  );
}
