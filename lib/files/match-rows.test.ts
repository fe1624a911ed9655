import { expect, test } from 'vitest';
import { readText as read } from '../../testing/files.ts';
import { accountId, person, withPeople } from '../../testing/people.ts';
import type { FileUse } from '../lists/file.ts';
import { fileComplaint, fileProblems, fileQuestion } from '../texts/files.ts';
import { matchRows, previewOf } from './match-rows.ts';
import { requireDaysWithin } from './require-answers.ts';

const asked = async (text: string, use: FileUse) => {
  const { questions, table, rows } = await read(text, {}, use);
  expect(rows).toEqual([]);
  return questions.map((question) => fileQuestion(question, table));
};

test('the column of hosted days or of departments is one whose heading says so; else it is asked for', async () => {
  const hosted = await read('Email,Days Hosted\nana@x.example,3\n', {}, 'activity');
  expect(hosted.rows).toMatchObject([{ line: 2, days: 3 }]);
  const departments = await read('Department;User Principal Name\nSales;ana@x.example\n', {}, 'departments');
  expect(departments.rows).toMatchObject([{ line: 2, department: 'Sales' }]);

  expect(await asked('Email,Days\nana@x.example,3\n', 'activity')).toEqual([
    'No heading says which column has the number of days hosted. Choose the column.',
  ]);
  expect(await asked('Email,Cost center,Department\nana@x.example,4711,Sales\n', 'departments')).toEqual([
    'Which column contains the department or cost centre: “Cost center” (column 2) or “Department” (column 3)? Choose one.',
  ]);
  expect(await asked('ana@x.example,Sales\n', 'departments')).toEqual([
    'No heading says which column has the department or cost centre. Choose the column.',
  ]);
  const chosen = { columns: { department: 1 } };
  const { rows } = await read('Email,Cost center,Department\nana@x.example,4711,Sales\n', chosen, 'departments');
  expect(rows).toMatchObject([{ department: '4711' }]);
});

test('a file of plans takes no department for anything', async () => {
  const { columns, questions } = await read('Email,Department,Cost center\nana@x.example,Sales,4711\n');
  expect({ columns, questions }).toEqual({ columns: { email: 0 }, questions: [] });
});

test('lines with no value, a wrong one, or another one for the same person are told and not used', async () => {
  const hosted =
    'Email,Days hosted\na@x.example,\nb@x.example,-1\nc@x.example,1.5\nd@x.example,32\ne@x.example,2\nE@x.example,3\n';
  const { rows, complaints } = await read(hosted, {}, 'activity');
  expect(rows).toEqual([]);
  expect(complaints.map(fileComplaint)).toEqual([
    'Line 2: no number of days. Write one, or remove the line.',
    'Line 3: “-1” is not a number of days. Write a whole number from 0 to 31.',
    'Line 4: “1.5” is not a number of days. Write a whole number from 0 to 31.',
    'Line 5: “32” is not a number of days. Write a whole number from 0 to 31.',
    'Line 6: “e@x.example” has another value on line 7, so both lines are ignored. Keep one of them.',
    'Line 7: “E@x.example” has another value on line 6, so both lines are ignored. Keep one of them.',
  ]);
  const departments = await read(`Email,Department\na@x.example,\nb@x.example,${'x'.repeat(201)}\n`, {}, 'departments');
  expect(departments.complaints.map(fileComplaint)).toEqual([
    'Line 2: no department. Write one, or remove the line.',
    'Line 3: the department has 201 characters. Shorten it to 200.',
  ]);
});

test('more days than the month has are refused with the line', async () => {
  const { rows } = await read('Email,Days hosted\na@x.example,28\nb@x.example,29\n', {}, 'activity');
  expect(() => requireDaysWithin(rows, 28)).toThrow(fileProblems['too-many-days'](3));
  expect(() => requireDaysWithin(rows, 29)).not.toThrow();
});

test('each person counts once; lines of strangers, of several people, and of different values for one person do not', () =>
  withPeople(
    [
      person('11111111-1111-4111-8111-111111111111', 'Ana', { email: 'ana@x.example' }),
      person('22222222-2222-4222-8222-222222222222', 'Ben', { email: 'ben@x.example' }),
      person('33333333-3333-4333-8333-333333333333', 'Ben too', { email: 'BEN@x.example' }),
      person('44444444-4444-4444-8444-444444444444', 'Cleo', { email: 'cleo@x.example' }),
      person('55555555-5555-4555-8555-555555555555', 'Dan', { email: 'dan@x.example' }),
    ],
    async (db) => {
      const text = [
        'Email,User ID,Days hosted',
        'ana@x.example,,3',
        ',11111111-1111-4111-8111-111111111111,3',
        'ben@x.example,,4',
        'cleo@x.example,,5',
        ',44444444-4444-4444-8444-444444444444,6',
        'nobody@x.example,,1',
        'dan@x.example,,0',
      ].join('\n');
      const { rows } = await read(text, {}, 'activity');
      const found = await matchRows(db, accountId, rows);
      expect(found.matched.map(({ row }) => [row.line, row.days])).toEqual([
        [2, 3],
        [8, 0],
      ]);
      const preview = previewOf(found);
      expect(preview).toMatchObject({
        matched: 2,
        unmatched: { count: 1, first: [{ line: 7, text: 'nobody@x.example' }] },
        unclear: { count: 3, first: [{ line: 4 }, { line: 5 }, { line: 6 }] },
      });
      const other = await read(
        text.replace('ana@x.example,,3', 'ana@x.example,,9').replace('111111,3', '111111,9'),
        {},
        'activity',
      );
      expect(previewOf(await matchRows(db, accountId, other.rows)).fingerprint).not.toBe(preview.fingerprint);
    },
  ));
