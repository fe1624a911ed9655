import { pipeline } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import { type Delimiter, endlessLine, longestLine } from '../lists/file.ts';

/** One record of a CSV file, with the lines it takes. A faulty one has no cells. */
export type FileRecord = {
  line: number;
  lastLine: number;
  cells: string[];
  fault?: 'broken-quotes' | 'open-quote' | 'long-line' | 'endless-line';
};

/**
 * Reads CSV (RFC 4180) record by record and answers how many lines were blank. A quotation mark inside a cell that does
 * not begin with one is a sign like any other, as spreadsheets have it; blanks before a cell are left out. Line ends are
 * `\n` only: csv-parse counts a `\r\n` inside quotation marks as two lines.
 */
export async function readRecords(
  text: AsyncIterable<string>,
  delimiter: Delimiter,
  take: (record: FileRecord) => void,
): Promise<number> {
  let lastLine = 0;
  let emptyBefore = 0;
  let blankLines = 0;
  const pass = (record: FileRecord) => {
    blankLines += record.line - lastLine - 1;
    lastLine = record.lastLine;
    take(record);
  };
  const parser = parse({
    delimiter,
    record_delimiter: '\n',
    ltrim: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    raw: true,
    on_record(record: string[] | { record: string[] }, { lines, empty_lines, raw = '' }) {
      const cells = Array.isArray(record) ? record : record.record; // the latter with `raw`, which its types do not know
      const place = { line: lastLine + 1 + empty_lines - emptyBefore, lastLine: lines };
      emptyBefore = empty_lines;
      // csv-parse makes an error with a stack, 20 µs, of each record that is not as wide as the first it counts. It makes
      // none while it counts none; its types have the number read-only.
      Object.assign(parser.info, { records: 0 });
      const fault = isTooLong(cells) ? 'long-line' : isClosedWell(cells, raw, delimiter) ? undefined : 'broken-quotes';
      pass(fault ? { ...place, cells: [], fault } : { ...place, cells });
      return null;
    },
  });
  parser.resume();
  try {
    await pipeline(
      untilEndless(text, () => lastLine + parser.info.empty_lines),
      parser,
    );
  } catch (error) {
    const fault = faultOf(error);
    if (!fault) throw error;
    const { lines, empty_lines } = parser.info;
    pass({ line: lastLine + 1 + empty_lines - emptyBefore, lastLine: lines, cells: [], fault });
    return blankLines;
  }
  return blankLines + Math.max(0, parser.info.lines - 1 - lastLine); // what follows the last line end counts as a line
}

class EndlessLine extends Error {
  override name = 'EndlessLine';
}

/** Text until a line of it has no end: what csv-parse gathers of one record is handled at once, and others wait for it. */
async function* untilEndless(text: AsyncIterable<string>, linesEnded: () => number): AsyncGenerator<string> {
  let ended = 0;
  let length = 0;
  for await (const piece of text) {
    if (linesEnded() > ended) length = 0;
    ended = linesEnded();
    length += piece.length;
    if (length > endlessLine) throw new EndlessLine('A line has no end');
    yield piece;
  }
}

function faultOf(error: unknown): FileRecord['fault'] {
  if (error instanceof EndlessLine) return 'endless-line';
  return error instanceof CsvError && error.code === 'CSV_QUOTE_NOT_CLOSED' ? 'open-quote' : undefined;
}

/** Looks at no more cells than a line may have characters. */
const isTooLong = (cells: string[]): boolean =>
  cells.length > longestLine || cells.reduce((sum, cell) => sum + cell.length + 1, -1) > longestLine;

/**
 * Whether no cell in quotation marks goes on after the closing one. Such a cell may have run over the lines of other
 * people. csv-parse leaves its first mark in place; so has a cell that was rightly meant to begin with one, so the record is
 * looked through once more as it stood in the file.
 */
function isClosedWell(cells: string[], raw: string, delimiter: Delimiter): boolean {
  if (!cells.some((cell) => cell.startsWith('"'))) return true;
  for (let at = 0; at >= 0; at = indexAfter(raw, delimiter, at)) {
    while (isBlank(raw.charAt(at)) && raw.charAt(at) !== delimiter) at += 1;
    if (raw.charAt(at) !== '"') continue;
    at = endOfQuoted(raw, at);
    if (!['', '\n', delimiter].includes(raw.charAt(at))) return false;
  }
  return true;
}

/** What `ltrim` leaves out before a cell; blank lines before a record are in its `raw`. */
const isBlank = (character: string): boolean => character !== '' && ' \t\f\n\r'.includes(character);

/** Where the cell that begins with the mark at `start` is closed: behind the first mark that is not written twice. */
function endOfQuoted(raw: string, start: number): number {
  for (let mark = raw.indexOf('"', start + 1); mark >= 0; mark = raw.indexOf('"', mark + 2)) {
    if (raw.charAt(mark + 1) !== '"') return mark + 1;
  }
  return raw.length;
}

function indexAfter(raw: string, delimiter: Delimiter, at: number): number {
  const next = raw.indexOf(delimiter, at);
  return next < 0 ? -1 : next + 1;
}
