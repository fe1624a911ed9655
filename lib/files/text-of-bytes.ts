import { type Encoding, largestFile } from '../lists/file.ts';
import { type EncodingLabel, labelOf, nameOf, recogniseEncoding } from './encoding.ts';
import { FileRefusal } from './refusal.ts';
import { beginningOf, slicesOf } from './slices.ts';

/** A file's text, each line end as `\n`; `head` is its beginning, for guesses. */
export type FileText = { encoding: Encoding; head: string; text: AsyncIterable<string> };

const headLength = 8 * 1024;

/**
 * Reads bytes as text, in slices between which other requests are answered. The encoding is recognised from all of them
 * where `chosen` is absent; bytes that have no letter become U+FFFD. Refuses workbooks, what is too large and what is no text.
 */
export async function textOfBytes(bytes: AsyncIterable<Uint8Array>, chosen: Encoding | undefined): Promise<FileText> {
  const pieces = await gathered(bytes);
  const label = chosen ? labelOf(chosen, pieces) : await recogniseEncoding(pieces);
  return {
    encoding: nameOf(label),
    head: withPlainLineEnds(new TextDecoder(label).decode(beginningOf(pieces, headLength))),
    text: decoded(pieces, label),
  };
}

/** All bytes; no more are asked for than a file may have. */
async function gathered(bytes: AsyncIterable<Uint8Array>): Promise<Uint8Array[]> {
  const all: Uint8Array[] = [];
  let size = 0;
  for await (const piece of bytes) {
    all.push(piece);
    size += piece.length;
    if (size > largestFile) throw new FileRefusal('too-large');
    if (size >= longestMark && size - piece.length < longestMark && isWorkbook(beginningOf(all, longestMark))) {
      throw new FileRefusal('workbook');
    }
  }
  return all;
}

/** ZIP, which xlsx and ods are, and the compound file that xls is. */
const workbooks = [
  [0x50, 0x4b, 0x03, 0x04],
  [0xd0, 0xcf, 0x11, 0xe0],
];
const longestMark = 4;

const isWorkbook = (first: Uint8Array) => workbooks.some((mark) => mark.every((byte, index) => first[index] === byte));

async function* decoded(pieces: Uint8Array[], label: EncodingLabel): AsyncGenerator<string> {
  const decoder = new TextDecoder(label);
  let line = 1;
  let held = '';
  for await (const slice of slicesOf(pieces)) {
    const text = held + decoder.decode(slice, { stream: true });
    held = text.endsWith('\r') ? '\r' : ''; // a line feed may follow in the next slice
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
function lineEndsIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
