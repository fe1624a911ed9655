import type { ReactNode } from 'react';
import { decimal, type Price } from '@/lib/costs/price.ts';
import { pricesPage as texts } from '@/lib/texts/costs.ts';
import { money, when } from '@/lib/texts/formats.ts';
import { TextButton } from '../ui/button.tsx';
import { TableCard } from '../ui/card.tsx';
import { DataTable, textRow } from '../ui/data-table.tsx';

const { row, first, cell } = textRow.sm;

type PriceTableProps = {
  prices: Price[];
  /** Null for those who may not. */
  onWithdraw: ((price: Price) => void) | null;
};

/** Prices with their history; on a phone one below the other. */
export function PriceTable({ prices, onWithdraw }: PriceTableProps) {
  const headings = [texts.validFrom, texts.perDay, texts.capPerMonth, texts.source, texts.entered];
  return (
    <TableCard>
      <DataTable
        name={texts.caption}
        columns={[...headings, ...(onWithdraw ? [''] : [])].map((name) => ({ name, className: 'whitespace-nowrap' }))}
        cardsBelow="sm"
        spacing="text"
      >
        {prices.map((price) => (
          <PriceRow key={price.id} price={price} onWithdraw={onWithdraw} />
        ))}
      </DataTable>
    </TableCard>
  );
}

/** The day of a moment, the same on the server and in every browser. */
const dayOf = (at: string) => when.date(at, 'UTC');

function PriceRow({ price, onWithdraw }: { price: Price } & Pick<PriceTableProps, 'onWithdraw'>) {
  const { validFrom, currency, decimals, perDay, capPerMonth, source, enteredBy, enteredAt, withdrawn } = price;
  const amount = (value: bigint) => money(decimal(value, decimals), currency);
  const gone = withdrawn ? 'line-through' : '';
  return (
    <tr className={row}>
      <th scope="row" className={`${cell} ${first} text-start font-semibold whitespace-nowrap ${gone}`}>
        {texts.date(validFrom)}
      </th>
      <Fact name={texts.perDay}>
        <span className={gone}>{amount(perDay)}</span>
      </Fact>
      <Fact name={texts.capPerMonth}>
        <span className={gone}>{amount(capPerMonth)}</span>
      </Fact>
      <Fact name={texts.source}>
        <span className="wrap-anywhere">{source}</span>
      </Fact>
      <Fact name={texts.entered}>
        {texts.enteredBy(enteredBy, dayOf(enteredAt))}
        {withdrawn && <span className="block">{texts.withdrawn(withdrawn.by, dayOf(withdrawn.at))}</span>}
      </Fact>
      {onWithdraw && (
        <td className={`${cell} text-end max-sm:text-start`}>
          {!withdrawn && (
            <TextButton
              aria-label={texts.withdrawNamed(validFrom)}
              className="pointer-coarse:min-h-11"
              onClick={() => onWithdraw(price)}
            >
              {texts.withdraw}
            </TextButton>
          )}
        </td>
      )}
    </tr>
  );
}

/** A plain fact; on a card it says what it is. */
const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <td className={`${cell} text-small text-quiet`}>
    <span className="text-faint sm:hidden">{name}: </span>
    {children}
  </td>
);
