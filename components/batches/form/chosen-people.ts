'use client';

import { useSyncExternalStore } from 'react';

/** Under which the list of people hands over the IDs of those who are ticked. */
export const chosenKey = (accountId: string) => `carillon.chosen.${accountId}`;

const never = () => () => {};

/** The IDs of those who were ticked in the list of people; null until the browser has taken over, and where none are known. */
export function useChosenPeople(accountId: string): string[] | null {
  const text = useSyncExternalStore(
    never,
    () => sessionStorage.getItem(chosenKey(accountId)),
    () => null,
  );
  return text === null ? null : idsIn(text);
}

function idsIn(text: string): string[] | null {
  try {
    const ids: unknown = JSON.parse(text);
    return Array.isArray(ids) && ids.length > 0 && ids.every((id) => typeof id === 'string') ? ids : null;
  } catch {
    return null;
  }
}
