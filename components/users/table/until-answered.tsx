'use client';

import { type KeyboardEvent, type ReactNode, type SyntheticEvent, useLayoutEffect } from 'react';
import * as texts from '@/lib/texts/people.ts';
import { usePageStatus, usePageStore } from '../page-store-context.tsx';

type UntilAnsweredProps = { isAnswered: boolean; children: ReactNode };

/** Keys that do something to the person whose control has the focus, beside letters; Tab and Escape do not. */
const actingKeys = new Set(['Enter', ' ', 'F2', 'ArrowDown', 'ArrowUp', 'Delete', 'Backspace']);
const keysOfThePage = new Set(['/', '?']);

/**
 * People found by an earlier search or filter, while the present one has no answer: they can be read, and nothing in the
 * list acts. Nothing is `disabled` or `inert`, so that the focus stays where it is; the look changes only where the answer
 * takes longer than a moment.
 */
export function UntilAnswered({ isAnswered, children }: UntilAnsweredProps) {
  const store = usePageStore();
  const { online } = usePageStatus();
  const why = online ? texts.people.notAnswered : texts.people.notAnsweredOffline;

  useLayoutEffect(() => {
    if (!isAnswered) store.list.set(null);
  }, [isAnswered, store]);

  function refuse(event: SyntheticEvent) {
    event.preventDefault();
    event.stopPropagation();
    store.ask((engine) => engine.announcer.sayText(why));
  }

  function refuseKey(event: KeyboardEvent) {
    const { key, ctrlKey, metaKey } = event;
    const isLetter = [...key].length === 1 && !keysOfThePage.has(key);
    if (!ctrlKey && !metaKey && (isLetter || actingKeys.has(key))) refuse(event);
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a disabled fieldset would take the focus away
    <div
      role="group"
      aria-label={texts.people.title}
      aria-disabled={!isAnswered || undefined}
      className="until-answered"
      onClickCapture={isAnswered ? undefined : refuse}
      onSubmitCapture={isAnswered ? undefined : refuse}
      onKeyDownCapture={isAnswered ? undefined : refuseKey}
    >
      {!isAnswered && (
        <div className="sticky top-26 z-10 h-0">
          <p className="until-answered-why">{why}</p>
        </div>
      )}
      {children}
    </div>
  );
}
