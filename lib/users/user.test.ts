import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bareName } from '../files/cells.ts';
import { filePart } from './export-name.ts';
import { foldForSearch } from './user.ts';

test('names are compared without accents and case, however many marks a letter has', () => {
  const marks = fc.array(fc.constantFrom('\u0301', '\u0316', '\u0345', '\u1dce'), { maxLength: 100 });
  fc.assert(
    fc.property(marks, marks, (one, other) => {
      expect(foldForSearch(`A${one.join('')}na ${other.join('')}Silva`)).toBe('ana silva');
    }),
  );
});

// Normalising sorts the marks of a letter: of so many in a row it would not come to its end within the time of a test.
test.each([
  ['the search', foldForSearch],
  ['a file name', filePart],
  ['a heading', bareName],
])('a letter with 400,000 marks does not hold up %s', (_, read) => {
  expect(read(`a${'\u0301\u0316'.repeat(200_000)}b`)).toMatch(/^[aá]/);
});
