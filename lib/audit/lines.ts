/** The longest line that is read: an entry is far shorter, and a file without line feeds is no export. */
const longestLine = 1_000_000;

/** A line without its line feed; how many bytes it took with it; and whether it had one. */
export type Line = { text: string; bytes: number; isWhole: boolean };

/** The lines of bytes as they come; an empty last line is none. */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    const data =
      rest.length > 0 ? Buffer.concat([rest, chunk]) : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
    let from = 0;
    for (let end = data.indexOf(10, from); end >= 0; end = data.indexOf(10, from)) {
      yield { text: data.toString('utf8', from, end), bytes: end + 1 - from, isWhole: true };
      from = end + 1;
    }
    rest = data.subarray(from);
    if (rest.length > longestLine) break;
  }
  if (rest.length > 0) yield { text: rest.toString('utf8', 0, longestLine), bytes: rest.length, isWhole: false };
}
