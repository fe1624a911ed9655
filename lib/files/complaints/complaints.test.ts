import { describe, expect, test } from 'vitest';
import { readText as read } from '../../../testing/files.ts';
import { longestCell, longestLine } from '../../lists/file.ts';
import { fileComplaint } from '../../texts/files.ts';
import { complaintReport } from './complaint-report.ts';

const id = '5f0c2a9e-7f57-4d0a-8a44-4f8f7d1c2b3a';

/** The complaints as a person reads them. */
const complaintsOf = async (text: string | Uint8Array) => (await read(text)).complaints.map(fileComplaint);

describe('what is wrong with a line is told with its number', () => {
  test.each([
    [
      'a plan that does not exist',
      'email,new plan\nana@x.example,Gold\n',
      'Line 2: “Gold” is not a plan. Write Basic, Plus, Pro or Pro trial.',
    ],
    [
      'no plan where each line is to have one',
      'email,new plan\nana@x.example,\n',
      'Line 2: no plan. Write Basic, Plus, Pro or Pro trial, or choose one plan for everyone.',
    ],
    ['nobody', 'email,note\n,x\n', 'Line 2: no e-mail address and no user ID. Add an e-mail or user ID.'],
    [
      'no address',
      'email\nAna Silva\n',
      'Line 2: “Ana Silva” is not an e-mail address. Write it like name@example.com.',
    ],
    [
      'a number where an address should be',
      'name,email\nTotal,3\n',
      'Line 2: “3” is not an e-mail address. Write it like name@example.com.',
    ],
    [
      'two addresses',
      'email\n"a@x.example, b@x.example"\n',
      'Line 2: “a@x.example, b@x.example” names more than one person. Write one person per line.',
    ],
    [
      'no ID',
      'user id\n../p1\n',
      'Line 2: “../p1” is not a user ID. Copy it from an export of People, or clear the cell and use the e-mail address.',
    ],
    [
      'two IDs in two columns',
      `user id,email\n${id},6${id.slice(1)}\n`,
      `Line 2: “${id}” names more than one person. Write one person per line.`,
    ],
    [
      'too many cells',
      'email\nana@x.example,Pro\n',
      'Line 2: 2 cells where there should be 1. Put quotation marks around cells that contain a comma, a semicolon or a tab.',
    ],
    [
      'a long reason',
      `email,why\nana@x.example,${'x'.repeat(501)}\n`,
      'Line 2: the reason has 501 characters. Shorten it to 500.',
    ],
    [
      'a long cell',
      `email\n${'x'.repeat(longestCell)}@x.example\n`,
      'Line 2: a cell has 2,010 characters. Shorten it to 2,000.',
    ],
    [
      'a long line',
      `email,what\nana@x.example,${'x'.repeat(longestLine)}\n`,
      'Line 2: more than 100,000 characters. Shorten the line, or check its quotation marks.',
    ],
    [
      'a line of nothing but delimiters',
      `email\n${','.repeat(longestLine + 1)}\n`,
      'Line 2: more than 100,000 characters. Shorten the line, or check its quotation marks.',
    ],
    [
      'letters that are lost',
      Buffer.from('email,why\nana@x.example,Café\uFFFD\n'),
      'Line 2: “Café\uFFFD” has letters that cannot be read. Choose another encoding for this file. Or, in Excel, choose Save as, then “CSV UTF-8 (Comma delimited)”, and choose the new file.',
    ],
    [
      'a mark that is opened and never closed',
      'email,why\n\nana@x.example,"so\nben@x.example,\n',
      'Lines 3 to 4: a quotation mark is opened here and never closed, so nothing after it was read. Close it or remove it.',
    ],
    [
      'a mark too many',
      'email,why\nana@x.example,"so" so\n',
      'Line 2: unbalanced quotation marks. A cell in quotation marks ends with one, and a mark inside it is written twice.',
    ],
  ])('%s', async (_, text, complaint) => {
    const file = await read(text);
    expect(file.complaints.map(fileComplaint)).toEqual([complaint]);
    expect(file).toMatchObject({ rows: [], records: 1 });
  });

  test('and everything that is wrong with it', async () => {
    expect(await complaintsOf('email,new plan\nana,Gold\n')).toHaveLength(2);
  });

  test('but not for columns nobody needs', async () => {
    expect(await complaintsOf(`email,name\nana@x.example,\uFFFD 27" O"Neill ${'x'.repeat(longestCell)}\n`)).toEqual([]);
  });

  test('nor for cells that are there and empty, or that a program leaves out at the end', async () => {
    expect((await read('email,new plan,why\nana@x.example,Pro,,,\nben@x.example,Pro\n')).rows).toHaveLength(2);
  });

  test('in order, and all of very many', async () => {
    const file = await read(`email,why\n"broken"x,\n${'nobody,\n'.repeat(2_500)}"never closed`);
    expect(file.complaints.map(({ line }) => line)).toEqual(Array.from({ length: 2_502 }, (_, index) => index + 2));
  });

  test('and only the beginning of a cell that is long', async () => {
    const [complaint] = (await read(`email\n${'x'.repeat(longestCell)}\n`)).complaints;
    expect(complaint?.value).toHaveLength(100);
  });

  test('of lines that a missing mark has run together, each is in the complaint', async () => {
    const file = await read('email,note\n"ana@x.example,x\nben@x.example,x\n"carl@x.example",x\ndina@x.example,x\n');
    expect(file.complaints).toEqual([{ line: 2, lastLine: 4, code: 'broken-quotes' }]);
    expect(file.rows.map(({ line, ref }) => [line, ref.email])).toEqual([[5, 'dina@x.example']]);
  });

  test('but a cell may begin with a quotation mark, and have more of them and lines', async () => {
    const { rows } = await read('email,why\nana@x.example,"""Please"" she said\nso be it"\n');
    expect(rows).toMatchObject([{ line: 2, reason: '"Please" she said\nso be it' }]);
  });
});

describe('of a person for whom two plans are wished, no line is used', () => {
  test('and each of the lines names the other', async () => {
    expect(await complaintsOf('email,new plan\nana@x.example,Pro\nANA@x.example,Basic\n')).toEqual([
      'Line 2: “ana@x.example” has another plan on line 3, so both lines are ignored. Keep one of them.',
      'Line 3: “ANA@x.example” has another plan on line 2, so both lines are ignored. Keep one of them.',
    ]);
  });

  test.each([
    ['however many there are', 'email,new plan\na@x.example,Pro\na@x.example,Basic\na@x.example,Pro\n', [2, 3, 4]],
    [
      'also by ID on one line and by address on another',
      `user id,email,new plan\n${id},,Pro\n,a@x.example,Basic\n${id},a@x.example,Pro\n`,
      [2, 3, 4],
    ],
    [
      'also by a sign-in name beside an address',
      'email,upn,new plan\na@x.example,u@x.example,Pro\n,u@x.example,Basic\n',
      [2, 3],
    ],
  ])('%s', async (_, text, lines) => {
    const { rows, complaints } = await read(text);
    expect(rows).toEqual([]);
    expect(complaints.map(({ line, code }) => [line, code])).toEqual(lines.map((line) => [line, 'contradiction']));
  });

  test('but people with an address in common are told apart by their IDs', async () => {
    const { rows, complaints } = await read(
      `user id,email,new plan\n${id},a@x.example,Pro\n6${id.slice(1)},a@x.example,Basic\n`,
    );
    expect(complaints).toEqual([]);
    expect(rows.map(({ license }) => license)).toEqual(['Pro', 'Basic']);
  });

  test('and a line with the address alone could be either of them', async () => {
    const { rows, complaints } = await read(
      `user id,email,new plan\n${id},a@x.example,Pro\n6${id.slice(1)},a@x.example,Basic\n,a@x.example,Pro\n`,
    );
    expect(rows).toEqual([]);
    expect(complaints.map(({ line, otherLine }) => [line, otherLine])).toEqual([
      [2, 3],
      [3, 2],
      [4, 3],
    ]);
  });
});

test('all complaints can be taken along as a CSV file', async () => {
  const { complaints } = await read(`email\n${'"Ana, Silva"\n'.repeat(1_201)}`);

  const pieces: string[] = [];
  for await (const piece of complaintReport(complaints)) pieces.push(piece);

  const lines = pieces.join('').split('\r\n');
  expect(lines).toHaveLength(1_203);
  expect(lines.slice(0, 2)).toEqual([
    '\uFEFFLine,What is wrong',
    '2,"Line 2: “Ana, Silva” is not an e-mail address. Write it like name@example.com."',
  ]);
});
