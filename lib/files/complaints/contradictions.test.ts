import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FileRow } from '../../lists/file.ts';
import { NamedPeople } from './contradictions.ts';

const named = (rows: FileRow[]) => {
  const people = new NamedPeople();
  for (const row of rows) people.add(row);
  return people.end();
};

const wishes = fc
  .array(
    fc.record({
      ref: fc
        .record({
          userId: fc.option(fc.constantFrom('p1', 'P1', 'p2')),
          email: fc.option(fc.constantFrom('a@x', 'A@x', 'b@x')),
          upn: fc.option(fc.constantFrom('a@x', 'c@x')),
        })
        .filter(({ userId, email, upn }) => (userId ?? email ?? upn) !== null),
      license: fc.constantFrom('Pro' as const, 'Basic' as const),
    }),
    { maxLength: 9 },
  )
  .map((some) => some.map((one, index): FileRow => ({ ...one, line: index + 2, reason: null })));

const keysOf = ({ ref }: FileRow) =>
  [ref.userId && `id ${ref.userId}`, ref.email, ref.upn].flatMap((key) => (key ? [key.toLowerCase()] : []));

/** Whether two lines say of the same person what they say, by nothing but these two. */
function isSame(one: FileRow, other: FileRow): boolean {
  if (one.ref.userId !== null && other.ref.userId !== null) {
    return one.ref.userId.toLowerCase() === other.ref.userId.toLowerCase();
  }
  return keysOf(one).some((key) => keysOf(other).includes(key));
}

test('no two lines that are used want different plans for one person, whatever else the file says', () =>
  fc.assert(
    fc.property(wishes, (rows) => {
      const used = named(rows).rows;
      for (const one of used) {
        for (const other of used) if (isSame(one, other)) expect(one.license).toBe(other.license);
      }
    }),
  ));

test('each line is used, repeats another, or is told with one that wants another plan', () =>
  fc.assert(
    fc.property(wishes, (rows) => {
      const { rows: used, duplicates, contradicted } = named(rows);
      expect(used.length + duplicates + contradicted.length).toBe(rows.length);
      for (const { row, otherLine } of contradicted) {
        expect(rows.find(({ line }) => line === otherLine)?.license).not.toBe(row.license);
      }
    }),
  ));

test('a file in which everybody wants one plan has no contradictions, and loses nobody', () =>
  fc.assert(
    fc.property(wishes, (rows) => {
      const { rows: used, contradicted } = named(rows.map((row) => ({ ...row, license: null })));
      expect(contradicted).toEqual([]);
      for (const row of rows) expect(used.some((one) => `${keysOf(one)}` === `${keysOf(row)}`)).toBe(true);
    }),
  ));
