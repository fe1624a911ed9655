import type { ReactNode } from 'react';
import type { Breakdown, DepartmentFile, DepartmentRow } from '@/lib/departments/department.ts';
import { departmentsPage as texts } from '@/lib/texts/departments.ts';
import { number } from '@/lib/texts/formats.ts';
import { comparePath, departmentsExportPath, trendPath } from '@/lib/trend/address.ts';
import type { DrawAgain } from '../live/use-draw-again.ts';
import { PrintButton } from '../trend/compare/print-button.tsx';
import { KeptDrawn } from '../trend/kept-drawn.tsx';
import { buttonLook } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { DataTable } from '../ui/data-table.tsx';
import { HeadingBar, PageHeading } from '../ui/heading.tsx';
import { Notice } from '../ui/notice.tsx';
import { SoftLink } from '../ui/soft-link.tsx';

type DepartmentsProps = {
  account: { id: string; name: string };
  /** Undefined where no file says any. */
  file: DepartmentFile | undefined;
  breakdown: Breakdown;
  zone: string;
  mayKeep: boolean;
  drawAgain: DrawAgain;
  /** Where an admin hands in a file. */
  children: ReactNode;
};

/** How many people of each department have which plan. */
export function Departments({ account, file, breakdown, zone, mayKeep, drawAgain, children }: DepartmentsProps) {
  return (
    <>
      <KeptDrawn accountId={account.id} drawAgain={drawAgain} />
      <SoftLink href={trendPath(account.id)} className="text-act text-small print:hidden">
        {texts.back}
      </SoftLink>
      <HeadingBar>
        <PageHeading className="mt-1">{texts.titleOf(account.name)}</PageHeading>
        {file && (
          <div className="flex flex-wrap gap-2 print:hidden">
            <PrintButton />
            <a href={departmentsExportPath(account.id)} download className={buttonLook.plain}>
              {texts.csv}
            </a>
          </div>
        )}
      </HeadingBar>
      {file ? (
        <>
          <p className="mt-1 max-w-[80ch] text-quiet wrap-anywhere">{texts.from(file, zone)}</p>
          <BreakdownTable name={account.name} breakdown={breakdown} />
          <p className="mt-3 print:hidden">
            <SoftLink href={comparePath(account.id)} className="text-act">
              {texts.compare}
            </SoftLink>
          </p>
        </>
      ) : (
        <div className="mt-4">
          <Notice tone="quiet" icon="group">
            {texts.none} {!mayKeep && texts.askAdmin}
          </Notice>
        </div>
      )}
      {children}
    </>
  );
}

type BreakdownTableProps = { name: string; breakdown: Breakdown };

function BreakdownTable({ name, breakdown: { licenses, rows, others } }: BreakdownTableProps) {
  const numbers = [...licenses.map(texts.plan), texts.people].map((heading) => ({ name: heading, isNumber: true }));
  return (
    <>
      <Card className="mt-5 overflow-x-auto">
        <DataTable
          name={texts.caption(name)}
          columns={[{ name: texts.department }, ...numbers]}
          cardsBelow="sm"
          spacing="numbers"
        >
          {rows.map((row) => (
            <Row key={row.department} name={row.department ?? texts.notKnown} licenses={licenses} row={row} />
          ))}
          {others && <Row name={texts.others(others.departments)} licenses={licenses} row={others} />}
        </DataTable>
      </Card>
      {others && <p className="mt-2 text-small text-quiet">{texts.othersHelp}</p>}
    </>
  );
}

type RowProps = { name: string; licenses: string[]; row: Pick<DepartmentRow, 'people' | 'licenses'> };

const Row = ({ name, licenses, row }: RowProps) => (
  <tr className="row-lines hover:bg-hover max-sm:block max-sm:py-2">
    <th scope="row" className="px-4 py-2 text-start font-semibold wrap-anywhere max-sm:block max-sm:py-0">
      {name}
    </th>
    {licenses.map((license) => (
      <Count key={license} name={texts.plan(license)} people={row.licenses[license] ?? 0} />
    ))}
    <Count name={texts.people} people={row.people} />
  </tr>
);

/** A number; on a phone it says what it is. */
const Count = ({ name, people }: { name: string; people: number }) => (
  <td className="px-4 py-2 text-end max-sm:flex max-sm:justify-between max-sm:py-0.5 max-sm:text-start">
    <span aria-hidden="true" className="text-quiet sm:hidden">
      {name}
    </span>
    {number(people)}
  </td>
);
