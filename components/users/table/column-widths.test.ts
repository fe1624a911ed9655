import fc from 'fast-check';
import { expect, test } from 'vitest';
import { optionalColumns } from '@/lib/users/columns.ts';
import { scrolling, tableClasses, widthOf } from './column-widths.ts';

const columnChoices = fc.subarray([...optionalColumns]);

test('a table of whichever columns scrolls in its box as soon as the box is narrower than the columns, and says so', () => {
  fc.assert(
    fc.property(columnChoices, (columns) => {
      const { box, hint } = tableClasses(columns);
      const step = scrolling.find((one) => one.box === box && one.hint === hint);
      expect(step?.below).toBeGreaterThanOrEqual(
        columns.every((column) => column === 'changed') ? 0 : widthOf(columns),
      );
    }),
  );
  expect(scrolling.at(-1)?.below).toBeGreaterThanOrEqual(widthOf([...optionalColumns]));
});

test('each step is wider than the one before, and its classes say its width', () => {
  expect(scrolling.map(({ below }) => below)).toEqual(scrolling.map(({ below }) => below).toSorted((a, b) => a - b));
  for (const { below, box, hint } of scrolling) {
    expect([box, hint]).toEqual([`sm:@max-[${below}rem]/people:scrolls`, `sm:@max-[${below}rem]/people:block`]);
  }
});
