import { csvHead, csvLine, csvMoment } from '../csv.ts';
import { comparePage, comparisonColumns, comparisonParts } from '../texts/trend/comparison.ts';
import type { ComparisonInAll } from '../trend/comparison/compare-moments.ts';
import type { Cell, DepartmentCell, DomainCell } from '../trend/comparison.ts';
import type { Whose } from '../trend/view.ts';

/** A comparison as CSV (RFC 4180), in the words of the screen: a line for each number, with every operator, batch, domain and department. */
export async function* exportComparison(
  { account }: Pick<Whose, 'account'>,
  { comparison, domains, departments }: ComparisonInAll,
): AsyncGenerator<string> {
  const { from, to, zone, asOf, opening, closing, stayed, cameBack } = comparison;
  yield csvHead(comparisonColumns);
  const facts = [
    [comparisonParts.account, account?.name ?? comparePage.allAccounts],
    [comparisonParts.from, csvMoment(from)],
    [comparisonParts.to, csvMoment(to)],
    [comparisonParts.zone, zone],
    [comparisonParts.asOf, csvMoment(asOf)],
  ];
  yield facts.map(([part = '', of = '']) => csvLine([part, of, '', '', ''])).join('');
  const ofPlans = (part: string, people: Record<string, number>, at: 'start' | 'end' | 'both') =>
    Object.entries(people).map(([license, count]) => {
      const name = comparePage.plan(license);
      return csvLine([part, '', at === 'end' ? '' : name, at === 'start' ? '' : name, String(count)]);
    });
  yield [
    ...ofPlans(comparisonParts.opening, opening, 'start'),
    ...ofPlans(comparisonParts.closing, closing, 'end'),
    ...ofPlans(comparisonParts.same, stayed, 'both'),
    csvLine([comparisonParts.cameBack, '', '', '', String(cameBack.people)]),
    csvLine([comparisonParts.changes, '', '', '', String(cameBack.changes)]),
  ].join('');
  const ofCells = <One extends Cell | DomainCell | DepartmentCell>(
    part: string,
    cells: One[],
    of: (one: One) => string,
  ) =>
    cells
      .map((one) => csvLine([part, of(one), comparePage.held(one.from), comparePage.held(one.to), String(one.people)]))
      .join('');
  yield ofCells(comparisonParts.cells, comparison.cells, () => '');
  yield ofCells(comparePage.by.origin, comparison.byOrigin, ({ origin }) => comparePage.origins[origin]);
  yield ofCells(comparePage.by.operator, comparison.byOperator, ({ operator }) => operator.name);
  yield ofCells(comparePage.by.batch, comparison.byBatch, ({ batch }) => comparePage.batch(batch.reason, batch.by));
  yield ofCells(comparePage.by.domain, domains, ({ domain }) => domain ?? comparePage.noDomain);
  yield ofCells(
    comparePage.by.department,
    departments?.cells ?? [],
    ({ department }) => department ?? comparePage.noDepartment,
  );
}

/** How many lines of numbers the file has that are not about all people. */
export const rowsOfComparison = ({ comparison, domains, departments }: ComparisonInAll) =>
  [
    ...[comparison.cells, comparison.byOrigin, comparison.byOperator, comparison.byBatch, domains],
    departments?.cells ?? [],
  ].reduce((sum, part) => sum + part.length, 0);
