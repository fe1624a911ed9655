import { describe, expect, test } from 'vitest';
import { readText as read } from '../../testing/files.ts';
import { recogniseEncoding } from './encoding.ts';
import { sliceLength } from './slices.ts';

/** Bytes of Windows-1252, as Excel writes “CSV” in the west of Europe. */
const windows = (text: string) =>
  Buffer.from(text.replaceAll('“', '\x93').replaceAll('”', '\x94').replaceAll('€', '\x80'), 'latin1');

describe('bytes that are no UTF-8', () => {
  test('are the letters that Excel meant', async () => {
    const file = await read(
      windows('Name;E-Mail;Grund\r\nMüller, Jörg;a@x.example;für März\r\nX;“b@x.example”;5 €\r\n'),
    );
    expect(file).toMatchObject({ encoding: 'Windows-1252', complaints: [] });
    expect(file.rows.map(({ ref, reason }) => [ref.email, reason])).toEqual([
      ['a@x.example', 'für März'],
      ['b@x.example', '5 €'],
    ]);
  });

  test('are found wherever in the file they are', async () => {
    const bytes = Buffer.concat([Buffer.alloc(3 * sliceLength, 'a'), windows('é')]);
    expect(await recogniseEncoding([bytes])).toBe('windows-1252');
  });

  test.each([
    ['among letters that are UTF-8', Buffer.concat([Buffer.from('é'), windows('é')])],
    ['of which one has no letter in Windows-1252', Buffer.from([0xe9, 0x81])],
    [
      'where the UTF-8 is cut between two slices',
      Buffer.concat([Buffer.alloc(sliceLength - 1, 'a'), Buffer.from('é'), windows('é')]),
    ],
  ])('%s are a damaged file, of which only the lines without them are used', async (_, letters) => {
    expect(await recogniseEncoding([letters])).toBe('utf-8');
    const file = await read(
      Buffer.concat([Buffer.from('email,why\na@x.example,'), letters, Buffer.from('\nb@x.example,\n')]),
    );
    expect(file.rows.map(({ ref }) => ref.email)).toEqual(['b@x.example']);
  });

  test('are what the operator says', async () => {
    const bytes = Buffer.from('email,why\na@x.example,für\n');
    expect((await read(bytes, { encoding: 'Windows-1252' })).rows).toMatchObject([{ reason: 'fÃ¼r' }]);
    expect((await read(windows('email\nü@x.example\n'), { encoding: 'UTF-8' })).complaints).toMatchObject([
      { line: 2, code: 'unreadable-letters' },
    ]);
    expect((await read(Buffer.from('email\na@x.example\n', 'utf16le'), { encoding: 'UTF-16' })).rows).toHaveLength(1);
  });
});
