import { isAddress, longestEntry } from '../people/person-ref.ts';

/** People a pasted list may name. */
export const mostEntries = 500;

/** Longer texts are no list: an address has at most 320 signs, and there may be names around it. */
export const longestList = 400_000;

/**
 * The e-mail addresses and user IDs in a pasted text, each once and as it was written: a column or a row of a spreadsheet,
 * a line of recipients (`Ana Silva <ana@example.com>; …`), with or without quotes.
 */
export function entriesFrom(text: string): string[] {
  const entries = new Map<string, string>();
  for (const part of partsOf(text.toWellFormed().replaceAll('\0', ' '))) {
    const key = part.toLowerCase();
    if (!entries.has(key)) entries.set(key, part);
  }
  return [...entries.values()];
}

/** Marks that no address and no ID begins or ends with. */
const around = /^["'()[\]{}\p{Cf}]+|["'()[\]{}.:\p{Cf}]+$/gu;

function partsOf(text: string): string[] {
  return text.split(/[\n\r,;\t]+/).flatMap((part) => {
    const words = part.split(/[\s|<>]+/).filter((word) => word !== '');
    return words
      .filter((word) => word.length <= 2 * longestEntry)
      .map((word) => word.replace(around, '').replace(/^mailto:/i, ''))
      .filter((word) => word.length <= longestEntry && (isAddress(word) || isUuid(word) || (!words[1] && isId(word))));
  });
}

const isUuid = (word: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(word);

/** What could be a user ID where it stands alone; a name or a heading has no digit. */
const isId = (word: string) => /^(?=.*\d)[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}[A-Za-z0-9])?$/.test(word);
