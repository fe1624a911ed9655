import { expect, test } from 'vitest';
import { isListOfPeople, kindOfPaste } from './pasting.ts';

const id = '0f8fad5b-d9cb-469f-a165-70867728950e';

test.each([
  'ana@nordwind.example\nben@nordwind.example',
  'ana@nordwind.example, ben@nordwind.example',
  'Ana Silva <ana@nordwind.example>;Ben <ben@nordwind.example>',
  `${id}\r\n${id.toUpperCase()}\r\n`,
  `ana@nordwind.example\t${id}`,
])('%j is a list of people', (text) => {
  expect(isListOfPeople(text)).toBe(true);
});

test.each(['', 'silva', 'Silva, Ana', 'ana@nordwind.example', 'ana@nordwind.example\n', id, 'one\ntwo\nthree'])(
  '%j is something to search for',
  (text) => {
    expect(isListOfPeople(text)).toBe(false);
  },
);

test.each([
  ['Ana Silva\nbeatriz@nordwind.example\nj.silva@nordwind.example', { is: 'list' }],
  ['Ana Silva\nbeatriz@nordwind.example', { is: 'list' }],
  ['Ana Silva\r\n Rui Costa\r\nAna Silva\r\n', { is: 'names', names: ['Ana Silva', 'Rui Costa'] }],
  ['Silva, Ana\nCosta, Rui', { is: 'names', names: ['Silva, Ana', 'Costa, Rui'] }],
  ['Ana Silva; Rui Costa;Ana Silva', { is: 'names', names: ['Ana Silva', 'Rui Costa'] }],
  ['Silva, Ana; Costa, Rui\nMona Brandt', { is: 'names', names: ['Silva, Ana', 'Costa, Rui', 'Mona Brandt'] }],
  ['Ana Silva, Rui Costa, Mona Brandt', { is: 'names', names: ['Ana Silva', 'Rui Costa', 'Mona Brandt'] }],
  ['Ana Silva, Rui Costa, mona@nordwind.example', { is: 'list' }],
  ['Ana Silva; mona@nordwind.example; Rui Costa', { is: 'list' }],
  [`Ana Silva; ${id}`, { is: 'list' }],
  ['Silva, Ana <ana@nordwind.example>', { is: 'search' }],
  ['Silva, Ana <ana@nordwind.example>; ', { is: 'search' }],
  ['Ana Silva, ana@nordwind.example', { is: 'search' }],
  ['Silva;Ana;ana@nordwind.example;Pro', { is: 'search' }],
  ['da Silva, Ana', { is: 'search' }],
  ['Silva, Ana\nCosta, Rui, Mona', { is: 'names', names: ['Silva, Ana', 'Costa, Rui, Mona'] }],
  ['Ana Silva\n', { is: 'search' }],
  ['Ana Silva <ana@nordwind.example>', { is: 'search' }],
  ['Ana Silva\tana@nordwind.example\tPro\r\n', { is: 'search' }],
])('of %j a paste makes %j', (text, kind) => {
  expect(kindOfPaste(text)).toEqual(kind);
});
