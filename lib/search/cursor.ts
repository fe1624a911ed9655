import { type SortKey, sortKeys } from './filter.ts';

/** A position between two pages: the last row that was shown, in which order, and where the coming page begins. */
export type Cursor = {
  towards: 'next' | 'previous';
  sort: SortKey;
  descending: boolean;
  /** What the order compares of that row. */
  key: string;
  /** The number of that row, which breaks ties. */
  seq: string;
  /** The position of the coming page's first row, counted from 1. */
  start: number;
};

/** A cursor as it stands in the address. */
export function cursorText({ towards, sort, descending, key, seq, start }: Cursor): string {
  return Buffer.from(JSON.stringify([towards, sort, descending, key, seq, start])).toString('base64url');
}

/** Reads a cursor from an address; one that we did not write, or wrote for another order, is none. */
export function readCursor(text: string, order: { sort: SortKey; descending: boolean }): Cursor | undefined {
  try {
    const parts: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    if (!Array.isArray(parts)) return undefined;
    const [towards, sortName, descending, key, seq, start]: unknown[] = parts;
    const sort = sortKeys.find((name) => name === sortName);
    if (sort !== order.sort || descending !== order.descending) return undefined;
    if (towards !== 'next' && towards !== 'previous') return undefined;
    if (typeof key !== 'string' || key.includes('\0') || !key.isWellFormed()) return undefined;
    if (typeof seq !== 'string' || !/^\d{1,18}$/.test(seq)) return undefined;
    if (!Number.isSafeInteger(start) || Number(start) < 1) return undefined;
    return { towards, sort, descending, key, seq, start: Number(start) };
  } catch {
    return undefined;
  }
}
