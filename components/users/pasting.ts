'use client';

import { useState } from 'react';

export type Pasting = {
  /** A pasted list that is not shown yet; a refusal loses nothing of it. */
  pasted: string | null;
  /** Takes a paste that is a list, and says whether it is one. */
  paste: (text: string) => boolean;
  forget: () => void;
};

const separators = /[\s,;<>"']+/;
const id = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/i;

/** Whether a text is a column of e-mails or IDs, and not something to search for. */
export const isListOfPeople = (text: string) =>
  /[\s,;]/.test(text.trim()) && text.split(separators).filter(isPerson).length >= 2;

function isPerson(word: string): boolean {
  const at = word.indexOf('@', 1);
  return (at > 0 && at < word.length - 1) || id.test(word);
}

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
