'use client';

import { useEffect } from 'react';
import { useEngine } from '../page-store-context.tsx';
import { searchBoxId } from '../search/search-box.tsx';
import { isSingleKey, useHasSingleKeys } from './single-keys.ts';

/** `/` goes to the search, `?` shows the keys, `U` undoes the change of the person who has the focus. */
export function SingleKeys({ onHelp }: { onHelp: () => void }) {
  const engine = useEngine();
  const has = useHasSingleKeys();
  useEffect(() => {
    if (!has) return;
    const onKey = (event: KeyboardEvent) => {
      if (!isSingleKey(event)) return;
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
      if (userId) engine.undo(userId);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [has, engine, onHelp]);
  return null;
}
