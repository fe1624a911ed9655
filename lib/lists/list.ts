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
const around = /^[\s"'<>()[\]{}\p{Cf}]+|[\s"'<>()[\]{}.:\p{Cf}]+$/gu;

function partsOf(text: string): string[] {
  return text.split(/[\n\r,;\t]+/).flatMap((part) => {
    const addresses = [...part.matchAll(/<([^<>\s]+)>/g)].map(([, address]) => address ?? '');
    const words = addresses.length > 0 ? addresses : part.split(/[\s|]+/);
    return words.map((word) => word.replace(/^mailto:/i, '').replace(around, '')).filter(isEntry);
  });
}

const isAddress = (word: string) => word.length <= 320 && /^[^\s@"<>]+@[^\s@"<>]+$/.test(word);

/** What could be a user ID: a name or a heading has no digit. */
const isId = (word: string) => /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}[A-Za-z0-9])?$/.test(word) && /\d/.test(word);

const isEntry = (word: string) => isAddress(word) || isId(word);
