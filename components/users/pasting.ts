'use client';

import { useState } from 'react';

export type Pasting = {
  /** A pasted list that is not shown yet; a refusal loses nothing of it. */
  pasted: string | null;
  /** Takes a paste that is a list, and says whether it is one. */
  paste: (text: string) => boolean;
  forget: () => void;
};

const entry = /[^\s,;<>"']+@[^\s,;<>"']+|\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi;

/** Whether a text is a column of e-mails or IDs, and not something to search for. */
export const isListOfPeople = (text: string) => /[\n\r,;\t]/.test(text.trim()) && (text.match(entry)?.length ?? 0) >= 2;

/** A list that was pasted into the search; what is done with it is fetched only then. */
export function usePasting(): Pasting {
  const [pasted, setPasted] = useState<string | null>(null);

  function paste(text: string): boolean {
    const isList = isListOfPeople(text);
    if (isList) setPasted(text);
    return isList;
  }

  return { pasted, paste, forget: () => setPasted(null) };
}
