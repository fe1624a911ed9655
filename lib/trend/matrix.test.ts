import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { comparePage } from '../texts/trend/comparison.ts';
import type { Cell } from './comparison.ts';
import { type Compared, everyoneLine, licensesOf, matrixOf, type PlanLine, planLines } from './matrix.ts';
import { splitOf } from './splits.ts';

/** A comparison of so many who stayed, and who went where. */
function comparedOf(stayed: Record<string, number>, cells: Cell[]): Compared {
  const opening = { ...stayed };
  const closing = { ...stayed };
  for (const { from, to, people } of cells) {
    if (from !== null) opening[from] = (opening[from] ?? 0) + people;
    if (to !== null) closing[to] = (closing[to] ?? 0) + people;
  }
  return { opening, closing, stayed, cells };
}

const october = comparedOf({ Basic: 4000, Pro: 789 }, [
  { from: null, to: 'Pro', people: 12 },
  { from: 'Basic', to: 'Pro', people: 140 },
  { from: 'Pro', to: 'Basic', people: 25 },
  { from: 'Pro', to: null, people: 6 },
]);

const lineOf = (license: string, of: Compared) => planLines(of).filter((line) => line.license === license);

describe('the printed line of a plan', () => {
  test('says what it was, what was added and taken, and what it is', () => {
    expect(lineOf('Pro', october).map(comparePage.equation)).toEqual([
      '820 + 12 joined + 140 up − 25 down − 6 left = 941',
    ]);
    expect(comparePage.equation(everyoneLine(planLines(october)))).toBe('4,960 + 12 joined − 6 left = 4,966');
  });

  test('leaves out what nobody did, also where everyone has left', () => {
    const gone = comparedOf({}, [{ from: 'Pro', to: null, people: 820 }]);
    expect(lineOf('Pro', gone).map(comparePage.equation)).toEqual(['820 − 820 left = 0']);
    expect(lineOf('Basic', comparedOf({ Basic: 7 }, [])).map(comparePage.equation)).toEqual(['7 = 7']);
  });

  test('is there for a license that Chime invents, as Chime spells it, and for people without one', () => {
    const tomorrow = comparedOf({ none: 1 }, [{ from: 'Pro', to: 'Platinum', people: 3 }]);
    expect(
      planLines(tomorrow).map((line) => `${comparePage.plan(line.license)}: ${comparePage.equation(line)}`),
    ).toEqual(['Pro: 3 − 3 down = 0', 'Platinum: 0 + 3 up = 3', 'Unknown: 1 = 1']);
  });
});

const held = fc.constantFrom(null, 'Basic', 'Plus', 'Pro', 'ProTrial', 'Platinum', 'none');
const cells = fc.uniqueArray(
  fc
    .record({ from: held, to: held, people: fc.integer({ min: 1, max: 1_000_000 }) })
    .filter(({ from, to }) => from !== to),
  { selector: ({ from, to }) => `${from} ${to}` },
);
const stayed = fc.dictionary(fc.constantFrom('Basic', 'Pro', 'Platinum', 'none'), fc.nat(1_000_000));

/** What a line that was printed comes to, and what it says it comes to. */
function readLine(line: Omit<PlanLine, 'license'>): [number, number] {
  const [sum = '', result = ''] = comparePage.equation(line).replaceAll(',', '').split(' = ');
  const terms = sum.replaceAll('− ', '-').replaceAll('+ ', '').match(/-?\d+/g) ?? [];
  return [terms.reduce((all, term) => all + Number(term), 0), Number(result)];
}

test('whatever happened, each printed line adds up, and so do rows, columns and margins of the table', () => {
  fc.assert(
    fc.property(stayed, cells, (same, moved) => {
      const of = comparedOf(same, moved);
      const lines = planLines(of);
      for (const line of [...lines, everyoneLine(lines)]) {
        const [sum, result] = readLine(line);
        expect(sum).toBe(result);
      }
      const { rows, columns } = matrixOf(of);
      for (const { held: plan, total } of rows) if (plan !== null) expect(total).toBe(of.opening[plan] ?? 0);
      for (const { held: plan, total } of columns) if (plan !== null) expect(total).toBe(of.closing[plan] ?? 0);
      expect(rows.find((row) => row.held === null)?.total ?? 0).toBe(everyoneLine(lines).joined);
      expect(columns.find((column) => column.held === null)?.total ?? 0).toBe(everyoneLine(lines).left);
      const shown = rows.flatMap((row) => row.cells).filter(({ same: isSame, people }) => !isSame && people > 0);
      expect(shown).toHaveLength(moved.length);
    }),
  );
});

test('plans stand cheapest first, then those only Chime knows, then none', () => {
  const all = { none: 1, Zinc: 1, Pro: 1, Amber: 1, Basic: 1 };
  expect(licensesOf({ opening: all, closing: {}, cells: [] })).toEqual(['Basic', 'Pro', 'Amber', 'Zinc', 'none']);
});

test('groups beyond the largest are one, and nobody is lost or counted twice', () => {
  const domains = fc.array(
    fc.record({
      from: held,
      to: held,
      people: fc.integer({ min: 1, max: 999 }),
      domain: fc.constantFrom('a', 'b', 'c', 'd', null),
    }),
  );
  fc.assert(
    fc.property(domains, fc.integer({ min: 1, max: 5 }), (moved, most) => {
      const { rows, others } = splitOf(moved, ({ domain }) => domain, most);
      const all = [...rows, ...(others ? [others] : [])];
      expect(rows.length).toBeLessThanOrEqual(most);
      expect(new Set(rows.map(({ group }) => group)).size).toBe(rows.length);
      const sum = (numbers: number[]) => numbers.reduce((total, one) => total + one, 0);
      expect(sum(all.map(({ people }) => people))).toBe(sum(moved.map(({ people }) => people)));
      expect(sum(all.map(({ licenses }) => licenses.Pro?.up ?? 0))).toBe(
        sum(moved.filter(({ to }) => to === 'Pro').map(({ people }) => people)),
      );
    }),
  );
});
