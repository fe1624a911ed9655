import { isAddressCell, isNumberedId, isUuidCell, licenseNamed } from './cells.ts';
import { kindOfHeading } from './headings.ts';

/** Which record holds the headings, null where there are none; `before`: one that names a person and stands before it. */
export type HeaderPlace = { index: number | null; before?: number };

/** Finds the headings among the first records, given as what their cells say. */
export function headerPlaceOf(records: string[][]): HeaderPlace {
  const known = firstOf(records, (cells) => isHeadings(cells, strong)) ?? weakHeadings(records);
  const person = firstOf(records, (cells) => cells.some(isPersonAlone));
  if (known === undefined) return { index: unknownHeadings(records, person) };
  const isDoubtful = person !== undefined && person < known && records[person]?.length === records[known]?.length;
  return isDoubtful ? { index: known, before: person } : { index: known };
}

/** How many cells are clearly a heading, a person or a license. */
export const recognised = (cells: string[]): number =>
  cells.filter((cell) => kindOfHeading(cell) !== undefined || isPerson(cell) || licenseNamed(cell)).length;

const isPerson = (cell: string): boolean => isAddressCell(cell) || isUuidCell(cell);

/** Without a name or other words around: a title may name an address too. */
const isPersonAlone = (cell: string): boolean => !/\s/.test(cell) && isPerson(cell);

const strong = new Set(['email', 'upn', 'userId', 'other']);
const weak = new Set(['id', 'person']);

const isHeadings = (cells: string[], kinds: Set<string>): boolean =>
  !cells.some(isPersonAlone) && cells.some((cell) => kinds.has(kindOfHeading(cell) ?? ''));

/** `User` or `ID` may stand in a title or be a name, so such headings count only before the first person. */
function weakHeadings(records: string[][]): number | undefined {
  const place = firstOf(records, (cells) => cells.some(isPersonAlone) || isHeadings(cells, weak));
  return place !== undefined && isHeadings(records[place] ?? [], weak) ? place : undefined;
}

/**
 * Headings that are not known are a line before the first person with as many cells, most of them filled, of which none
 * looks like data. Where nobody is found, the first line is judged by itself.
 */
function unknownHeadings(records: string[][], person: number | undefined): number | null {
  if (person === undefined) return records[0]?.some(isData) === false ? 0 : null;
  const width = records[person]?.length;
  const isLike = (cells: string[]) =>
    cells.length === width && !cells.some(isData) && 2 * cells.filter((cell) => cell !== '').length > cells.length;
  return firstOf(records.slice(0, person), isLike) ?? null;
}

const isData = (cell: string): boolean => isPerson(cell) || licenseNamed(cell) !== undefined || isNumberedId(cell);

function firstOf(records: string[][], holds: (cells: string[]) => boolean): number | undefined {
  const index = records.findIndex(holds);
  return index < 0 ? undefined : index;
}
