'use client';

import { useState } from 'react';
import { separatesPeople } from '@/lib/lists/separators.ts';

export type Pasting = {
  /** A pasted list that is not shown yet; a refusal loses nothing of it. */
  pasted: string | null;
  /** Several names that were pasted together, for one search each. */
  names: string[];
  /** Takes a paste that is more than one search, and says what it is. */
  paste: (text: string) => Kind['is'];
  forget: () => void;
};

const lineEnds = /[\r\n\u2028\u2029]+/;
const lineEndsOrSemicolons = /[\r\n\u2028\u2029;]+/;
const separators = /[\s,;<>"']+/;
const id = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/i;

/** Whether a text is a column of e-mails or IDs, and not something to search for. */
export const isListOfPeople = (text: string) =>
  /[\s,;]/.test(text.trim()) && text.split(separators).filter(isPerson).length >= 2;

function isPerson(word: string): boolean {
  const at = word.indexOf('@', 1);
  return (at > 0 && at < word.length - 1) || id.test(word);
}

type Kind = { is: 'list' | 'search' } | { is: 'names'; names: string[] };

/**
 * What a pasted text is. list: it names people by e-mails or IDs, also only one of several people. names: several names without either, each once, on lines,
 * between semicolons, or at least three between commas, because `Silva, Ana` is one. search: anything else.
 */
export function kindOfPaste(text: string): Kind {
  const isOneLine = partsOf(text, lineEnds).length < 2;
  if (isListOfPeople(text)) return { is: 'list' };
  if (namesSomebody(text)) return { is: isOneLine && !hasOthers(text) ? 'search' : 'list' };
  const byComma = isOneLine && !text.includes(';') ? partsOf(text, /,/) : [];
  const names = byComma.length > 2 ? byComma : partsOf(text, lineEndsOrSemicolons);
  return names.length < 2 ? { is: 'search' } : { is: 'names', names };
}

const namesSomebody = (text: string) => text.split(separators).some(isPerson);

/** Whether a line with one e-mail or ID names others, too. */
function hasOthers(line: string): boolean {
  if (!separatesPeople(line)) return false;
  const parts = partsOf(line, line.includes(';') ? /;/ : /,/);
  return parts.length > (line.includes(';') ? 1 : 2) && parts.some((part) => !namesSomebody(part));
}

const partsOf = (text: string, between: RegExp) =>
  [...new Set(text.split(between).map((part) => part.trim()))].filter((part) => part !== '');

/** A list that was pasted into the search; what is done with it is fetched only then. */
export function usePasting(): Pasting {
  const [pasted, setPasted] = useState<string | null>(null);
  const [names, setNames] = useState<string[]>([]);

  function paste(text: string): Kind['is'] {
    const kind = kindOfPaste(text);
    setPasted(kind.is === 'list' ? text : null);
    setNames(kind.is === 'names' ? kind.names : []);
    return kind.is;
  }

  function forget() {
    setPasted(null);
    setNames([]);
  }

  return { pasted, names, paste, forget };
}
