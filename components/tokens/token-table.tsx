import type { ReactNode } from 'react';
import { tokens as texts } from '@/lib/texts/access/tokens.ts';
import { when } from '@/lib/texts/formats.ts';
import type { TokenView } from '@/lib/tokens/token.ts';
import { TextButton } from '../ui/button.tsx';
import { TableCard } from '../ui/card.tsx';
import { DataTable, textRow } from '../ui/data-table.tsx';
import { Moment } from '../ui/moment.tsx';

export const revokeButtonId = (tokenId: string | undefined) => `revoke-${tokenId}`;

const cell = 'py-2.5 pe-4 max-sm:block max-sm:py-0.5 max-sm:pe-0';

type TokenTableProps = { tokens: TokenView[]; onRevoke: (token: TokenView) => void };

/** Tokens that are good, newest first; on a phone one below the other. */
export function TokenTable({ tokens, onRevoke }: TokenTableProps) {
  return (
    <TableCard>
      <DataTable
        name={texts.caption}
        columns={[
          ...[texts.name, texts.made, texts.used, texts.ends].map((name) => ({ name, className: 'whitespace-nowrap' })),
          { name: '' },
        ]}
        cardsBelow="sm"
        spacing="text"
      >
        {tokens.map((token) => (
          <tr key={token.id} className={textRow.sm.row}>
            <th scope="row" className={`${cell} ${textRow.sm.first} text-start font-semibold wrap-anywhere`}>
              {token.name}
            </th>
            <Fact name={texts.made}>
              <Moment at={token.createdAt} as={when.dayAndClock} />
            </Fact>
            <Fact name={texts.used}>
              {token.lastUsedAt ? <Moment at={token.lastUsedAt} as={when.dayAndClock} /> : texts.never}
            </Fact>
            <Fact name={texts.ends}>
              <Moment at={token.expiresAt} as={when.date} />
            </Fact>
            <td className={`${cell} text-end max-sm:text-start`}>
              <TextButton
                id={revokeButtonId(token.id)}
                aria-label={texts.revokeNamed(token.name)}
                className="pointer-coarse:min-h-11"
                // The focus goes to the next token's button: a key that is held down must not go through them all.
                onKeyDown={(event) => event.repeat && event.preventDefault()}
                onClick={() => onRevoke(token)}
              >
                {texts.revoke}
              </TextButton>
            </td>
          </tr>
        ))}
      </DataTable>
    </TableCard>
  );
}

/** A plain fact; on a card it says what it is. */
const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <td className={`${cell} text-small text-quiet`}>
    <span className="text-faint sm:hidden">{name}: </span>
    {children}
  </td>
);
