'use client';

import { useState } from 'react';

export type Pasting = {
  /** A pasted list that is not shown yet; a refusal loses nothing of it. */
  pasted: string | null;
  /** Several names that were pasted together, for one search each. */
  names: string[];
  /** Takes a paste that is more than one search, and says whether it did. */
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

/**
 * What a pasted text is. list: it names people by e-mails or IDs. names: several lines without either, each once. search:
 * anything else.
 */
export function kindOfPaste(text: string): { is: 'list' | 'search' } | { is: 'names'; names: string[] } {
  const names = [...new Set(text.split(/[\r\n\u2028\u2029]+/).map((line) => line.trim()))].filter(
    (line) => line !== '',
  );
  if (isListOfPeople(text)) return { is: 'list' };
  if (names.length < 2) return { is: 'search' };
  return text.split(separators).some(isPerson) ? { is: 'list' } : { is: 'names', names };
}

/** A list that was pasted into the search; what is done with it is fetched only then. */
export function usePasting(): Pasting {
  const [pasted, setPasted] = useState<string | null>(null);
  const [names, setNames] = useState<string[]>([]);

  function paste(text: string): boolean {
    const kind = kindOfPaste(text);
    setPasted(kind.is === 'list' ? text : null);
    setNames(kind.is === 'names' ? kind.names : []);
    return kind.is !== 'search';
  }

  function forget() {
    setPasted(null);
    setNames([]);
  }

  return { pasted, names, paste, forget };
}
