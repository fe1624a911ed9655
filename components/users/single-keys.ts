'use client';

import { useSyncExternalStore } from 'react';
import { createCell } from '../ui/cell.ts';

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

/** Whether keys without a modifier do something; people who speak to their computer switch them off (WCAG 2.1.4). */
export const useHasSingleKeys = () => useSyncExternalStore(isOn.subscribe, read, () => true);
