'use client';

import { useState } from 'react';
import { longestList } from '@/lib/lists/list.ts';
import type { UserFilter } from '@/lib/users/filter.ts';
import type { Desk } from './desk.ts';
import { changed, type OnFilter, withoutFilters } from './narrowing.ts';

/** A pasted list that is not shown yet; a refusal loses nothing of it. */
export type Pasting = { text: string; state: 'looking' | 'refused' | 'failed' };

export type PastedList = {
  pasting: Pasting | null;
  /** Takes a paste that is a list, and says whether it is one. */
  paste: (text: string) => boolean;
  look: (text: string) => void;
  forget: () => void;
};

const entry = /[^\s,;<>"']+@[^\s,;<>"']+|\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi;

/** Whether a text is a column of e-mails or IDs, and not something to search for. */
export const isListOfPeople = (text: string) => /[\n\r,;\t]/.test(text.trim()) && (text.match(entry)?.length ?? 0) >= 2;

/** What is done with a pasted list: it is handed to our server, which keeps it under an ID that the address can hold. */
export function usePastedList(desk: Desk, filter: UserFilter, onFilter: OnFilter): PastedList {
  const [pasting, setPasting] = useState<Pasting | null>(null);

  async function look(text: string) {
    if (text.length > longestList) return setPasting({ text, state: 'refused' });
    setPasting({ text, state: 'looking' });
    try {
      const result = await desk.actions.keepList({ accountId: desk.accountId, text });
      if (result.ok) {
        setPasting(null);
        return onFilter(changed(withoutFilters(filter), { search: '', list: result.value.id }), 'push');
      }
      desk.ask((bench) => bench.tellSite({ type: 'refused', failure: result.failure }));
      setPasting({ text, state: result.failure.code === 'invalid' ? 'refused' : 'failed' });
    } catch {
      setPasting({ text, state: 'failed' });
    }
  }

  function paste(text: string): boolean {
    const isList = isListOfPeople(text);
    if (isList) void look(text);
    return isList;
  }

  return { pasting, paste, look, forget: () => setPasting(null) };
}
