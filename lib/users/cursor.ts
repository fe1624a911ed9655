/** A position between two pages: the last row that was shown, and where the coming page begins. */
export type Cursor = { towards: 'next' | 'previous'; key: string; id: string; start: number };

/** A cursor as it stands in the address. */
export function cursorText(cursor: Cursor): string {
  const parts = [cursor.towards, cursor.key, cursor.id, cursor.start];
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/** Reads a cursor from an address; one that we did not write is none. */
export function readCursor(text: string): Cursor | undefined {
  try {
    const parts: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    if (!Array.isArray(parts)) return undefined;
    const [towards, key, id, start]: unknown[] = parts;
    if (towards !== 'next' && towards !== 'previous') return undefined;
    if (typeof key !== 'string' || typeof id !== 'string' || !Number.isSafeInteger(start)) return undefined;
    if (/\0/.test(key + id) || Number(start) < 1) return undefined;
    return { towards, key, id, start: Number(start) };
  } catch {
    return undefined;
  }
}
