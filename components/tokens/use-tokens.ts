'use client';

import { type FormEvent, useLayoutEffect, useRef, useState } from 'react';
import { plainText } from '@/lib/plain-text.ts';
import type { Result } from '@/lib/result.ts';
import { tokens as texts } from '@/lib/texts/access/tokens.ts';
import type { TokenView } from '@/lib/tokens/token.ts';
import { answerOf } from '../live/outdated.ts';
import { revokeButtonId } from './token-table.tsx';

type Made = { token: string; tokens: TokenView[] };

export type TokensProps = {
  initial: TokenView[];
  makeToken(input: { name: string }): Promise<Result<Made>>;
  revokeToken(input: { id: string }): Promise<Result<TokenView[]>>;
};

/** The tokens that there are, one that was just made, and what may be done with them. */
export function useTokens({ initial, makeToken, revokeToken }: TokensProps) {
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
    const result = await answerOf(makeToken({ name }));
    setBusy(false);
    if (!result.ok) return setComplaint(result.failure?.code === 'invalid' ? texts.tooMany : texts.failed);
    setComplaint(null);
    setTokens(result.value.tokens);
    setFresh({ id: result.value.tokens[0]?.id, token: result.value.token });
    form.reset();
  }

  async function revoke({ id, name }: TokenView) {
    if (isBusy) return;
    setBusy(true);
    const result = await answerOf(revokeToken({ id }));
    setBusy(false);
    if (!result.ok) return setComplaint(texts.failed);
    const at = tokens.findIndex((token) => token.id === id);
    goTo.current = revokeButtonId((result.value[at] ?? result.value.at(-1))?.id);
    setComplaint(null);
    setTokens(result.value);
    setSaid(texts.revoked(name));
    if (fresh?.id === id) setFresh(null);
  }

  return { tokens, fresh, isBusy, complaint, said, field, make, revoke };
}
