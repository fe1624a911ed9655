import fc from 'fast-check';
import { expect, test } from 'vitest';
import { filePart } from '../exports/export-name.ts';
import { bareName } from '../files/cells.ts';
import { foldForSearch } from '../matching/fold.ts';
import { calledAmong, nameOf } from './user.ts';

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

test('people of one name are called by their e-mail too, or by their ID where that is the same or missing', () => {
  const joao = (id: string, email: string | null, name = 'João Silva') => ({ id, name, email });
  const called = calledAmong([
    joao('1', 'joao@nordwind.example'),
    joao('2', 'j.silva@nordwind.example', 'joão silva'),
    joao('3', null),
    joao('4', 'ana@nordwind.example', 'Ana Silva'),
    joao('5', 'room@nordwind.example', 'Room 5'),
    joao('6', 'Room@nordwind.example', 'Room 5'),
  ]);
  expect(Object.fromEntries(called)).toEqual({
    '1': 'João Silva (joao@nordwind.example)',
    '2': 'joão silva (j.silva@nordwind.example)',
    '3': 'João Silva (3)',
    '4': 'Ana Silva',
    '5': 'Room 5 (5)',
    '6': 'Room 5 (6)',
  });
});

test('no two people are ever called the same', () => {
  const text = fc.option(fc.constantFrom('Ana', 'ana', 'b@x.example', 'B@x.example', ' '), { nil: null });
  const people = fc.uniqueArray(fc.record({ id: fc.uuid(), name: text, email: text }), { selector: ({ id }) => id });
  fc.assert(
    fc.property(people, (all) => {
      const called = calledAmong(all);
      expect(new Set(called.values()).size).toBe(all.length);
      for (const person of all) expect(called.get(person.id)).toContain(nameOf(person));
    }),
  );
});
