import type { Encoding } from '../lists/file.ts';
import { beginningOf, slicesOf } from './slices.ts';

/** A label of the Encoding Standard. */
export type EncodingLabel = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** The encoding that was chosen, in the byte order that the bytes show. */
export const labelOf = (chosen: Encoding, pieces: Uint8Array[]): EncodingLabel =>
  chosen === 'UTF-16' ? (utf16LabelOf(pieces) ?? 'utf-16le') : chosen === 'UTF-8' ? 'utf-8' : 'windows-1252';

/**
 * Recognises the encoding. Bytes that are no UTF-8 are Windows-1252 (what Excel calls CSV), unless some letters of the file
 * are in UTF-8 or a byte has no meaning in Windows-1252: such a file is damaged, and is UTF-8 with letters missing.
 */
export async function recogniseEncoding(pieces: Uint8Array[]): Promise<EncodingLabel> {
  const utf16 = utf16LabelOf(pieces);
  if (utf16) return utf16;
  return (await isUtf8(pieces)) || (await isDamagedUtf8(pieces)) ? 'utf-8' : 'windows-1252';
}

export const nameOf = (label: EncodingLabel): Encoding =>
  label === 'utf-8' ? 'UTF-8' : label === 'windows-1252' ? 'Windows-1252' : 'UTF-16';

async function isUtf8(pieces: Uint8Array[]): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const slice of slicesOf(pieces)) decoder.decode(slice, { stream: true });
    decoder.decode();
    return true;
  } catch {
    return false; // a fatal decoder throws for nothing else
  }
}

async function isDamagedUtf8(pieces: Uint8Array[]): Promise<boolean> {
  const decoder = new TextDecoder('utf-8');
  for await (const slice of slicesOf(pieces)) {
    if (/[^\0-\x7f\ufffd]/.test(decoder.decode(slice, { stream: true }))) return true;
    if (slice.some((byte) => meaningless.has(byte))) return true;
  }
  return false;
}

/** Bytes that Windows-1252 gives no letter. */
const meaningless = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);

function utf16LabelOf(pieces: Uint8Array[]): EncodingLabel | undefined {
  const bytes = beginningOf(pieces, 16 * 1024);
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return utf16ByZeros(bytes);
}

/** Every other byte of ASCII in UTF-16 is zero, and line ends, delimiters and addresses are ASCII; UTF-8 has no zeros. */
function utf16ByZeros(first: Uint8Array): EncodingLabel | undefined {
  const zeros = [0, 0];
  first.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = zeros;
  const evident = first.length / 10;
  if (odd > evident && odd > 3 * even) return 'utf-16le';
  if (even > evident && even > 3 * odd) return 'utf-16be';
  return undefined;
}
