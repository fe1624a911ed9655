import type { ReactNode } from 'react';
import { when } from '@/lib/texts/formats.ts';
import { tokens as texts } from '@/lib/texts/tokens.ts';
import type { TokenView } from '@/lib/tokens/token.ts';
import { TextButton } from '../ui/button.tsx';
import { Moment } from '../ui/moment.tsx';

export const revokeButtonId = (tokenId: string | undefined) => `revoke-${tokenId}`;

const head = 'border-b border-line py-2 pe-4 text-start font-medium whitespace-nowrap';
const cell = 'py-2.5 pe-4 max-sm:block max-sm:py-0.5 max-sm:pe-0';

type TokenTableProps = { tokens: TokenView[]; onRevoke: (token: TokenView) => void };

/** Tokens that are good, newest first; on a phone one below the other. */
export function TokenTable({ tokens, onRevoke }: TokenTableProps) {
  return (
    <div className="overflow-clip rounded-xl border border-line bg-sheet">
      <table className="w-full border-separate border-spacing-0 max-sm:block">
        <caption className="sr-only">{texts.caption}</caption>
        <thead className="text-small text-faint max-sm:sr-only">
          <tr>
            {[texts.name, texts.made, texts.used, texts.ends].map((heading) => (
              <th key={heading} scope="col" className={`${head} first:ps-4`}>
                {heading}
              </th>
            ))}
            <td className="border-b border-line" />
          </tr>
        </thead>
        <tbody className="max-sm:block">
          {tokens.map((token) => (
            <tr key={token.id} className="row-lines hover:bg-hover max-sm:block max-sm:px-4 max-sm:py-3">
              <th scope="row" className={`${cell} ps-4 text-start font-semibold wrap-anywhere max-sm:ps-0`}>
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
        </tbody>
      </table>
    </div>
  );
}

/** A plain fact; on a card it says what it is. */
const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <td className={`${cell} text-small text-quiet`}>
    <span className="text-faint sm:hidden">{name}: </span>
    {children}
  </td>
);
