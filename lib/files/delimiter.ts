import { recognised } from './columns.ts';
import { type Delimiter, delimiters } from './file.ts';
import { type FileRecord, readRecords } from './records.ts';

/** How many records a guess is made from. */
export const recordsToGuessFrom = 20;

/**
 * What stands between the cells: what Excel's own first line says (`sep=;`), else that with which most cells make sense,
 * then most records have as many cells as the first.
 */
export async function delimiterOf(head: string): Promise<Delimiter> {
  const [, said] = /^"?sep=([,;\t])/i.exec(head) ?? [];
  const known = delimiters.find((delimiter) => delimiter === said);
  if (known) return known;
  let best: { delimiter: Delimiter; merits: number[] } = { delimiter: ',', merits: [] };
  for (const delimiter of delimiters) {
    const merits = await meritsOf(head, delimiter);
    if (isBetter(merits, best.merits)) best = { delimiter, merits };
  }
  return best.delimiter;
}

/** Whether a record is only Excel's hint at the delimiter. */
export const isHint = ({ line, cells }: FileRecord): boolean => line === 1 && /^sep=.?$/i.test(cells[0] ?? '');

async function meritsOf(head: string, delimiter: Delimiter): Promise<number[]> {
  const records: string[][] = [];
  await readRecords(only(head), delimiter, ({ cells }) => {
    if (records.length < recordsToGuessFrom) records.push(cells);
  });
  const width = records[0]?.length ?? 0;
  const sense = records.reduce((sum, cells) => sum + recognised(cells), 0);
  return [sense, width < 2 ? 0 : records.filter((cells) => cells.length === width).length, width];
}

async function* only(text: string) {
  yield text;
}

function isBetter(merits: number[], others: number[]): boolean {
  const step = merits.findIndex((merit, index) => merit !== others[index]);
  return step >= 0 && (merits[step] ?? 0) > (others[step] ?? -1);
}
