import { expect, test } from 'vitest';
import { columnsFrom, paramsOfChoices } from './upload.ts';

test.each([[{ email: 0 }], [{ userId: 3, upn: null, license: 0, reason: 12 }], [{ license: null }]])(
  'columns come back from an address %#',
  (columns) => {
    expect(columnsFrom(paramsOfChoices({ columns }).get('columns') ?? '')).toEqual(columns);
  },
);

test('an address says no more than was chosen', () => {
  expect(String(paramsOfChoices({}))).toBe('');
  expect(String(paramsOfChoices({ headerLine: null, delimiter: '|', columns: {} }))).toBe('delimiter=%7C&header=none');
});

test.each(['', 'email', 'email.x', 'owner.2', 'email.1-', 'reason.99999'])(
  'columns that are none are not read as others: “%s”',
  (text) => {
    expect(columnsFrom(text)).toBeUndefined();
  },
);
