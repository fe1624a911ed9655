'use client';

import { useEffect } from 'react';
import { useBench } from './desk-context.tsx';
import { searchBoxId } from './search-box.tsx';
import { useHasSingleKeys } from './single-keys.ts';

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]');

/** `/` goes to the search, `?` shows the keys, `U` undoes the change of the person who has the focus. */
export function SingleKeys({ onHelp }: { onHelp: () => void }) {
  const bench = useBench();
  const has = useHasSingleKeys();
  useEffect(() => {
    if (!has) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event.target)) return;
      if (document.querySelector('dialog[open]')) return;
      if (event.key === '/') {
        event.preventDefault();
        const search = document.getElementById(searchBoxId);
        search?.focus();
        if (search instanceof HTMLInputElement) search.select();
      }
      if (event.key === '?') onHelp();
      if (event.key.toLowerCase() !== 'u' || !(event.target instanceof Element)) return;
      const row = event.target.closest('tr[data-person]');
      const userId = row?.getAttribute('data-person');
      if (userId) bench.undo(userId);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [has, bench, onHelp]);
  return null;
}
