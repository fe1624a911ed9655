import { foldForSearch } from './fold.ts';

/** Letters that may be wrong, missing, too many or swapped in a word of three letters, and in a longer one. */
const slips = (word: string) => (word.length < 5 ? 1 : 2);

/**
 * A search as somebody's name spells it, where each of its words is nearly one of the name's: `fernadez` beside `María
 * Fernández` is `Fernández`. Null where a word is not, or where all of them are spelt so already.
 */
export function nearSpelling(search: string, name: string): string | null {
  const names = name.split(/\s+/).filter((word) => word !== '');
  const words = foldForSearch(search)
    .split(' ')
    .filter((word) => word !== '');
  const spelt = words.map((word) => nearestOf(word, names));
  if (words.length === 0 || spelt.includes(null)) return null;
  const text = spelt.join(' ');
  return foldForSearch(text) === words.join(' ') ? null : text;
}

function nearestOf(word: string, names: string[]): string | null {
  const near = names.map((name) => ({ name, apart: slipsBetween(word, foldForSearch(name)) }));
  const [nearest] = near.sort((one, other) => one.apart - other.apart);
  return nearest && word.length > 2 && nearest.apart <= slips(word) ? nearest.name : null;
}

/** How many letters have to be changed, added, taken away or swapped with their neighbour to make one word of another. */
function slipsBetween(one: string, other: string): number {
  let [before, last]: [number[], number[]] = [[], Array.from({ length: other.length + 1 }, (_, place) => place)];
  for (let row = 1; row <= one.length; row += 1) {
    const now = [row];
    for (let place = 1; place <= other.length; place += 1) {
      const isSame = one[row - 1] === other[place - 1];
      const isSwapped = one[row - 1] === other[place - 2] && one[row - 2] === other[place - 1];
      now[place] = Math.min(
        at(now, place - 1) + 1,
        at(last, place) + 1,
        at(last, place - 1) + (isSame ? 0 : 1),
        isSwapped ? at(before, place - 2) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    [before, last] = [last, now];
  }
  return at(last, other.length);
}

const at = (row: number[], place: number): number => row[place] ?? Number.POSITIVE_INFINITY;
