import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readText as read } from '../../testing/files.ts';
import { licenses } from '../licenses/license.ts';
import type { ReadingChoices } from '../lists/file.ts';
import { fileQuestion } from '../texts/files.ts';

const id = '5f0c2a9e-7f57-4d0a-8a44-4f8f7d1c2b3a';

/** A file of two lines below their headings, with cells as programs write them. */
const csv = (...lines: string[]) => `${lines.join('\n')}\n`;

async function questionsOf(text: string, choices?: ReadingChoices) {
  const { questions, table } = await read(text, choices);
  return questions.map((question) => fileQuestion(question, table));
}

const peopleIn = async (text: string, choices?: ReadingChoices) =>
  (await read(text, choices)).rows.map(({ ref }) => [ref.userId, ref.email, ref.upn].filter((one) => one !== null));

describe('who a line is about is read from', () => {
  test.each([
    ['an e-mail column', 'E-mail,Plan', 'ana@x.example,Pro', ['ana@x.example']],
    ['one with words around it', 'Name,Email Address [Required]', 'Ana,ana@x.example', ['ana@x.example']],
    ['a primary address', 'PrimarySmtpAddress,Name', 'ana@x.example,Ana', ['ana@x.example']],
    ['a work address', 'Name,Work e-mail', 'Ana,ana@x.example', ['ana@x.example']],
    ['a user ID', 'user id,Why', `${id},x`, [id]],
    ['an ID of Chime beside an address', `User ID,Email`, `${id},ana@x.example`, [id, 'ana@x.example']],
    ['a number beside an address', 'email,userid', 'ana@x.example,U0A6AJG820L', ['U0A6AJG820L', 'ana@x.example']],
    ['an address beside an ID Chime cannot have', 'User id,email', '557058:6f0c-7f57,ana@x.example', ['ana@x.example']],
    ['a sign-in name', 'UserPrincipalName,DisplayName', '"ana@x.example","Ana"', ['ana@x.example']],
    [
      'a property of a template',
      'Name [displayName] Required,User name [userPrincipalName] Required',
      'Ana,ana@x.example',
      ['ana@x.example'],
    ],
    [
      'both of mail and sign-in name',
      'userPrincipalName,mail,id',
      `ana.s@x.example,ana@x.example,${id}`,
      ['ana@x.example', 'ana.s@x.example'],
    ],
    ['the sign-in name where mail is empty', 'userPrincipalName,mail', 'ana.s@x.example,', ['ana.s@x.example']],
    [
      'a column that says either',
      'Member object ID or user principal name [memberObjectIdOrUpn] Required',
      'ana@x.example',
      ['ana@x.example'],
    ],
    ['an ID where no address is', 'id,plan', 'p1,Pro', ['p1']],
    ['an address in a column of user IDs', 'User ID,Name', 'ana@x.example,Ana', ['ana@x.example']],
    ['an ID in a column of addresses', 'E-mail,Name', `${id},Ana`, [id]],
    ['the only column, whatever it is called', 'Leavers of May', 'ana@x.example', ['ana@x.example']],
    [
      'the address beside a recovery address',
      'First Name;Recovery Email;Email Address',
      'Ana;a@y.example;ana@x.example',
      ['ana@x.example'],
    ],
    [
      "the address beside a manager's",
      'Manager email;Name;Employee e-mail',
      'max@x.example;Ana;ana@x.example',
      ['ana@x.example'],
    ],
    [
      'the sign-in name beside proxy addresses',
      'Licenses,Proxy addresses,User principal name',
      'E3,SMTP:old@x.example,ana@x.example',
      ['ana@x.example'],
    ],
    [
      'the first address of Outlook',
      'Name,E-mail 2 Address,E-mail Address',
      'Ana,a@y.example,ana@x.example',
      ['ana@x.example'],
    ],
    ['an address, in a file without headings', 'Ana,ana@x.example,Pro', 'Ben,ben@x.example,Basic', ['ana@x.example']],
    ['an ID, in a file without headings', 'p1,Pro', 'p2,Basic', ['p1']],
  ])('%s', async (_, heading, line, person) => {
    const text = csv(heading, line);
    expect(await questionsOf(text)).toEqual([]);
    expect((await peopleIn(text))[0]).toEqual(person);
  });

  test.each([
    [
      'two columns of addresses',
      'Email,E-mail address',
      'ana@x.example,ben@x.example',
      'Which column contains the people: “Email” (column 1) or “E-mail address” (column 2)? Choose one.',
    ],
    [
      'the same heading twice',
      'Email,Name,Email',
      'ana@x.example,Ana,ben@x.example',
      'Which column contains the people: “Email” (column 1) or “Email” (column 3)? Choose one.',
    ],
    [
      'a heading that is not known',
      'Nom;Contact;Forfait',
      'Ana;ana@x.example;Pro',
      'Does “Contact” (column 2) contain the people? Its heading does not say. Choose the column.',
    ],
    [
      'two columns of addresses without headings',
      'ana@x.example,ben@x.example',
      'eva@x.example,tom@x.example',
      'Which column contains the people: column 1 (“ana@x.example”) or column 2 (“ben@x.example”)? Choose one.',
    ],
    [
      "nothing but a manager's address",
      'Name,Manager',
      'Ana,max@x.example',
      'No column with e-mail addresses or user IDs was found. Choose the column with the people.',
    ],
    [
      'no person at all',
      'who,what',
      'anyone,x',
      'No column with e-mail addresses or user IDs was found. Choose the column with the people.',
    ],
  ])('nobody is guessed from %s: it is asked', async (_, heading, line, question) => {
    const text = csv(heading, line);
    expect(await questionsOf(text)).toEqual([question]);
    expect(await peopleIn(text)).toEqual([]);
  });

  test('the column that the operator chose, alone', async () => {
    const text = csv('email,user id,deputy', `ana@x.example,${id},ben@x.example`);
    expect(await peopleIn(text, { columns: { email: 2 } })).toEqual([['ben@x.example']]);
    expect((await read(text, { columns: { email: 2 } })).table.map(({ reason }) => reason)).toEqual([
      'unknown',
      'unknown',
      'chosen',
    ]);
  });

  test('the column that the operator chose, which answers the question', async () => {
    const text = csv('who,what', 'anyone,x', 'someone,y');
    expect(await questionsOf(text, { columns: { userId: 0 } })).toEqual([]);
    expect(await peopleIn(text, { columns: { userId: 0 } })).toEqual([['anyone'], ['someone']]);
  });

  test('no column that is not there', async () => {
    const { columns, questions } = await read(csv('email', 'ana@x.example'), { columns: { email: 7, license: 3 } });
    expect({ columns, questions }).toEqual({ columns: {}, questions: [{ about: 'person', columns: [] }] });
  });
});

describe('the plan that each person is to get is read from', () => {
  test.each([
    ['Email,Current plan,Target plan', 'ana@x.example,Basic,Pro', 2],
    ['Email,From,To', 'ana@x.example,Basic,Pro', 2],
    ['Email;License;New license', 'ana@x.example;Basic;Pro', 2],
    ['email,plan,new plan', 'ana@x.example,Basic,Pro', 2],
    ['E-mail,Plan before,New plan,Outcome', 'ana@x.example,Basic,Pro,Failed', 2],
    ['E-mail,Change to', 'ana@x.example,Pro', 1],
    ['E-mail,Desired Licence [Required]', 'ana@x.example,Pro', 1],
    ['E-mail,Change plan to', 'ana@x.example,Pro', 1],
  ])('a heading that says it is wished: %s', async (heading, line, column) => {
    const { columns, rows } = await read(csv(heading, line));
    expect(columns.license).toBe(column);
    expect(rows).toMatchObject([{ license: 'Pro' }]);
  });

  test.each([
    ['email,plan,reason', 'ana@x.example,Pro,x'],
    ['E-mail,License', 'ana@x.example,Pro'],
    ['E-mail,Current plan', 'ana@x.example,Pro'],
    ['E-mail,From', 'ana@x.example,Pro'],
    ['E-mail,Assigned licenses', 'ana@x.example,Pro'],
    ['E-mail,New Licenses [UPLOAD ONLY]', 'ana@x.example,Pro'],
    ['E-mail,New plan (other product)', 'ana@x.example,Pro'],
    ['E-mail,Pro?', 'ana@x.example,Pro'],
    ['Ana,ana@x.example,Pro', 'Ben,ben@x.example,Basic'],
    ['Email,Subject,To', 'ana@x.example,x,ben@x.example'],
  ])('no other column, nor from what cells hold: %s', async (heading, line) => {
    const { columns, questions, rows } = await read(csv(heading, line));
    expect(columns.license).toBeUndefined();
    expect(questions).toEqual([]);
    for (const { license } of rows) expect(license).toBeNull();
  });

  test('the column that the operator chose among those that could be it', async () => {
    const text = csv('email,plan,seats', 'ana@x.example,Pro,5');

    expect((await read(text)).table.map(({ maybePlan, reason }) => [maybePlan, reason])).toEqual([
      [false, 'heading'],
      [true, 'not-a-wish'],
      [false, 'unknown'],
    ]);
    expect((await read(text, { columns: { license: 1 } })).rows).toMatchObject([{ license: 'Pro' }]);
  });

  test('no column where the operator chose one plan for everybody', async () => {
    const { columns, rows, complaints, table } = await read(
      csv('email,new plan', 'ana@x.example,Gold', 'ben@x.example,'),
      { columns: { license: null } },
    );
    expect(table[1]).toMatchObject({ role: null, reason: 'overruled' });
    expect(columns).toEqual({ email: 0 });
    expect(complaints).toEqual([]);
    expect(rows.map(({ license }) => license)).toEqual([null, null]);
  });

  test('none of two columns that could be it: it is asked, unless everybody gets one plan', async () => {
    const text = csv('email,new plan,new plan', 'ana@x.example,Pro,Basic');

    expect(await questionsOf(text)).toEqual([
      'Which column contains the new plan for each person: “new plan” (column 2) or “new plan” (column 3)? Choose one.',
    ]);
    expect((await read(text)).rows).toMatchObject([{ license: null }]);
    expect(await questionsOf(text, { columns: { license: null } })).toEqual([]);
  });

  test.each([
    ['of the first release', 'Name,E-mail,Plan,Status,User ID,Type,Registered on,Invited on,Last change,Changed by'],
    [
      'of today',
      'Name,E-mail,Plan,Status,User ID,Type,Registered on (UTC),Invited on (UTC),Last change (UTC),Changed by,Account',
    ],
  ])('not from an export of Carillon %s, which says what people have', async (_, heading) => {
    const { columns, table, questions } = await read(`\uFEFF${csv(heading, `Ana,ana@x.example,Pro,registered,${id}`)}`);
    expect({ columns, questions }).toEqual({ columns: { email: 1, userId: 4 }, questions: [] });
    expect(table[2]).toMatchObject({ role: null, reason: 'own-export', maybePlan: true });
  });
});

describe('the reason is read from', () => {
  test.each([
    ['email,reason', 1],
    ['email,notes', 1],
    ['email,note,why', 2],
    ['email,department', undefined],
  ])('%s', async (heading, column) => {
    expect((await read(csv(heading, 'ana@x.example'))).columns.reason).toBe(column);
  });

  test('none of two columns of one heading: it is asked', async () => {
    expect(await questionsOf(csv('email,note,note', 'ana@x.example,a,b'))).toHaveLength(1);
  });
});

describe('the headings stand', () => {
  test.each([
    ['on the first line', csv('email', 'ana@x.example'), 1, []],
    ['nowhere', csv('ana@x.example', 'ben@x.example'), null, []],
    [
      'below what PowerShell writes',
      csv('#TYPE Selected.ADUser', '"UserPrincipalName","Name"', '"ana@x.example","Ana"'),
      2,
      ['#TYPE Selected.ADUser'],
    ],
    [
      'below the version of a template',
      csv('version:v1.0,,', 'Name,User name [userPrincipalName],x', 'Ana,ana@x.example,x'),
      2,
      ['version:v1.0'],
    ],
    ['below a hint for Excel', csv('sep=;', 'email;plan', 'ana@x.example;Pro'), 2, ['sep=']],
    [
      'below titles and blank lines',
      csv('"License report, Nordwind"', 'Generated: 2026-11-24', '', 'Name,E-mail,Plan', 'Ana,ana@x.example,Pro'),
      4,
      ['License report, Nordwind', 'Generated: 2026-11-24'],
    ],
    [
      'below titles that a spreadsheet fills up',
      csv('License report,,', 'Generated,,', ',,', 'Name,E-mail,Plan', 'Ana,ana@x.example,Pro'),
      4,
      ['License report', 'Generated'],
    ],
    [
      'below a title with an address',
      csv('Questions: it@x.example', 'Name,E-mail', 'Ana,ana@x.example'),
      2,
      ['Questions: it@x.example'],
    ],
    [
      'below a title, though nothing in them is known',
      csv('Rapport', 'Nom,Contact,Forfait', 'Ana,ana@x.example,Pro'),
      2,
      ['Rapport'],
    ],
  ])('%s', async (_, text, headerLine, skipped) => {
    const file = await read(text);
    expect(file.headerLine).toBe(headerLine);
    expect(file.skipped.map(({ text }) => text)).toEqual(skipped);
    expect(file.skippedCount).toBe(skipped.length);
    expect(file.questions.filter(({ about }) => about === 'headings')).toEqual([]);
  });

  test('nobody knows where, if a person is named before what looks like headings: it is asked', async () => {
    const text = csv('ana@x.example', 'email', 'ben@x.example');

    expect(await questionsOf(text)).toEqual([
      'Line 2 looks like headings, but line 1 names a person. Choose which line has the headings, or that there are none.',
    ]);
    expect(await peopleIn(text, { headerLine: null })).toEqual([['ana@x.example'], ['ben@x.example']]);
    expect(await questionsOf(text, { headerLine: 2 })).toEqual([]);
  });

  test('where the operator says', async () => {
    const lines = Array.from({ length: 60 }, (_, index) => `${index + 1}: notes`);
    const file = await read(csv(...lines, 'Wer', 'ana@x.example'), { headerLine: 61 });
    expect(file).toMatchObject({ headerLine: 61, skippedCount: 60, records: 1, rows: [{ line: 62 }] });
    expect(file.skipped).toHaveLength(20);
    await expect(read('email\nana@x.example\n', { headerLine: 9 })).rejects.toMatchObject({ problem: 'no-such-line' });
  });
});

test('what separates the cells, and the encoding, are what the operator says', async () => {
  const file = await read(Buffer.from('email;note\nana@x.example;für,\n', 'latin1'), {
    delimiter: ',',
    encoding: 'UTF-8',
  });
  expect(file).toMatchObject({ delimiter: ',', encoding: 'UTF-8', table: [{ heading: 'email;note' }] });
});

describe('whatever the columns of a table are, shuffled, doubled, padded or missing', () => {
  const own = fc.constantFrom('email', 'E-mail', 'Primary email', 'UPN', 'Work mail', 'User', 'Contact');
  const others = [
    'Recovery Email',
    'Manager email',
    'managerMail',
    'Secondary address',
    'E-mail (alternate)',
    'Created by',
  ];
  const plans = [
    'Plan',
    'License',
    'Current plan',
    'From',
    'Assigned licenses',
    'Licence type',
    'New Licenses [UPLOAD ONLY]',
    'x',
  ];
  const column = fc.oneof(
    own.map((heading) => ({ heading, cell: (line: number) => `own-${line}@x.example` })),
    fc.constantFrom(...others).map((heading) => ({ heading, cell: (line: number) => `other-${line}@x.example` })),
    fc
      .tuple(fc.constantFrom(...plans), fc.array(fc.constantFrom(...licenses, ''), { minLength: 3, maxLength: 3 }))
      .map(([heading, cells]) => ({ heading, cell: (line: number) => cells[line] ?? '' })),
    fc.constant({ heading: 'Name', cell: (line: number) => `Person ${line}` }),
    fc.constant({ heading: '', cell: () => '' }),
  );
  const file = fc.record({
    columns: fc.array(column, { minLength: 1, maxLength: 7 }),
    hasHeadings: fc.boolean(),
    title: fc.constantFrom('', 'License report\n', '#TYPE x\n', 'version:v1.0\n\n'),
    delimiter: fc.constantFrom(',', ';', '\t', '|'),
    isCut: fc.boolean(),
  });

  test('no row gets a plan that neither a heading nor the operator wishes, nor a person from another address', () =>
    fc.assert(
      fc.asyncProperty(file, async ({ columns, hasHeadings, title, delimiter, isCut }) => {
        const heading = columns.map(({ heading }) => heading).join(delimiter);
        const lines = [0, 1, 2].map((line) => {
          const text = columns.map(({ cell }) => cell(line)).join(delimiter);
          return isCut && line === 2 ? text.replace(/[,;\t|]+$/, '') : text;
        });
        const { rows } = await read(`${title}${hasHeadings ? `${heading}\n` : ''}${lines.join('\n')}\n`).catch(() => ({
          rows: [],
        }));
        for (const { ref, license } of rows) {
          expect(license).toBeNull();
          if (hasHeadings) expect(ref.email ?? ref.upn ?? '').not.toContain('other-');
        }
      }),
      { numRuns: 500 },
    ));
});
