'use client';

import { useEffect, useSyncExternalStore } from 'react';
import type { Desk } from './desk.ts';
import { searchBoxId } from './search-box.tsx';

const place = 'carillon.single-keys';
const listeners = new Set<() => void>();
let isOn: boolean | null = null;

function read(): boolean {
  try {
    isOn ??= localStorage.getItem(place) !== 'off';
  } catch {
    isOn ??= true;
  }
  return isOn;
}

export function switchSingleKeys(on: boolean) {
  isOn = on;
  try {
    localStorage.setItem(place, on ? 'on' : 'off');
  } catch {
    // Without storage the choice holds for this page.
  }
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** Whether keys without a modifier do something; people who speak to their computer switch them off (WCAG 2.1.4). */
export const useHasSingleKeys = () => useSyncExternalStore(subscribe, read, () => true);

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]');

/** `/` goes to the search, `?` shows the keys, `U` undoes the change of the person who has the focus. */
export function useSingleKeys(desk: Desk, onHelp: () => void) {
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
      if (userId) desk.undo(userId);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [has, desk, onHelp]);
}
