'use client';

import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import * as texts from '@/lib/texts/changes.ts';
import { notSavedSlotId } from '../../shell/not-saved-slot.tsx';
import { TextButton } from '../../ui/button.tsx';
import { planControlId } from '../change/open-list.ts';
import { useAcross, useEngine } from '../page-store-context.tsx';
import { NotSavedDialog } from './not-saved-dialog.tsx';

type NotSavedProps = { onSearch: (search: string) => void; rowsKey: unknown };

/** The counter in the header; it leads to the first change that still needs a decision. */
export function NotSaved({ onSearch, rowsKey }: NotSavedProps) {
  const engine = useEngine();
  const count = useAcross(() => engine.notSaved().length, 0);
  const [slot, setSlot] = useState<HTMLElement | null>(null);
  const [wanted, setWanted] = useState<string | null>(null);
  const [isOpen, setOpen] = useState(false);

  useEffect(() => {
    if (count === 0) setOpen(false);
  }, [count]);
  useEffect(() => setSlot(document.getElementById(notSavedSlotId)), []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the rows have just been drawn anew; look for the person.
  useEffect(() => {
    if (wanted && goTo(wanted)) setWanted(null);
  }, [wanted, rowsKey]);

  function jump() {
    const waiting = engine.notSaved();
    const here = waiting.filter((userId) => document.getElementById(rowId(userId)));
    const first = here.sort((a, b) => placeOf(a) - placeOf(b))[0];
    if (first) return void goTo(first);
    const elsewhere = waiting[0];
    if (!elsewhere) return;
    onSearch(elsewhere); // by ID: several people may have one name
    setWanted(elsewhere);
  }

  if (!slot || count === 0) return null;
  return createPortal(
    <span className="flex items-center gap-2">
      <button
        type="button"
        title={texts.notSaved.jump}
        className="min-h-8.5 rounded-full bg-bad-soft px-3 font-semibold max-sm:px-2.5 max-sm:text-small @max-4xl/header:px-2 @max-4xl/header:text-small whitespace-nowrap text-bad hover:underline pointer-coarse:min-h-11"
        onClick={jump}
      >
        {texts.notSaved.count(count)}
      </button>
      {count > 1 && (
        <TextButton className="text-small whitespace-nowrap" onClick={() => setOpen(true)}>
          {texts.notSaved.all}
        </TextButton>
      )}
      {isOpen && <NotSavedDialog count={count} onClose={() => setOpen(false)} />}
    </span>,
    slot,
  );
}

const rowId = (userId: string) => `person-${userId}`;
const placeOf = (userId: string) => document.getElementById(rowId(userId))?.getBoundingClientRect().top ?? 0;

function goTo(userId: string): boolean {
  const row = document.getElementById(rowId(userId));
  if (!row) return false;
  row.scrollIntoView({ block: 'center' });
  const target = document.getElementById(planControlId(userId)) ?? row.querySelector('button');
  target?.focus({ preventScroll: true });
  row.setAttribute('data-jumped', ''); // the browser shows the focus only to those who use keys
  row.addEventListener('focusout', () => row.removeAttribute('data-jumped'), { once: true });
  return true;
}
