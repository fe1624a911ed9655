import { setImmediate as othersTurn } from 'node:timers/promises';

/** How many bytes are worked on before everything else that waits gets its turn: at worst some 20 ms of work. */
export const sliceLength = 8 * 1024;

/** Bytes in slices. Between two of them, other requests are answered. */
export async function* slicesOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += sliceLength) {
    yield bytes.subarray(start, start + sliceLength);
    await othersTurn();
  }
}
