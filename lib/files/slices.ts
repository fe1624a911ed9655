import { setImmediate as othersTurn } from 'node:timers/promises';

/** How many bytes are worked on before everything else that waits gets its turn: at worst some 20 ms of work. */
export const sliceLength = 8 * 1024;

/** Bytes in slices. Between two of them, other requests are answered. */
export async function* slicesOf(pieces: Uint8Array[]): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) {
    for (let start = 0; start < piece.length; start += sliceLength) {
      yield piece.subarray(start, start + sliceLength);
      await othersTurn();
    }
  }
}

/** The first bytes, at most `length`. */
export function beginningOf(pieces: Uint8Array[], length: number): Uint8Array {
  const first: Uint8Array[] = [];
  for (let at = 0, left = length; at < pieces.length && left > 0; at += 1) {
    const part = pieces[at]?.subarray(0, left) ?? new Uint8Array();
    first.push(part);
    left -= part.length;
  }
  return Buffer.concat(first);
}
