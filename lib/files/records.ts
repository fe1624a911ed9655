import { pipeline } from 'node:stream/promises';
import { CsvError, type Options, parse } from 'csv-parse';
import { parse as parseAtOnce } from 'csv-parse/sync';
import type { Delimiter } from './file.ts';
import { lineEndsIn } from './text-of-bytes.ts';

/** One record of a CSV file, with the lines it takes. A faulty one has no cells. */
export type FileRecord = {
  line: number;
  lastLine: number;
  cells: string[];
  fault?: 'broken-quotes' | 'open-quote';
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
    ...options(delimiter),
    relax_quotes: true,
    raw: true,
    on_record(record: string[] | { record: string[] }, { lines, empty_lines, raw = '' }) {
      const cells = Array.isArray(record) ? record : record.record; // the latter with `raw`, which its types do not know
      const line = lines - cells.reduce((sum, cell) => sum + lineEndsIn(cell), 0);
      emptyBefore = empty_lines;
      const place = { line, lastLine: lines };
      pass(isClosedWell(cells, raw, delimiter) ? { ...place, cells } : { ...place, cells: [], fault: 'broken-quotes' });
      return null;
    },
  });
  parser.resume();
  try {
    await pipeline(text, parser);
  } catch (error) {
    if (!(error instanceof CsvError && error.code === 'CSV_QUOTE_NOT_CLOSED')) throw error;
    const { lines, empty_lines } = parser.info;
    const line = lastLine + 1 + empty_lines - emptyBefore;
    pass({ line, lastLine: lines, cells: [], fault: 'open-quote' });
    return blankLines;
  }
  return blankLines + Math.max(0, parser.info.lines - 1 - lastLine); // what follows the last line end counts as a line
}

const options = (delimiter: Delimiter): Options => ({
  delimiter,
  record_delimiter: '\n',
  ltrim: true,
  relax_column_count: true,
  skip_empty_lines: true,
});

/**
 * Whether no cell in quotation marks goes on after the closing one. Such a cell may have run over the lines of other
 * people. csv-parse leaves its first mark in place; so has a cell that was rightly meant to begin with one.
 */
function isClosedWell(cells: string[], raw: string, delimiter: Delimiter): boolean {
  if (!cells.some((cell) => cell.startsWith('"'))) return true;
  try {
    parseAtOnce(raw, options(delimiter));
    return true;
  } catch (error) {
    if (error instanceof CsvError) return false;
    throw error;
  }
}
