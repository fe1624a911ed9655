'use client';

import { type FormEvent, useState } from 'react';
import type { Result } from '@/lib/result.ts';
import { tokens as texts } from '@/lib/texts/tokens.ts';
import { longestName, type TokenView } from '@/lib/tokens/token.ts';
import { Button, TextButton } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { ExactMoment } from '../ui/exact-moment.tsx';

type Made = { token: string; tokens: TokenView[] };

type TokensProps = {
  initial: TokenView[];
  makeToken(input: { name: string }): Promise<Result<Made>>;
  revokeToken(input: { id: string }): Promise<Result<TokenView[]>>;
};

/** The tokens of whoever is signed in: made, shown once, revoked. */
export function Tokens({ initial, makeToken, revokeToken }: TokensProps) {
  const [tokens, setTokens] = useState(initial);
  const [fresh, setFresh] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [complaint, setComplaint] = useState<string | null>(null);
  const [said, setSaid] = useState('');

  async function make(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const name = String(new FormData(form).get('name') ?? '').trim();
    if (name === '') return setComplaint(texts.missing);
    if (isBusy) return;
    setBusy(true);
    const result = await makeToken({ name }).catch(() => undefined);
    setBusy(false);
    if (!result?.ok) return setComplaint(result?.failure.code === 'invalid' ? texts.tooMany : texts.failed);
    setComplaint(null);
    setTokens(result.value.tokens);
    setFresh(result.value.token);
    form.reset();
  }

  async function revoke({ id, name }: TokenView) {
    const result = await revokeToken({ id }).catch(() => undefined);
    if (!result?.ok) return setComplaint(texts.failed);
    setComplaint(null);
    setTokens(result.value);
    setSaid(texts.revoked(name));
  }

  return (
    <div className="max-w-[760px]">
      <h1 className="text-[22px] leading-7 font-semibold tracking-[-0.015em]">{texts.title}</h1>
      <p className="mt-1 text-quiet">{texts.lead}</p>
      <form noValidate onSubmit={make} className="mt-5 flex flex-wrap items-end gap-3">
        <label className="min-w-0 flex-1 basis-60">
          <span className="block font-semibold">{texts.name}</span>
          <input
            name="name"
            maxLength={longestName}
            autoComplete="off"
            aria-describedby="token-help token-complaint"
            aria-invalid={complaint !== null || undefined}
            className="mt-1 h-[34px] w-full rounded-lg border border-line-strong bg-sheet px-2.5 pointer-coarse:h-11 pointer-coarse:text-[16px]"
          />
        </label>
        <Button type="submit" look="loud" aria-disabled={isBusy || undefined}>
          {isBusy ? texts.making : texts.make}
        </Button>
      </form>
      <p id="token-help" className="mt-1 text-[13px] text-quiet">
        {texts.nameHelp}
      </p>
      <p id="token-complaint" role="alert" className="text-bad">
        {complaint}
      </p>
      {fresh && (
        <section aria-label={texts.once} className="mt-4 rounded-xl border border-line bg-bell-soft p-4">
          <p role="status" className="font-semibold">
            {texts.once}
          </p>
          <p className="my-2 font-mono text-[13px] break-all select-all">{fresh}</p>
          <CopyButton text={fresh} label={texts.copy} doneLabel={texts.copied} />
        </section>
      )}
      {tokens.length === 0 ? (
        <p className="mt-6 text-quiet">{texts.none}</p>
      ) : (
        <div className="mt-6 overflow-x-auto rounded-xl border border-line bg-sheet">
          <table className="w-full text-left">
            <caption className="sr-only">{texts.caption}</caption>
            <thead className="text-[13px] text-faint">
              <tr>
                {[texts.name, texts.made, texts.used, texts.ends].map((heading) => (
                  <th key={heading} scope="col" className="px-4 py-2 font-normal">
                    {heading}
                  </th>
                ))}
                <td />
              </tr>
            </thead>
            <tbody>
              {tokens.map((token) => (
                <tr key={token.id} className="border-t border-line">
                  <th scope="row" className="px-4 py-2.5 font-semibold break-words">
                    {token.name}
                  </th>
                  <td className="px-4">
                    <ExactMoment at={token.createdAt} />
                  </td>
                  <td className="px-4">{token.lastUsedAt ? <ExactMoment at={token.lastUsedAt} /> : texts.never}</td>
                  <td className="px-4">
                    <ExactMoment at={token.expiresAt} />
                  </td>
                  <td className="px-4 text-right">
                    <TextButton aria-label={texts.revokeNamed(token.name)} onClick={() => void revoke(token)}>
                      {texts.revoke}
                    </TextButton>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <p role="status" className="mt-2 text-[13px] text-quiet">
        {said}
      </p>
    </div>
  );
}
