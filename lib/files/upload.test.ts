import { expect, test } from 'vitest';
import { columnsFrom, textOfColumns } from './upload.ts';

test.each([[{}], [{ email: 0 }], [{ userId: 3, license: 0, reason: 12 }]])(
  'columns come back from an address %#',
  (columns) => {
    expect(columnsFrom(textOfColumns(columns))).toEqual(columns);
  },
);

test('what is no column in an address is left out', () => {
  expect(columnsFrom('email.1-license.x-owner.2-reason.99999--userId.-')).toEqual({ email: 1 });
});
