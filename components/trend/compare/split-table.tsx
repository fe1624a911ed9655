import { number } from '@/lib/texts/formats.ts';
import { comparePage as texts } from '@/lib/texts/trend/comparison.ts';
import type { DaysAsked } from '@/lib/trend/address.ts';
import { cellPath } from '@/lib/trend/links.ts';
import type { CellFilter } from '@/lib/trend/moved.ts';
import type { Split, UpDown } from '@/lib/trend/splits.ts';
import { TableCard } from '../../ui/card.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { SoftLink } from '../../ui/soft-link.tsx';
import { cell, printed, rowHead } from './table-classes.ts';

type SplitTableProps<Group> = {
  accountId: string | null;
  asked: DaysAsked;
  licenses: string[];
  split: Split<Group>;
  kind: keyof typeof texts.by;
  nameOf: (group: Group) => string;
  /** Which of the people of the comparison are a group's. */
  filterOf: (group: Group) => CellFilter;
};

/** How many people got each plan, and how many have it no more, by group. */
export function SplitTable<Group>(props: SplitTableProps<Group>) {
  const { accountId, asked, licenses, split, kind, nameOf, filterOf } = props;
  const { rows, others } = split;
  return (
    <section className="min-w-0 break-inside-avoid">
      <h2 className="mb-2 text-large font-semibold print:mb-0.5">{texts.by[kind]}</h2>
      <TableCard className="print:rounded-none">
        <DataTable
          name={texts.by[kind]}
          columns={[
            { name: texts.who[kind], className: printed },
            ...[...licenses.map(texts.plan), texts.all].map((name) => ({ name, isNumber: true, className: printed })),
          ]}
          cardsBelow="sm"
          spacing="manyNumbers"
        >
          {rows.map(({ group, people, licenses: steps }) => {
            const [who, filter] = [nameOf(group), filterOf(group)];
            const to = (more: CellFilter) => cellPath(accountId, asked, { ...filter, ...more });
            return (
              <tr key={JSON.stringify(group)} className="row-lines hover:bg-hover max-sm:block max-sm:py-3">
                <th scope="row" className={`${rowHead} font-medium! [overflow-wrap:anywhere]`}>
                  <span className="print:line-clamp-2">{who}</span>
                </th>
                {licenses.map((license) => (
                  <UpDownCell key={license} license={license} steps={steps[license]} who={who} to={to} />
                ))}
                <td className={cell}>
                  <Name>{texts.all}</Name>
                  <SoftLink href={to({})} aria-label={`${texts.people(people)}: ${who}`} className={link}>
                    {number(people)}
                  </SoftLink>
                </td>
              </tr>
            );
          })}
          {others && (
            <tr className="row-lines text-quiet max-sm:block max-sm:py-3">
              <th scope="row" className={`${rowHead} font-normal!`}>
                {texts.others(others.groups)}
              </th>
              {licenses.map((license) => (
                <UpDownCell key={license} license={license} steps={others.licenses[license]} />
              ))}
              <td className={cell}>
                <Name>{texts.all}</Name>
                {number(others.people)}
              </td>
            </tr>
          )}
        </DataTable>
      </TableCard>
      {others && <p className="mt-1 text-small text-quiet print:hidden">{texts.othersHelp}</p>}
    </section>
  );
}

const link = 'text-act font-normal! decoration-line-strong';

const Name = ({ children }: { children: string }) => (
  <span aria-hidden="true" className="text-quiet sm:hidden">
    {children}
  </span>
);

type UpDownCellProps = {
  license: string;
  steps: UpDown | undefined;
  who?: string;
  to?: (more: CellFilter) => string;
};

function UpDownCell({ license, steps, who, to }: UpDownCellProps) {
  const { up, down } = steps ?? { up: 0, down: 0 };
  const ways = [
    { people: up, text: texts.up(up), name: texts.upLink, filter: { to: license } },
    { people: down, text: texts.down(down), name: texts.downLink, filter: { from: license } },
  ].filter(({ people }) => people > 0);
  return (
    <td className={cell}>
      <Name>{texts.plan(license)}</Name>
      <span className="inline-flex flex-wrap justify-end gap-x-2.5">
        {ways.length === 0 && <span className="text-faint">{number(0)}</span>}
        {ways.map(({ people, text, name, filter }) =>
          to && who !== undefined ? (
            <SoftLink key={text} href={to(filter)} aria-label={name(people, license, who)} className={link}>
              {text}
            </SoftLink>
          ) : (
            <span key={text}>{text}</span>
          ),
        )}
      </span>
    </td>
  );
}
