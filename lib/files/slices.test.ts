import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { pieces } from '../../testing/files.ts';
import { endlessLine, largestFile } from '../lists/file.ts';
import { meaningOf, trimmed } from './cells.ts';
import { readPeopleFile } from './people-file.ts';
import { sliceLength, slicesOf } from './slices.ts';

/** How often others get their turn until something is done. */
async function turnsWhile(work: Promise<unknown>): Promise<number> {
  let isDone = false;
  let turns = 0;
  void work.finally(() => {
    isDone = true;
  });
  for (; !isDone; turns += 1) await turn();
  return turns;
}

const fillUp = (line: string | Uint8Array) => Buffer.alloc(largestFile, line);

test.each([
  ['lines of delimiters', fillUp(`${','.repeat(500)}\n`)],
  ['blank lines', fillUp('\n')],
  ['bytes that are no UTF-8', fillUp(Buffer.from('\xe9\xe9\xe9\xe9\xe9\xe9\xe9\n', 'latin1'))],
])('others get their turn after each slice of a file of 10 MB: %s', async (_, bytes) => {
  const reading = readPeopleFile(pieces(bytes, bytes.length), { delimiter: ';' }).catch(() => null);
  expect(await turnsWhile(reading)).toBeGreaterThanOrEqual(bytes.length / sliceLength);
});

test.each([
  ['a quotation mark that is never closed', `"${'x'.repeat(largestFile - 7)}`],
  ['delimiters alone', ','.repeat(largestFile - 7)],
])('a line without an end is read for a million characters, and told: %s', async (_, line) => {
  const file = readPeopleFile(pieces(Buffer.from(`email\n${line}`)), { encoding: 'UTF-8' });
  expect(await turnsWhile(file)).toBeLessThan((2 * endlessLine) / sliceLength);
  expect((await file).complaints).toEqual([{ line: 2, code: 'endless-line' }]);
});

test('slices are all of the bytes, each at most of one length', async () => {
  const bytes = Buffer.from(Array.from({ length: 3 * sliceLength + 5 }, (_, index) => index % 256));
  const slices: Uint8Array[] = [];
  for await (const slice of slicesOf([bytes])) slices.push(slice);
  expect(slices.map(({ length }) => length)).toEqual([sliceLength, sliceLength, sliceLength, 5]);
  expect(Buffer.concat(slices).equals(bytes)).toBe(true);
});

test.each([
  `a${'\u200b'.repeat(40_000)}a`,
  ' '.repeat(40_000),
  `${' '.repeat(40_000)}a`,
  `a${'\u{e0001}'.repeat(20_000)}`,
])('each character of a cell is looked at once, however many are not seen %#', (cell) => {
  let steps = 0;
  trimmed(cell, (character) => {
    steps += 1;
    return /[\s\p{Cf}]/u.test(character);
  });
  expect(steps).toBeLessThanOrEqual(cell.length + 2);
});

test('what is not seen around a cell is left out, and what is inside is kept', () => {
  expect(meaningOf('\u200b \u{e0001}a \u200b b\u{e0001}\ufeff\t')).toBe('a \u200b b');
  expect(meaningOf('\u{1f642}')).toBe('\u{1f642}');
  expect(meaningOf(' \u200b ')).toBe('');
});
