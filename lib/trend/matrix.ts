import { licenses } from '../licenses/license.ts';
import { noValue } from '../search/filter.ts';
import type { Cell, Comparison } from './comparison.ts';
import type { Held } from './trend.ts';

/**
 * How the count of a license came from what it was at the start to what it is at the end: `up` people got it from another license,
 * `down` went from it to another. opening + joined + up - down - left = closing.
 */
export type PlanLine = {
  license: string;
  opening: number;
  joined: number;
  up: number;
  down: number;
  left: number;
  closing: number;
};

/** The parts of a comparison that its table is made of. */
export type Compared = Pick<Comparison, 'opening' | 'closing' | 'cells' | 'stayed'>;

/** The licenses of a comparison: cheapest first, then those that only Chime knows, by name, and `none` last. */
export function licensesOf({ opening, closing, cells }: Omit<Compared, 'stayed'>): string[] {
  const counted = [opening, closing].flatMap((counts) => Object.keys(counts).filter((one) => counts[one]));
  const moved = cells.flatMap(({ from, to }) => [from, to]).filter((held) => held !== null);
  return [...new Set([...counted, ...moved])].sort((one, other) => rank(one) - rank(other) || (one < other ? -1 : 1));
}

const ranks = new Map<string, number>([...licenses.entries()].map(([at, license]) => [license, at]));

const rank = (license: string) => (license === noValue ? licenses.length + 1 : (ranks.get(license) ?? licenses.length));

/** A line for each license of a comparison. */
export function planLines(compared: Omit<Compared, 'stayed'>): PlanLine[] {
  const { opening, closing, cells } = compared;
  return licensesOf(compared).map((license) => ({
    license,
    opening: opening[license] ?? 0,
    joined: peopleIn(cells, ({ from, to }) => from === null && to === license),
    up: peopleIn(cells, ({ from, to }) => from !== null && to === license),
    down: peopleIn(cells, ({ from, to }) => from === license && to !== null),
    left: peopleIn(cells, ({ from, to }) => from === license && to === null),
    closing: closing[license] ?? 0,
  }));
}

/** The lines of all licenses as one: those who went from one license to another are neither more nor fewer. */
export function everyoneLine(lines: PlanLine[]): Omit<PlanLine, 'license'> {
  const sum = (part: 'opening' | 'joined' | 'left' | 'closing') => lines.reduce((all, line) => all + line[part], 0);
  return { opening: sum('opening'), joined: sum('joined'), up: 0, down: 0, left: sum('left'), closing: sum('closing') };
}

/** A comparison as a table: a row for what people had at the start and a column for what they have at the end. */
export type Matrix = {
  /** Null: not in the account. Rows end with those who joined, columns with those who left, where there are any. */
  rows: { held: Held; cells: MatrixCell[]; total: number }[];
  columns: { held: Held; total: number }[];
};

/** `same`: they have what they had. */
export type MatrixCell = { from: Held; to: Held; people: number; same: boolean };

/** Rows add up to the opening, columns to the closing counts; the last of both to those who joined and who left. */
export function matrixOf(compared: Compared): Matrix {
  const { cells, stayed } = compared;
  const plans = licensesOf(compared);
  const hasJoined = cells.some(({ from }) => from === null);
  const hasLeft = cells.some(({ to }) => to === null);
  const columns = [...plans, ...(hasLeft ? [null] : [])];
  const rows = [...plans, ...(hasJoined ? [null] : [])].map((from) => {
    const ofRow = columns
      .filter((to) => from !== null || to !== null)
      .map((to): MatrixCell => {
        const same = from !== null && from === to;
        const people = same ? (stayed[from] ?? 0) : peopleIn(cells, (cell) => cell.from === from && cell.to === to);
        return { from, to, people, same };
      });
    return { held: from, cells: ofRow, total: totalOf(ofRow) };
  });
  return {
    rows,
    columns: columns.map((to) => ({
      held: to,
      total: totalOf(rows.flatMap((row) => row.cells.filter((cell) => cell.to === to))),
    })),
  };
}

const peopleIn = (cells: Cell[], fits: (cell: Cell) => boolean) => totalOf(cells.filter(fits));

const totalOf = (cells: { people: number }[]) => cells.reduce((sum, { people }) => sum + people, 0);
