import type { ReactNode } from 'react';

/** Where a page is narrower than this, each row of a table is a card. */
type CardsBelow = 'sm' | 'md' | 'lg';

type Column = { name: string; isNumber?: boolean /** Classes, such as a width. */; className?: string };

type DataTableProps = {
  /** What the table is called, for those who do not see it; or the ID of what already says so. */
  name: string | { labelledBy: string };
  columns: Column[];
  cardsBelow: CardsBelow;
  /** text: a sentence may follow a name closely. numbers: each column is as far from the last as from the next. */
  spacing: keyof typeof headings;
  /** Whether the columns have the widths they are given, whatever is in them. */
  isFixed?: boolean;
  /** The rows. */
  children: ReactNode;
};

const headings = {
  text: 'py-2 pe-4 first:ps-4',
  numbers: 'px-4 py-2',
  manyNumbers: 'px-3 py-2 first:ps-4 last:pe-4',
};

const block: Record<CardsBelow, string> = { sm: 'max-sm:block', md: 'max-md:block', lg: 'max-lg:block' };
const spokenOnly: Record<CardsBelow, string> = { sm: 'max-sm:sr-only', md: 'max-md:sr-only', lg: 'max-lg:sr-only' };

/** A row of a table of texts, and its cells; the first one begins at the edge. */
export const textRow = {
  sm: {
    row: 'row-lines hover:bg-hover max-sm:block max-sm:px-4 max-sm:py-3',
    first: 'ps-4 max-sm:ps-0',
    cell: 'py-2.5 pe-4 align-top max-sm:block max-sm:py-0.5 max-sm:pe-0',
  },
  md: {
    row: 'row-lines hover:bg-hover max-md:block max-md:[--cell-line:0px] max-md:px-4 max-md:py-3',
    first: 'ps-4 max-md:ps-0',
    cell: 'py-2.5 pe-4 align-top max-md:block max-md:py-0.5 max-md:pe-0',
  },
  lg: {
    row: 'row-lines hover:bg-hover max-lg:block max-lg:[--cell-line:0px] max-lg:px-4 max-lg:py-3',
    first: 'ps-4 max-lg:ps-0',
    cell: 'py-2.5 pe-4 align-top max-lg:block max-lg:py-0.5 max-lg:pe-0',
  },
};

/** A table with a heading for each column; on a narrow page its rows are cards, and its headings are only spoken. */
export function DataTable({ name, columns, cardsBelow, spacing, isFixed = false, children }: DataTableProps) {
  return (
    <table
      aria-labelledby={typeof name === 'string' ? undefined : name.labelledBy}
      className={`w-full border-separate border-spacing-0 ${isFixed ? 'table-fixed' : ''} ${block[cardsBelow]}`}
    >
      {typeof name === 'string' && <caption className="sr-only">{name}</caption>}
      <thead className={`text-small text-faint ${spokenOnly[cardsBelow]}`}>
        <tr>
          {columns.map((column) => (
            <Heading key={column.name} column={column} spacing={spacing} />
          ))}
        </tr>
      </thead>
      <tbody className={block[cardsBelow]}>{children}</tbody>
    </table>
  );
}

function Heading({ column, spacing }: { column: Column } & Pick<DataTableProps, 'spacing'>) {
  const { name, isNumber = false, className = '' } = column;
  const look = `border-b border-line font-medium ${headings[spacing]} ${isNumber ? 'text-end' : 'text-start'} ${className}`;
  // Over buttons there is nothing to say.
  return name === '' ? (
    <td className={look} />
  ) : (
    <th scope="col" className={look}>
      {name}
    </th>
  );
}
