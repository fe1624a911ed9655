import { largestFile } from './file.ts';
import { FileRefusal } from './refusal.ts';

/** A file's text, each line end as `\n`; `head` is its beginning, for guesses. */
export type FileText = { encoding: 'UTF-8' | 'UTF-16'; head: string; text: AsyncIterable<string> };

const headLength = 16 * 1024;

/**
 * Reads bytes as text while they come in. Bytes that are no UTF-8 become U+FFFD: they may be in a column nobody needs.
 * Refuses workbooks at once, and what is too large or no text as soon as that is seen.
 */
export async function textOfBytes(bytes: AsyncIterable<Uint8Array>): Promise<FileText> {
  const rest = bytes[Symbol.asyncIterator]();
  try {
    const first = await firstOf(rest);
    if (isWorkbook(first)) throw new FileRefusal('workbook');
    const code = codeOf(first);
    return {
      encoding: code === 'utf-8' ? 'UTF-8' : 'UTF-16',
      head: withPlainLineEnds(new TextDecoder(code).decode(first.subarray(0, headLength))),
      text: decoded(all(first, rest), code),
    };
  } catch (error) {
    await rest.return?.();
    throw error;
  }
}

async function firstOf(pieces: AsyncIterator<Uint8Array>): Promise<Uint8Array> {
  const first: Uint8Array[] = [];
  for (let length = 0; length < headLength; ) {
    const { done, value } = await pieces.next();
    if (done) break;
    first.push(value);
    length += value.length;
  }
  return Buffer.concat(first);
}

async function* all(first: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first;
  yield* { [Symbol.asyncIterator]: () => rest };
}

/** ZIP, which xlsx and ods are, and the compound file that xls is. */
const workbooks = [
  [0x50, 0x4b, 0x03, 0x04],
  [0xd0, 0xcf, 0x11, 0xe0],
];

const isWorkbook = (first: Uint8Array) => workbooks.some((mark) => mark.every((byte, index) => first[index] === byte));

type Code = 'utf-8' | 'utf-16le' | 'utf-16be';

function codeOf(first: Uint8Array): Code {
  if (first[0] === 0xff && first[1] === 0xfe) return 'utf-16le';
  if (first[0] === 0xfe && first[1] === 0xff) return 'utf-16be';
  return codeByZeros(first);
}

/** Every other byte of ASCII in UTF-16 is zero, and line ends, delimiters and addresses are ASCII; UTF-8 has no zeros. */
function codeByZeros(first: Uint8Array): Code {
  const zeros = [0, 0];
  first.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = zeros;
  const evident = first.length / 10;
  if (odd > evident && odd > 3 * even) return 'utf-16le';
  if (even > evident && even > 3 * odd) return 'utf-16be';
  return 'utf-8';
}

async function* decoded(bytes: AsyncIterable<Uint8Array>, code: Code): AsyncGenerator<string> {
  const decoder = new TextDecoder(code);
  let size = 0;
  let line = 1;
  let held = '';
  for await (const piece of bytes) {
    size += piece.length;
    if (size > largestFile) throw new FileRefusal('too-large');
    const text = held + decoder.decode(piece, { stream: true });
    held = text.endsWith('\r') ? '\r' : ''; // a line feed may follow in the next piece
    const plain = withPlainLineEnds(held === '' ? text : text.slice(0, -1));
    const zero = plain.indexOf('\0');
    if (zero >= 0) throw new FileRefusal('not-text', line + lineEndsIn(plain.slice(0, zero)));
    line += lineEndsIn(plain);
    if (plain !== '') yield plain;
  }
  const last = withPlainLineEnds(held + decoder.decode());
  if (last !== '') yield last;
}

const withPlainLineEnds = (text: string) => (text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text);

/** How many line ends a text has in which each is `\n`. */
export function lineEndsIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
