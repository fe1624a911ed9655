import { expect, test } from 'vitest';
import { nearSpelling } from './slips.ts';

test.each([
  ['fernadez', 'María Fernández', 'Fernández'],
  ['andres fernadnez', 'Andrés Fernández', 'Andrés Fernández'],
  ['FERNADEZ andres', 'Andrés Fernández', 'Fernández Andrés'],
  ['silvva', 'Ana Silva', 'Silva'],
  ['fernandez', 'María Fernández', null],
  ['hernando', 'María Fernández', null],
  ['fernadez berlin', 'María Fernández', null],
  ['an', 'Ana Silva', null],
  ['', 'Ana Silva', null],
  ['ana', '', null],
])('%j beside %j is meant as %j', (search, name, spelt) => {
  expect(nearSpelling(search, name)).toBe(spelt);
});
