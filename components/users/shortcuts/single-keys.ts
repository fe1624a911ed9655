'use client';

import { useSyncExternalStore } from 'react';
import { createCell } from '../../ui/cell.ts';
import { searchBoxId } from '../search/search-box.tsx';

const place = 'carillon.single-keys';
const isOn = createCell<boolean | null>(null);

function read(): boolean {
  const chosen = isOn.get();
  if (chosen !== null) return chosen;
  try {
    return localStorage.getItem(place) !== 'off';
  } catch {
    return true;
  }
}

export function switchSingleKeys(on: boolean) {
  try {
    localStorage.setItem(place, on ? 'on' : 'off');
  } catch {
    // Without storage the choice holds for this page.
  }
  isOn.set(on);
}

const typing = 'input:not([type="checkbox"]), textarea, select, [contenteditable]';

/** Whether a key was pressed alone, where nobody is writing and no dialog is open. No name or address needs a `/` in the search. */
export function isSingleKey(event: KeyboardEvent): boolean {
  const isInSearch = event.target instanceof HTMLElement && event.target.id === searchBoxId;
  const isTyping =
    event.target instanceof HTMLElement && event.target.matches(typing) && !(isInSearch && event.key === '/');
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping) return false;
  return !document.querySelector('dialog[open]');
}

/** Whether keys without a modifier do something; people who speak to their computer switch them off (WCAG 2.1.4). */
export const useHasSingleKeys = () => useSyncExternalStore(isOn.subscribe, read, () => true);
