import fc from 'fast-check';
import papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import { csvCell } from '../csv.ts';
import { licenses } from '../licenses/license.ts';
import { accountId, person, withPeople } from '../testing/people.ts';
import { fileComplaint, fileProblems } from '../texts/files.ts';
import { exportUsers } from '../users/export-users.ts';
import { firstPage } from '../users/filter.ts';
import { meaningOf } from './cells.ts';
import { type Columns, type Delimiter, delimiters, largestFile, mostRows } from './file.ts';
import { mostComplaints, readPeopleFile } from './people-file.ts';
import { readRecords } from './records.ts';
import { FileRefusal } from './refusal.ts';

const id = '5f0c2a9e-7f57-4d0a-8a44-4f8f7d1c2b3a';
const byEmail = (email: string) => ({ userId: null, email, upn: null });
const ana = { line: 2, ref: byEmail('ana@x.example'), license: null, reason: null };

async function* pieces(bytes: Uint8Array, length = 64 * 1024) {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}

const read = (text: string | Uint8Array, columns?: Columns) => readPeopleFile(pieces(Buffer.from(text)), { columns });

/** The complaints as a person reads them. */
const complaintsOf = async (text: string | Uint8Array) => (await read(text)).complaints.map(fileComplaint);

const refusalOf = (text: string | Uint8Array) =>
  read(text).then(
    () => undefined,
    (error) => (error instanceof FileRefusal ? error.problem : error),
  );

function utf16(text: string, order: 'LE' | 'BE'): Uint8Array {
  const bytes = Buffer.from(text, 'utf16le');
  return order === 'LE' ? bytes : bytes.swap16();
}

describe('a file of people', () => {
  test('names them by e-mail or user ID, each with a license and a reason', async () => {
    const file = await read(`email,userId,license,reason\nana@x.example,,Pro,New job\n,${id},basic,\n`);

    expect(file).toMatchObject({ encoding: 'UTF-8', delimiter: ',', complaints: [], complaintCount: 0, records: 2 });
    expect(file.header).toEqual(['email', 'userId', 'license', 'reason']);
    expect(file.columns).toEqual({ email: 0, userId: 1, license: 2, reason: 3 });
    expect(file.sample).toEqual([
      ['ana@x.example', '', 'Pro', 'New job'],
      ['', id, 'basic', ''],
    ]);
    expect(file.rows).toEqual([
      { line: 2, ref: byEmail('ana@x.example'), license: 'Pro', reason: 'New job' },
      { line: 3, ref: { userId: id, email: null, upn: null }, license: 'Basic', reason: null },
    ]);
  });

  test.each([
    ['a comma', ','],
    ['a semicolon', ';'],
    ['a tab', '\t'],
  ])('has %s between its cells', async (_, delimiter) => {
    const line = (cells: string[]) => `${cells.join(delimiter)}\n`;
    const text =
      line(['email', 'plan', 'note']) +
      line(['ana@x.example', 'Pro', '"so, so; and\tso"']) +
      line(['ben@x.example', '', '']);

    const file = await read(text);

    expect(file.delimiter).toBe(delimiter);
    expect(file.rows.map(({ reason }) => reason)).toEqual(['so, so; and\tso', null]);
  });

  test.each([
    ['by headings', 'email;reason\nana@x.example;moved, then gone, then back\n', ';'],
    ['by what makes sense', 'ana@x.example,see b;c;d\n', ','],
    ['by as many cells in each line', 'Silva, Ana;x\nOkafor;x\n', ';'],
    ['by the line that Excel understands', 'sep=;\nemail;plan\nana@x.example;Pro\n', ';'],
    ['by the same in quotation marks', '"sep=\t"\nemail\tplan\nana@x.example\tPro\n', '\t'],
  ])('shows its delimiter %s', async (_, text, delimiter) => {
    expect((await read(text)).delimiter).toBe(delimiter);
  });

  test('counts the line with a hint for Excel, and does not take it for headings', async () => {
    const file = await read('sep=;\nemail;plan\nana@x.example;Pro\n');
    expect(file).toMatchObject({ header: ['email', 'plan'], records: 1, rows: [{ ...ana, line: 3, license: 'Pro' }] });
  });

  test.each([
    ['UTF-8', Buffer.from('email\nana@x.example'), 'UTF-8'],
    ['UTF-8 with a mark', Buffer.from('\uFEFFemail\nana@x.example'), 'UTF-8'],
    ['UTF-16 with a mark', utf16('\uFEFFemail\nana@x.example', 'LE'), 'UTF-16'],
    ['UTF-16, the other way round', utf16('\uFEFFemail\nana@x.example', 'BE'), 'UTF-16'],
    ['UTF-16 without a mark', utf16('email\nana@x.example', 'LE'), 'UTF-16'],
    ['UTF-16 without a mark, the other way round', utf16('email\nana@x.example', 'BE'), 'UTF-16'],
  ])('may be in %s', async (_, bytes, encoding) => {
    expect(await read(bytes)).toMatchObject({ encoding, header: ['email'], rows: [ana] });
  });

  test.each([
    ['LF', '\n'],
    ['CRLF', '\r\n'],
    ['CR', '\r'],
  ])('may end its lines with %s, and the last with nothing', async (_, end) => {
    const file = await read(['email,note', 'ana@x.example,"two', 'lines"', '', 'ben@x.example,'].join(end));

    expect(file.rows).toEqual([
      { ...ana, reason: 'two\nlines' },
      { line: 5, ref: byEmail('ben@x.example'), license: null, reason: null },
    ]);
    expect(file.blankLines).toBe(1);
  });

  test.each([
    ['E-mail,Plan', { email: 0, license: 1 }],
    [' EMAIL ADDRESS ;Licence', { email: 0, license: 1 }],
    ['Name\tmail\tnote', { email: 1, reason: 2 }],
    ['user id,Why', { userId: 0, reason: 1 }],
    ['UserId,PrimaryEmail,LicenseType', { userId: 0, email: 1, license: 2 }],
    ['id,plan', { userId: 0, license: 1 }],
    ['id,email', { email: 1 }],
    ['email,plan,new plan', { email: 0, license: 2 }],
    ['Mail,Email', { email: 1 }],
  ])('headed %s says which column holds what', async (heading, columns) => {
    const file = await read(`${heading}\n${heading.replace(/[^,;\t]+/g, 'x')}\n`);
    expect(file.columns).toEqual(columns);
    expect(file.header).toHaveLength(heading.split(/[,;\t]/).length);
  });

  test.each([
    ['no headings', 'Ana,ana@x.example,Pro trial\n', null, { email: 1, license: 2 }],
    ['no headings and IDs', 'p1,Pro\np2,\n', null, { userId: 0, license: 1 }],
    [
      'unknown headings',
      'Nom;Courriel;Forfait\nAna;ana@x.example;Pro\n',
      ['Nom', 'Courriel', 'Forfait'],
      { email: 1, license: 2 },
    ],
  ])('with %s is understood by what its columns hold', async (_, text, header, columns) => {
    expect(await read(text)).toMatchObject({ header, columns, records: text.split('\n').length - (header ? 2 : 1) });
  });

  test('is read with the columns that were chosen, where they are there', async () => {
    const text = 'email,deputy,plan\nana@x.example,ben@x.example,Pro\n';

    expect(await read(text, { email: 1 })).toMatchObject({
      columns: { email: 1 },
      rows: [{ ref: byEmail('ben@x.example'), license: null }],
    });
    expect((await read(text, { email: 0, license: 7 })).columns).toEqual({ email: 0 });
  });

  test('in which no column names anybody shows its lines, so that one can be chosen', async () => {
    const text = 'who,what\nanyone,x\nsomeone,y\n';

    const file = await read(text);

    expect(file).toMatchObject({
      columns: {},
      rows: [],
      records: 2,
      sample: [
        ['anyone', 'x'],
        ['someone', 'y'],
      ],
    });
    expect(file.complaints.map(fileComplaint)).toEqual([
      'Line 1: no column with e-mail addresses or user IDs was found. Choose the column that says who it is about.',
    ]);
    expect((await read(text, { userId: 0 })).rows.map(({ ref }) => ref.userId)).toEqual(['anyone', 'someone']);
  });

  test.each([
    ['Basic', 'Basic'],
    ['PRO', 'Pro'],
    ['Pro trial', 'ProTrial'],
    ['pro-trial', 'ProTrial'],
    ['ProTrial', 'ProTrial'],
    [' plus ', 'Plus'],
    ['', null],
  ])('may call a plan “%s”', async (text, license) => {
    expect((await read(`email,plan\nana@x.example,${text}\n`)).rows).toEqual([{ ...ana, license }]);
  });

  test('keeps the e-mail address beside a user ID, to be compared', async () => {
    const { rows } = await read(`email,user id\nana@x.example,${id}\n`);
    expect(rows).toEqual([{ ...ana, ref: { userId: id, email: 'ana@x.example', upn: null } }]);
  });

  test('loses what guards its cells from being formulas, and what nobody sees around them', async () => {
    const { rows } = await read(
      "email,reason\n'+49@x.example,'=1+1\n\u200b ben@x.example\u202c ,'＝2\nc@x.example,'90s\n",
    );

    expect(rows).toMatchObject([
      { ref: byEmail('+49@x.example'), reason: '=1+1' },
      { ref: byEmail('ben@x.example'), reason: '＝2' },
      { ref: byEmail('c@x.example'), reason: "'90s" },
    ]);
  });

  test('may be our own export', () =>
    withPeople(
      [
        person('p1', '=Ana "Silva"', { license: 'ProTrial' }),
        person(id, 'Ben, Okafor\nJr.', { email: '@b;en@x.example' }),
      ],
      async (db) => {
        let csv = '';
        for await (const piece of exportUsers(db, accountId, firstPage)) csv += piece;

        const file = await read(csv);

        expect(file.columns).toEqual({ email: 1, license: 2, userId: 4 });
        expect(file.complaints).toEqual([]);
        expect(file.rows.map(({ ref, license }) => [ref.userId, license]).sort()).toEqual([
          [id, 'Basic'],
          ['p1', 'ProTrial'],
        ]);
      },
    ));

  test('has blank lines that are skipped and counted', async () => {
    const file = await read('\nemail,plan\n\n  \nana@x.example,Pro\n , \n,\n');
    expect(file).toMatchObject({ records: 1, blankLines: 5, complaints: [], rows: [{ line: 5 }] });
  });

  test('has a person once, however often it says the same of them', async () => {
    const file = await read('email,plan\nana@x.example,Pro\nANA@X.example,pro\nben@x.example,Pro\n');
    expect(file).toMatchObject({ duplicates: 1, complaints: [], records: 3 });
    expect(file.rows.map(({ line }) => line)).toEqual([2, 4]);
  });

  test('may have 100,000 people and no more', async () => {
    const lines = Array.from(
      { length: mostRows },
      (_, index) => `person-${index}@x.example,Pro,"Ticket, ${index}"\r\n`,
    );

    const file = await read(`email,plan,reason\r\n${lines.join('')}`);

    expect(file).toMatchObject({ records: mostRows, complaintCount: 0 });
    expect(file.rows).toHaveLength(mostRows);
    expect(file.rows.at(-1)).toEqual({
      line: mostRows + 1,
      ref: byEmail(`person-${mostRows - 1}@x.example`),
      license: 'Pro',
      reason: `Ticket, ${mostRows - 1}`,
    });
    expect(await refusalOf(`email,plan,reason\n${lines.join('')}ana@x.example,,\n`)).toBe('too-many-rows');
  });
});

describe('what is wrong with a line is told with its number', () => {
  test.each([
    [
      'a plan that does not exist',
      'email,plan\nana@x.example,Gold\n',
      'Line 2: “Gold” is not a plan. Write Basic, Plus, Pro or Pro trial.',
    ],
    ['nobody', 'email,plan\n,Pro\n', 'Line 2: no e-mail address and no user ID. Write who it is about.'],
    [
      'no address',
      'email\nAna Silva\n',
      'Line 2: “Ana Silva” is not an e-mail address. Write it as in name@example.com.',
    ],
    [
      'two addresses',
      'email\n"a@x.example, b@x.example"\n',
      'Line 2: “a@x.example, b@x.example” is not an e-mail address. Write it as in name@example.com.',
    ],
    [
      'no ID',
      'user id\n../p1\n',
      "Line 2: “../p1” is not a user ID. Copy it from the person's page, or empty the cell and give an e-mail address.",
    ],
    [
      'too few cells',
      'email,plan,why\n\nana@x.example,Pro\n',
      'Line 3: 2 cells where there should be 3. Put a cell that has a comma, a semicolon or a tab in it in quotation marks.',
    ],
    [
      'too many cells',
      'email\nana@x.example,Pro\n',
      'Line 2: 2 cells where there should be 1. Put a cell that has a comma, a semicolon or a tab in it in quotation marks.',
    ],
    [
      'a long reason',
      `email,why\nana@x.example,${'x'.repeat(501)}\n`,
      'Line 2: the reason has 501 characters. Shorten it to 500.',
    ],
    [
      'letters of another encoding',
      Buffer.from('email,why\nana@x.example,Caf\xe9\n', 'latin1'),
      'Line 2: “Caf\uFFFD” has letters that cannot be read. In Excel, choose Save as, then “CSV UTF-8 (Comma delimited)”, and choose the new file.',
    ],
    [
      'a mark that is opened and never closed',
      'email,why\n\nana@x.example,"so\nben@x.example,\n',
      'Lines 3 to 4: a quotation mark is opened here and never closed, so nothing from here on was read. Close it or take it out.',
    ],
    [
      'a mark too many',
      'email,why\nana@x.example,"so" so\n',
      'Line 2: a quotation mark is missing or one too many. A cell in quotation marks ends with one, and a mark inside it is written twice.',
    ],
    [
      'another plan for the same person',
      'email,plan\nana@x.example,Pro\nANA@x.example,Basic\n',
      'Line 3: “ANA@x.example” has another plan here than on line 2, so neither is used. Keep one of the lines.',
    ],
  ])('%s', async (_, text, complaint) => {
    const file = await read(text);
    expect(file.complaints.map(fileComplaint)).toEqual([complaint]);
    expect(file).toMatchObject({ rows: [], complaintCount: 1 });
  });

  test('and everything that is wrong with it', async () => {
    expect(await complaintsOf('email,plan\nana,Gold\n')).toHaveLength(2);
  });

  test('but not for columns nobody needs', async () => {
    expect(await complaintsOf(Buffer.from('email,name\nana@x.example,Ren\xe9 27" O"Neill\n', 'latin1'))).toEqual([]);
  });

  test('nor for cells that are there and empty', async () => {
    expect((await read('email,plan\nana@x.example,Pro,,\n')).rows).toHaveLength(1);
  });

  test('of a person who is contradicted, no line is used, however many there are', async () => {
    const file = await read('email,plan\na@x.example,Pro\na@x.example,Basic\na@x.example,Pro\nb@x.example,Pro\n');
    expect(file.complaints.map(({ line, firstLine }) => [line, firstLine])).toEqual([
      [3, 2],
      [4, 2],
    ]);
    expect(file.rows.map(({ ref }) => ref.email)).toEqual(['b@x.example']);
  });

  test('in order, and the first thousand of very many', async () => {
    const file = await read(`email,why\n${'nobody,\n'.repeat(2_500)}"never closed`);
    expect(file.complaintCount).toBe(2_501);
    expect(file.complaints.map(({ line }) => line)).toEqual(
      Array.from({ length: mostComplaints }, (_, index) => index + 2),
    );
  });

  test('and only the beginning of a cell that is very long', async () => {
    const [complaint] = (await read(`email\n${'x'.repeat(1_000_000)}\n`)).complaints;
    expect(complaint?.value).toHaveLength(100);
  });

  test('of lines that a missing mark has run together, each is in the complaint', async () => {
    const file = await read(
      'email,plan\n"ana@x.example,Pro\nben@x.example,Pro\n"carl@x.example",Pro\ndina@x.example,Pro\n',
    );
    expect(file.complaints).toEqual([{ line: 2, lastLine: 4, code: 'broken-quotes' }]);
    expect(file.rows.map(({ line, ref }) => [line, ref.email])).toEqual([[5, 'dina@x.example']]);
  });

  test('but a cell may begin with a quotation mark, and have more of them and lines', async () => {
    const { rows } = await read('email,why\nana@x.example,"""Please"" she said\nso be it"\n');
    expect(rows).toEqual([{ ...ana, reason: '"Please" she said\nso be it' }]);
  });
});

describe('no file of people is', () => {
  test.each([
    ['an empty file', '', 'empty'],
    ['a file of a mark only', '\uFEFF', 'empty'],
    ['a file of blank lines', '\r\n \r\n,,\r\n', 'empty'],
    ['headings only', 'email,plan\n', 'only-header'],
    ['a workbook', Buffer.from('PK\x03\x04\x14\x00\x06\x00'), 'workbook'],
    ['an old workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), 'workbook'],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0x49]), 'not-text'],
    ['one with a zero in it', `email\n${'ana@x.example\n'.repeat(5_000)}ben\0@x.example\n`, 'not-text'],
    ['one that is too large', `email\n${'x'.repeat(largestFile)}`, 'too-large'],
  ])('%s', async (_, text, problem) => {
    expect(await refusalOf(text)).toBe(problem);
  });

  test('and its text tells what to do', async () => {
    await expect(read(`email\nana@x.example\nben\0\n`)).rejects.toMatchObject({
      code: 'invalid',
      line: 3,
      message: expect.stringContaining('line 3 has signs that no text has. In Excel, choose Save as'),
    });
    for (const text of Object.values(fileProblems)) expect(text()).toMatch(/^This .*\b(choose|make)\b.*\.$/i);
  });

  test('and no more of it is asked for', async () => {
    let asked = 0;
    let closed = false;
    async function* endless() {
      try {
        for (;;) {
          asked += 1;
          yield Buffer.from('x'.repeat(1024 * 1024));
        }
      } finally {
        closed = true;
      }
    }

    await expect(readPeopleFile(endless())).rejects.toMatchObject({ problem: 'too-large' });

    expect({ asked: asked <= 12, closed }).toEqual({ asked: true, closed: true });
  });

  test('and its source is closed when it is a workbook', async () => {
    let closed = false;
    async function* workbook() {
      try {
        yield Buffer.from(`PK\x03\x04${'x'.repeat(100_000)}`);
        yield Buffer.from('more');
      } finally {
        closed = true;
      }
    }

    await expect(readPeopleFile(workbook())).rejects.toMatchObject({ problem: 'workbook' });

    expect(closed).toBe(true);
  });

  test('one whose source breaks off', async () => {
    async function* broken() {
      yield Buffer.from('email\nana@x.example\n'.repeat(2_000));
      throw new Error('connection lost');
    }
    await expect(readPeopleFile(broken())).rejects.toThrow('connection lost');
  });
});

const reasons = fc
  .string({ unit: 'grapheme', maxLength: 30 })
  .map((text) => meaningOf(text.replaceAll('\0', '').replace(/\r\n?/g, '\n')).toWellFormed())
  .filter((text) => !text.includes('\uFFFD') && text === meaningOf(text));

const wish = fc.record({
  license: fc.option(fc.constantFrom(...licenses)),
  reason: fc.oneof(
    reasons,
    fc.constantFrom('"', '""', '"so"', 'so "so" so', '"so"\nso', ',', ';\tx', '=1+1', '+', '-1', '＠', 'two\n\nlines'),
  ),
});

/** A cell as other programs print it: in quotation marks where it must be, or wherever they like. */
function printed(cell: string, delimiter: string, always: boolean): string {
  const must = /["\n]/.test(cell) || cell.includes(delimiter) || cell !== cell.trimStart();
  return always || must ? `"${cell.replaceAll('"', '""')}"` : cell;
}

describe('whatever a file holds', () => {
  /** So many that what comes after them is beyond the beginning from which guesses are made. */
  const others = Array.from({ length: 900 }, () => ({ license: null, reason: '' }));

  const file = fc.record({
    wishes: fc.array(wish, { minLength: 1, maxLength: 40 }),
    delimiter: fc.constantFrom(...delimiters),
    end: fc.constantFrom('\n', '\r\n', '\r'),
    lastEnd: fc.boolean(),
    always: fc.boolean(),
    encoding: fc.constantFrom('UTF-8', 'UTF-8 with mark', 'LE', 'BE'),
    isLong: fc.boolean(),
    pieceLength: fc.integer({ min: 1, max: 300 }),
  });

  test('it is read as it was printed', () =>
    fc.assert(
      fc.asyncProperty(file, async ({ wishes, delimiter, end, lastEnd, always, encoding, isLong, pieceLength }) => {
        const people = (isLong ? [...others, ...wishes] : wishes).map(({ license, reason }, index) => ({
          person: `p-${index}@x.example`,
          license,
          reason,
        }));
        const table = [
          ['Email', 'Plan', 'Reason'],
          ...people.map(({ person, license, reason }) => [person, license ?? '', guarded(reason)]),
        ];
        const text =
          table
            .map((cells) => cells.map((cell) => printed(cell, delimiter, always).replaceAll('\n', end)).join(delimiter))
            .join(end) + (lastEnd ? end : '');
        const bytes =
          encoding === 'LE' || encoding === 'BE'
            ? utf16(`\uFEFF${text}`, encoding)
            : Buffer.from(encoding === 'UTF-8' ? text : `\uFEFF${text}`);

        const { rows, complaints } = await readPeopleFile(pieces(bytes, pieceLength));

        expect(complaints).toEqual([]);
        expect(rows.map(({ ref, license, reason }) => ({ person: ref.email, license, reason: reason ?? '' }))).toEqual(
          people,
        );
      }),
    ));

  test('another parser finds the same cells, and each begins on the line it is said to', () => {
    const cell = fc.string({
      unit: fc.constantFrom('a', 'é', '張', '🙂', ' ', '"', ',', ';', '\t', '\n', "'", '='),
      maxLength: 8,
    });
    const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 12 });
    return fc.assert(
      fc.asyncProperty(
        table,
        fc.constantFrom(...delimiters),
        fc.boolean(),
        fc.nat(6),
        async (cells, delimiter, always, at) => {
          const lines = cells.map((row) => row.map((one) => printed(one, delimiter, always)).join(delimiter));
          const text = lines.join('\n');

          const records = await recordsOf(text, delimiter, at + 1);

          const { data } = papa.parse<string[]>(text, { delimiter, newline: '\n', skipEmptyLines: true });
          expect(records.map((record) => record.cells).filter(isFilled)).toEqual(data.filter(isFilled));
          for (const { line, lastLine, cells } of records) {
            const own = text
              .split('\n')
              .slice(line - 1, lastLine)
              .join('\n');
            expect(papa.parse<string[]>(own, { delimiter, newline: '\n' }).data).toEqual([cells]);
          }
        },
      ),
    );
  });

  test('a missing or stray quotation mark hides nobody: who is not read is on a line that is complained about', () => {
    const line = fc.tuple(
      fc.constantFrom('', '"', '""', '"x'),
      fc.constantFrom('', '"', '"so"', '"so', 'so "so"', 'so"', '"so,"', '"a""'),
    );
    return fc.assert(
      fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 12 }), async (marks) => {
        const text = marks.map(([before, reason], index) => `${before}p-${index}@x.example,Pro,${reason}`).join('\n');

        const { rows, complaints } = await read(`email,plan,reason\n${text}\n`);

        const missing = marks.flatMap((_, index) => {
          const inReason = rows.some(({ reason }) => reason?.includes(`p-${index}@`));
          const isRead = rows.some(({ ref }) => ref.email === `p-${index}@x.example`);
          const isToldOf = complaints.some(({ line, lastLine = line }) => line <= index + 2 && index + 2 <= lastLine);
          return isRead || isToldOf || inReason ? [] : [index];
        });
        expect(missing).toEqual([]);
      }),
    );
  });

  test('and whatever its bytes are, it is read or refused', () =>
    fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.uint8Array({ maxLength: 300 }),
          fc
            .string({
              unit: fc.constantFrom('a@b', 'email', 'Pro', ',', ';', '\t', '"', '\n', '\r', ' ', "'", 'é'),
              maxLength: 60,
            })
            .map((text) => Buffer.from(text)),
        ),
        fc.integer({ min: 1, max: 50 }),
        async (bytes, length) => {
          const file = await readPeopleFile(pieces(bytes, length)).catch((error) => error);
          if (file instanceof FileRefusal) return;
          expect(file.rows.length + file.duplicates).toBeLessThanOrEqual(file.records);
          for (const complaint of file.complaints) expect(fileComplaint(complaint)).toMatch(/^Lines? \d.*\.$/s);
        },
      ),
    ));
});

/** Papa Parse takes a line of `""` for a blank one. */
const isFilled = (cells: string[]) => cells.length > 1 || cells[0] !== '';

/** As our own export writes it. */
const guarded = (text: string) => (csvCell(text).replace(/^"/, '').startsWith(`'${text[0]}`) ? `'${text}` : text);

async function recordsOf(text: string, delimiter: Delimiter, length: number) {
  async function* chunks() {
    const signs = [...text];
    for (let at = 0; at < signs.length; at += length) yield signs.slice(at, at + length).join('');
  }
  const records: { line: number; lastLine: number; cells: string[] }[] = [];
  await readRecords(chunks(), delimiter, (record) => records.push(record));
  return records;
}
