import { number } from '@/lib/texts/formats.ts';
import { comparePage as texts } from '@/lib/texts/trend/comparison.ts';
import type { DaysAsked } from '@/lib/trend/address.ts';
import { cellPath, movedPath } from '@/lib/trend/links.ts';
import { type MatrixCell, matrixOf } from '@/lib/trend/matrix.ts';
import type { ComparisonAnswer } from '@/lib/trend/view.ts';
import { TableCard } from '../../ui/card.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { SoftLink } from '../../ui/soft-link.tsx';
import { cell, printed, rowHead } from './table-classes.ts';

type MatrixTableProps = { accountId: string | null; asked: DaysAsked; answer: ComparisonAnswer };

/** Who went from which plan to which: each number leads to exactly its people. */
export function MatrixTable({ accountId, asked, answer }: MatrixTableProps) {
  const { rows, columns } = matrixOf(answer);
  const { people, changes } = answer.cameBack;
  return (
    <section className="mt-8 print:mt-3">
      <h2 className="text-large font-semibold">{texts.matrix}</h2>
      <p className="mt-0.5 mb-2 text-small text-quiet print:mb-1">{texts.matrixHelp}</p>
      <TableCard className="print:rounded-none">
        <DataTable
          name={texts.matrix}
          columns={[
            { name: texts.fromPlan, className: printed },
            ...[...columns.map(({ held }) => columnName(held)), texts.opening].map((name) => ({
              name,
              isNumber: true,
              className: printed,
            })),
          ]}
          cardsBelow="sm"
          spacing="manyNumbers"
        >
          {rows.map(({ held, cells, total }) => (
            <tr key={held} className="row-lines hover:bg-hover max-sm:block max-sm:py-3">
              <th scope="row" className={rowHead}>
                {held === null ? texts.joined : texts.plan(held)}
              </th>
              {columns.map((column) => (
                <People
                  key={column.held}
                  cell={cells.find(({ to }) => to === column.held)}
                  name={columnName(column.held)}
                  {...{ accountId, asked }}
                />
              ))}
              <td className={`${cell} font-semibold`}>
                <Name>{texts.opening}</Name>
                {number(total)}
              </td>
            </tr>
          ))}
          <tr className="row-lines font-semibold max-sm:block max-sm:py-3">
            <th scope="row" className={rowHead}>
              {texts.closing}
            </th>
            {columns.map(({ held, total }) => (
              <td key={held} className={cell}>
                <Name>{columnName(held)}</Name>
                {number(total)}
              </td>
            ))}
            <td className={`${cell} max-sm:hidden`} />
          </tr>
        </DataTable>
      </TableCard>
      {people > 0 && (
        <p className="mt-2 flex flex-wrap items-center gap-x-3 text-quiet">
          {texts.cameBack(people, changes)}
          <SoftLink
            href={movedPath(accountId, { of: 'cell', days: asked, filter: { cameBack: true } })}
            className="text-act print:hidden"
          >
            {texts.showThem}
          </SoftLink>
        </p>
      )}
    </section>
  );
}

const columnName = (held: string | null) => (held === null ? texts.left : texts.plan(held));

/** The column's name, where the table is a list of cards. */
const Name = ({ children }: { children: string }) => (
  <span aria-hidden="true" className="font-normal text-quiet sm:hidden">
    {children}
  </span>
);

type PeopleProps = { cell: MatrixCell | undefined; name: string; accountId: string | null; asked: DaysAsked };

function People({ cell: one, name, accountId, asked }: PeopleProps) {
  if (!one) return <td className={`${cell} max-sm:hidden`} />;
  const { from, to, people, same } = one;
  return (
    <td className={`${cell} ${same ? 'text-quiet' : ''}`}>
      <Name>{name}</Name>
      {same ? (
        <span>
          {number(people)}
          <span className="sr-only">, {texts.same}</span>
        </span>
      ) : people === 0 ? (
        <span className="text-faint">{number(0)}</span>
      ) : (
        <SoftLink
          href={cellPath(accountId, asked, { from, to })}
          aria-label={texts.cell(people, { from, to })}
          className="text-act decoration-line-strong"
        >
          {number(people)}
        </SoftLink>
      )}
    </td>
  );
}
