import { setImmediate as othersTurn } from 'node:timers/promises';
import { type Delimiter, delimiters } from '../lists/file.ts';
import { meaningOf } from './cells.ts';
import { recognised } from './header-line.ts';
import { type FileRecord, readRecords } from './records.ts';

/** How many records a guess is made from. */
export const recordsToGuessFrom = 30;

/**
 * What stands between the cells: what Excel's own first line says (`sep=;`), else that with which most cells make sense,
 * then most records have as many cells as most others.
 */
export async function delimiterOf(head: string): Promise<Delimiter> {
  const [, said] = /^"?sep=([,;\t|])/i.exec(head) ?? [];
  const known = delimiters.find((delimiter) => delimiter === said);
  if (known) return known;
  let best: { delimiter: Delimiter; merits: number[] } = { delimiter: ',', merits: [] };
  for (const delimiter of delimiters) {
    const merits = await meritsOf(head, delimiter);
    await othersTurn();
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
  const sense = records.reduce((sum, cells) => sum + recognised(cells.map(meaningOf)), 0);
  const { width, share } = usualWidth(records);
  return [sense, width < 2 ? 0 : share, width];
}

/** How many cells most records have, the larger number where two are as frequent; and how many records those are. */
export function usualWidth(records: string[][]): { width: number; share: number } {
  const counts = new Map<number, number>();
  for (const { length } of records) counts.set(length, (counts.get(length) ?? 0) + 1);
  const [usual = [0, 0]] = [...counts].sort(
    ([width, count], [other, otherCount]) => otherCount - count || other - width,
  );
  return { width: usual[0], share: usual[1] };
}

async function* only(text: string) {
  yield text;
}

function isBetter(merits: number[], others: number[]): boolean {
  const step = merits.findIndex((merit, index) => merit !== others[index]);
  return step >= 0 && (merits[step] ?? 0) > (others[step] ?? -1);
}
