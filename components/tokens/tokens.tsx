'use client';

import { useLayoutEffect, useRef } from 'react';
import { tokens as texts } from '@/lib/texts/access/tokens.ts';
import { longestName } from '@/lib/tokens/token.ts';
import { Button } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { FieldLabel } from '../ui/field.tsx';
import { TokenTable } from './token-table.tsx';
import { type TokensProps, useTokens } from './use-tokens.ts';

/** The tokens of the operator who is signed in: made, shown once, revoked. */
export function Tokens(props: TokensProps) {
  const { tokens, fresh, isBusy, complaint, said, field, make, revoke } = useTokens(props);
  return (
    <div className="max-w-190">
      <p className="mt-1 max-w-[68ch] text-quiet">{texts.lead}</p>
      <form noValidate onSubmit={make} className="mt-5 flex flex-wrap items-end gap-3">
        <div className="min-w-0 flex-1 basis-60">
          <FieldLabel htmlFor="token-name" isStrong>
            {texts.name}
          </FieldLabel>
          <p id="token-help" className="text-small text-quiet">
            {texts.nameHelp}
          </p>
          <input
            ref={field}
            id="token-name"
            name="name"
            maxLength={longestName}
            autoComplete="off"
            aria-describedby="token-help token-complaint"
            aria-invalid={complaint === texts.missing || undefined}
            className="mt-1 h-8.5 w-full rounded-lg border border-line-strong bg-sheet px-2.5 pointer-coarse:h-11 pointer-coarse:text-larger"
          />
        </div>
        <Button type="submit" look="loud" aria-disabled={isBusy || undefined}>
          {isBusy ? texts.making : texts.make}
        </Button>
      </form>
      <p id="token-complaint" role="alert" className="mt-1 text-bad">
        {complaint}
      </p>
      {fresh && <FreshToken key={fresh.token} token={fresh.token} />}
      <p role="status" className="my-2 min-h-5 text-quiet">
        {said || (tokens.length === 0 && texts.none)}
      </p>
      {tokens.length > 0 && <TokenTable tokens={tokens} onRevoke={revoke} />}
    </div>
  );
}

/** A token in full, the one time that it is seen: the way to take it along has the focus. */
function FreshToken({ token }: { token: string }) {
  const box = useRef<HTMLElement>(null);
  useLayoutEffect(() => box.current?.querySelector('button')?.focus(), []);
  return (
    <section ref={box} aria-label={texts.once} className="mt-4 rounded-xl border border-line bg-bell-soft p-4">
      <p className="font-semibold">{texts.once}</p>
      <p className="my-2 font-mono text-small break-all select-all">{token}</p>
      <CopyButton text={token} label={texts.copy} doneLabel={texts.copied} />
    </section>
  );
}
