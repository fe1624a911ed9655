import fc from 'fast-check';
import papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import { byEmail, pieces, readText as read } from '../../testing/files.ts';
import { accountId, person, withPeople } from '../../testing/people.ts';
import { csvCell } from '../csv.ts';
import { exportUsers } from '../exports/export-users.ts';
import { licenses } from '../licenses/license.ts';
import { type Delimiter, delimiters, largestFile, maxColumns, maxRows } from '../lists/file.ts';
import { firstPage } from '../search/filter.ts';
import { fileComplaint, fileProblems } from '../texts/files.ts';
import { meaningOf } from './cells.ts';
import { readPeopleFile } from './people-file.ts';
import { readRecords } from './records.ts';
import { FileRefusal } from './refusal.ts';

const id = '5f0c2a9e-7f57-4d0a-8a44-4f8f7d1c2b3a';
const ana = { line: 2, ref: byEmail('ana@x.example'), license: null, reason: null };

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
    const file = await read(`email,userId,new license,reason\nana@x.example,,Pro,New job\n,${id},basic,\n`);

    expect(file).toMatchObject({ encoding: 'UTF-8', delimiter: ',', headerLine: 1, complaints: [], records: 2 });
    expect(file.columns).toEqual({ email: 0, userId: 1, license: 2, reason: 3 });
    expect(file.table).toEqual([
      { heading: 'email', role: 'email', reason: 'heading', maybePlan: false, sample: ['ana@x.example'] },
      { heading: 'userId', role: 'userId', reason: 'heading', maybePlan: false, sample: [id] },
      { heading: 'new license', role: 'license', reason: 'heading', maybePlan: true, sample: ['Pro', 'basic'] },
      { heading: 'reason', role: 'reason', reason: 'heading', maybePlan: false, sample: ['New job'] },
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
    ['a vertical bar', '|'],
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
    expect(file).toMatchObject({ headerLine: 2, records: 1, rows: [{ ...ana, line: 3 }] });
    expect(file.skipped).toEqual([{ line: 1, text: 'sep=' }]);
  });

  test.each([
    ['UTF-8', Buffer.from('email\nana@x.example'), 'UTF-8'],
    ['UTF-8 with a mark', Buffer.from('\uFEFFemail\nana@x.example'), 'UTF-8'],
    ['UTF-16 with a mark', utf16('\uFEFFemail\nana@x.example', 'LE'), 'UTF-16'],
    ['UTF-16, the other way round', utf16('\uFEFFemail\nana@x.example', 'BE'), 'UTF-16'],
    ['UTF-16 without a mark', utf16('email\nana@x.example', 'LE'), 'UTF-16'],
    ['UTF-16 without a mark, the other way round', utf16('email\nana@x.example', 'BE'), 'UTF-16'],
  ])('may be in %s', async (_, bytes, encoding) => {
    expect(await read(bytes)).toMatchObject({ encoding, headerLine: 1, rows: [ana] });
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
    ['Basic', 'Basic'],
    ['PRO', 'Pro'],
    ['Pro trial', 'ProTrial'],
    ['pro-trial', 'ProTrial'],
    ['ProTrial', 'ProTrial'],
    [' plus ', 'Plus'],
    ['="Pro"', 'Pro'],
  ])('may call a plan “%s”', async (text, license) => {
    expect((await read(`email,new plan\nana@x.example,${text}\n`)).rows).toEqual([{ ...ana, license }]);
  });

  test('has no plan in a cell that only begins with one', async () => {
    const { rows, complaints } = await read(`email,new plan\nana@x.example,Pro${'.'.repeat(100)}Basic\n`);
    expect({ rows, code: complaints[0]?.code }).toEqual({ rows: [], code: 'unknown-license' });
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
        person(id, 'Ben, Okafor\nJr.', { email: 'ben@x.example' }),
      ],
      async (db) => {
        let csv = '';
        for await (const piece of exportUsers({ db, chime: { accounts: 'all' } }, accountId, firstPage)) csv += piece;

        const file = await read(csv);

        expect(file.columns).toEqual({ email: 1, userId: 4 });
        expect(file.table[2]).toMatchObject({ heading: 'Plan', role: null, reason: 'own-export' });
        expect(file.complaints).toEqual([]);
        expect(file.rows.map(({ ref, license }) => [ref.userId, license]).sort()).toEqual([
          [id, null],
          ['p1', null],
        ]);
      },
    ));

  test('has blank lines that are skipped and counted', async () => {
    const file = await read('\nemail,plan\n\n  \nana@x.example,Pro\n , \n,\n');
    expect(file).toMatchObject({ records: 1, blankLines: 5, complaints: [], rows: [{ line: 5 }] });
  });

  test('has a person once, however often it says the same of them', async () => {
    const file = await read('email,new plan\nana@x.example,Pro\nANA@X.example,pro\nben@x.example,Pro\n');
    expect(file).toMatchObject({ duplicates: 1, complaints: [], records: 3 });
    expect(file.rows.map(({ line }) => line)).toEqual([2, 4]);
  });

  test('may have 100,000 people and no more', async () => {
    const lines = Array.from({ length: maxRows }, (_, index) => `person-${index}@x.example,Pro,"Ticket, ${index}"\r\n`);

    const file = await read(`email,new plan,reason\r\n${lines.join('')}`);

    expect(file).toMatchObject({ records: maxRows, complaints: [] });
    expect(file.rows).toHaveLength(maxRows);
    expect(file.rows.at(-1)).toEqual({
      line: maxRows + 1,
      ref: byEmail(`person-${maxRows - 1}@x.example`),
      license: 'Pro',
      reason: `Ticket, ${maxRows - 1}`,
    });
    expect(await refusalOf(`email,new plan,reason\n${lines.join('')}ana@x.example,,\n`)).toBe('too-many-rows');
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
    ['one of more columns than are shown', `email${',x'.repeat(maxColumns)}\na@x.example\n`, 'too-many-columns'],
  ])('%s', async (_, text, problem) => {
    expect(await refusalOf(text)).toBe(problem);
  });

  test('and its text tells what to do', async () => {
    await expect(read(`email\nana@x.example\nben\0\n`)).rejects.toMatchObject({
      code: 'invalid',
      line: 3,
      message: expect.stringContaining('line 3 has characters that aren’t text. In Excel, choose Save as'),
    });
    for (const text of Object.values(fileProblems)) expect(text()).toMatch(/^[A-Z].*\b(choose|split)\b.*\.$/i);
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
  license: fc.constantFrom(...licenses),
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
  const others = Array.from({ length: 900 }, () => ({ license: 'Pro' as const, reason: '' }));

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
          ['Email', 'New plan', 'Reason'],
          ...people.map(({ person, license, reason }) => [person, license, guarded(reason)]),
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

        const { rows, complaints } = await read(`email,new plan,reason\n${text}\n`);

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
