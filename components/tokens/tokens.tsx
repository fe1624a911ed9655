'use client';

import { type FormEvent, useLayoutEffect, useRef, useState } from 'react';
import { plainText } from '@/lib/plain-text.ts';
import type { Result } from '@/lib/result.ts';
import { tokens as texts } from '@/lib/texts/tokens.ts';
import { longestName, type TokenView } from '@/lib/tokens/token.ts';
import { Button } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { revokeButtonId, TokenTable } from './token-table.tsx';

type Made = { token: string; tokens: TokenView[] };

type TokensProps = {
  initial: TokenView[];
  makeToken(input: { name: string }): Promise<Result<Made>>;
  revokeToken(input: { id: string }): Promise<Result<TokenView[]>>;
};

/** The tokens of the operator who is signed in: made, shown once, revoked. */
export function Tokens({ initial, makeToken, revokeToken }: TokensProps) {
  const [tokens, setTokens] = useState(initial);
  const [fresh, setFresh] = useState<{ id: string | undefined; token: string } | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [complaint, setComplaint] = useState<string | null>(null);
  const [said, setSaid] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const goTo = useRef<string>(null);

  // The button that revoked a token goes with it: the focus goes on at the next one, or where tokens are made.
  useLayoutEffect(() => {
    const id = goTo.current;
    goTo.current = null;
    if (id === null || document.activeElement !== document.body) return;
    (document.getElementById(id) ?? field.current)?.focus();
  });

  async function make(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (isBusy) return;
    const form = event.currentTarget;
    const name = plainText(String(new FormData(form).get('name') ?? '')).trim();
    setSaid('');
    if (name === '') {
      field.current?.focus();
      return setComplaint(texts.missing);
    }
    setBusy(true);
    const result = await makeToken({ name }).catch(() => undefined);
    setBusy(false);
    if (!result?.ok) return setComplaint(result?.failure.code === 'invalid' ? texts.tooMany : texts.failed);
    setComplaint(null);
    setTokens(result.value.tokens);
    setFresh({ id: result.value.tokens[0]?.id, token: result.value.token });
    form.reset();
  }

  async function revoke({ id, name }: TokenView) {
    if (isBusy) return;
    setBusy(true);
    const result = await revokeToken({ id }).catch(() => undefined);
    setBusy(false);
    if (!result?.ok) return setComplaint(texts.failed);
    const at = tokens.findIndex((token) => token.id === id);
    goTo.current = revokeButtonId((result.value[at] ?? result.value.at(-1))?.id);
    setComplaint(null);
    setTokens(result.value);
    setSaid(texts.revoked(name));
    if (fresh?.id === id) setFresh(null);
  }

  return (
    <div className="max-w-190">
      <p className="mt-1 max-w-[68ch] text-quiet">{texts.lead}</p>
      <form noValidate onSubmit={make} className="mt-5 flex flex-wrap items-end gap-3">
        <div className="min-w-0 flex-1 basis-60">
          <label htmlFor="token-name" className="block font-semibold">
            {texts.name}
          </label>
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
