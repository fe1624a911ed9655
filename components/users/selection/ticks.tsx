'use client';

import { type ChangeEvent, type ComponentProps, type MouseEvent, useRef, useSyncExternalStore } from 'react';
import * as texts from '@/lib/texts/selection.ts';
import { usePageStore } from '../page-store-context.tsx';
import { type Chosen, isChosen, pageTicked, shareOf, ticked } from './chosen.ts';

function useChosen(): Chosen {
  const ticks = usePageStore().ticks.get();
  if (!ticks) throw new Error('This part of the page needs the checkboxes.');
  return ticks.chosen;
}

export const tickId = (userId: string) => `tick-${userId}`;
export const pageTickId = 'tick-page';

/** Chooses one person; with Shift, everybody from the one who was ticked last. */
export function RowTick({ userId, name }: { userId: string; name: string }) {
  const { choice, page } = useChosen();
  const isTicked = useSyncExternalStore(choice.subscribe, () => isChosen(choice.get(), userId));
  return (
    <Tick
      id={tickId(userId)}
      aria-label={texts.choosing.one(name)}
      checked={isTicked}
      onTick={(isRange) => choice.set(ticked(choice.get(), page.get(), userId, isRange))}
    />
  );
}

/** Chooses everybody on the page. */
export function PageTick() {
  const { choice, page } = useChosen();
  const subscribe = (listener: () => void) => {
    const forget = [choice.subscribe(listener), page.subscribe(listener)];
    return () => {
      for (const one of forget) one();
    };
  };
  const share = useSyncExternalStore(subscribe, () => shareOf(choice.get(), page.get()));
  return (
    <Tick
      id={pageTickId}
      ref={(input) => {
        if (input) input.indeterminate = share === 'some';
      }}
      aria-label={texts.choosing.page}
      checked={share === 'all'}
      onTick={() => choice.set(pageTicked(choice.get(), page.get()))}
    />
  );
}

type TickProps = ComponentProps<'input'> & { onTick: (isRange: boolean) => void };

function Tick({ onTick, ...rest }: TickProps) {
  const isRange = useRef(false); // a click that a key or a label makes does not tell of Shift in every browser
  const onMouseDown = (event: MouseEvent) => {
    isRange.current = event.shiftKey;
    if (event.shiftKey) event.preventDefault(); // else the text up to here is selected
  };
  function onChange({ currentTarget }: ChangeEvent<HTMLInputElement>) {
    currentTarget.focus(); // Safari does not focus a checkbox that is clicked.
    onTick(isRange.current);
  }
  return (
    <label
      onMouseDown={onMouseDown}
      onKeyDown={(event) => {
        isRange.current = event.shiftKey;
      }}
    >
      <input type="checkbox" className="size-4.5 accent-bell pointer-coarse:size-5" onChange={onChange} {...rest} />
    </label>
  );
}
