'use client';

import { type ReactNode, useEffect, useId, useRef } from 'react';
import { SectionHeading } from './heading.tsx';
import { Icon } from './icon.tsx';

type DialogProps = { title: string; closeLabel: string; onClose: () => void; side?: boolean; children: ReactNode };

/** The browser's own modal dialog, open for as long as it is drawn: Escape and a click outside close it. */
export function Dialog({ title, closeLabel, onClose, side = false, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();

  useEffect(() => {
    const element = dialog.current;
    const before = document.activeElement;
    element?.showModal();
    return () => {
      element?.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);

  const shape = side
    ? 'me-0 my-0 h-dvh max-h-none w-full max-w-110 border-s'
    : 'w-[calc(100%-2rem)] max-w-115 rounded-xl border';

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a click on the backdrop closes; keys have Escape and the button.
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      className={`${shape} border-line bg-sheet shadow-[var(--float)]`}
      // The event comes late: by then the dialog may have been opened anew.
      onClose={(event) => !event.currentTarget.open && onClose()}
      onClick={(event) => event.target === event.currentTarget && onClose()}
    >
      <div className="flex min-h-full flex-col p-5">
        <div className="mb-3 flex items-start justify-between gap-4">
          <SectionHeading id={titleId}>{title}</SectionHeading>
          <button
            type="button"
            aria-label={closeLabel}
            className="-mt-1.5 -me-2 grid size-9 place-items-center rounded-lg text-quiet hover:bg-hover pointer-coarse:size-11"
            onClick={onClose}
          >
            <Icon name="cross" />
          </button>
        </div>
        {children}
      </div>
    </dialog>
  );
}
