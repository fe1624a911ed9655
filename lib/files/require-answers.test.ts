import { expect, test } from 'vitest';
import { readText as read } from '../../testing/files.ts';
import { requireAnswers } from './require-answers.ts';

test('a file of which something is open leads to no preview, and it is said what to choose', async () => {
  const file = await read('Email,E-mail\nana@x.example,ben@x.example\n');
  expect(() => requireAnswers(file, 'Pro')).toThrow(
    'Which column contains the people: “Email” (column 1) or “E-mail” (column 2)? Choose one.',
  );
});

test('nor does one without a column of plans where not everybody gets one plan', async () => {
  const file = await read('email,plan\nana@x.example,Pro\n');
  expect(() => requireAnswers(file, null)).toThrow('Choose one plan for everyone, or choose the column');
  expect(() => requireAnswers(file, 'Pro')).not.toThrow();
});

test('a file that says by its headings who gets which plan does', async () => {
  const file = await read('email,new plan\nana@x.example,Pro\n');
  expect(() => requireAnswers(file, null)).not.toThrow();
});
