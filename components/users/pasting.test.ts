import { expect, test } from 'vitest';
import { isListOfPeople } from './pasting.ts';

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
