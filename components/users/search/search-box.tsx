'use client';

import { type KeyboardEvent, useEffect, useRef } from 'react';
import { longestSearch } from '@/lib/search/filter.ts';
import * as texts from '@/lib/texts/people.ts';
import { Icon } from '../../ui/icon.tsx';

type SearchBoxProps = {
  search: string;
  /** Whether the rows are those of this search already. */
  isAnswered: boolean;
  hasKeys: boolean;
  onSearch: (search: string) => void;
  /** Takes a paste that is more than a search, and says whether it did. */
  onPaste: (text: string) => boolean;
};

export const searchBoxId = 'people-search';

/** Takes part of a name, an e-mail or an ID, and answers while it is typed. */
export function SearchBox({ search, isAnswered, hasKeys, onSearch, onPaste }: SearchBoxProps) {
  const input = useRef<HTMLInputElement>(null);
  const isGoingDown = useRef(false);

  useEffect(() => {
    const isTouch = window.matchMedia('(pointer: coarse)').matches;
    if (!isTouch && document.activeElement === document.body) input.current?.focus({ preventScroll: true });
  }, []);

  // Down is meant for the first of the people searched for, not for the one of the search before.
  useEffect(() => {
    if (isAnswered && isGoingDown.current) goDown();
    isGoingDown.current = false;
  }, [isAnswered]);

  function onKeyDown(event: KeyboardEvent) {
    isGoingDown.current = false;
    if (event.key === 'ArrowDown' && !event.altKey) {
      event.preventDefault();
      if (isAnswered) goDown();
      else isGoingDown.current = true;
    }
    if (event.key === 'Escape' && search !== '') {
      event.preventDefault();
      onSearch('');
    }
  }

  return (
    <search className="relative block">
      <span className="pointer-events-none absolute top-3.25 start-3.5 text-faint">
        <Icon name="search" size={18} />
      </span>
      <input
        ref={input}
        id={searchBoxId}
        type="text"
        inputMode="search"
        enterKeyHint="search"
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        maxLength={longestSearch}
        value={search}
        aria-label={texts.people.searchLabel}
        aria-keyshortcuts={hasKeys ? '/' : undefined}
        placeholder={texts.people.searchHint}
        className="h-11 w-full rounded-[10px] border border-line-strong bg-sheet pe-11 ps-10 text-larger placeholder:text-faint"
        onChange={(event) => onSearch(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        onPaste={(event) => onPaste(event.clipboardData.getData('text')) && event.preventDefault()}
      />
      {search !== '' ? (
        <button
          type="button"
          aria-label={texts.people.searchClear}
          className="absolute top-1 end-1 grid size-9 place-items-center rounded-lg text-quiet hover:bg-hover pointer-coarse:top-0 pointer-coarse:end-0 pointer-coarse:size-11"
          onClick={() => {
            onSearch('');
            input.current?.focus();
          }}
        >
          <Icon name="cross" />
        </button>
      ) : (
        hasKeys && (
          <kbd className="pointer-events-none absolute top-3 end-3 rounded-[5px] border border-line px-1.5 font-sans text-tiny text-faint pointer-coarse:hidden">
            /
          </kbd>
        )
      )}
    </search>
  );
}

function goDown() {
  document.querySelector<HTMLElement>('tbody [role="combobox"], tbody button')?.focus();
}
