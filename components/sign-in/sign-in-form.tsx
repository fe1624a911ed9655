'use client';

import { type FormEvent, useRef, useState } from 'react';
import * as texts from '@/lib/texts/pages.ts';
import { Brand } from '../shell/brand.tsx';
import { Button } from '../ui/button.tsx';

type SignInFormProps = {
  /** Resolves with whether the two go together; the page then leads on to where the operator wanted to go. */
  signIn: (userName: string, password: string) => Promise<boolean>;
};

type State = 'idle' | 'asking' | 'refused' | 'no-answer' | 'done';

const field =
  'mt-1 h-11 w-full rounded-[10px] border border-line-strong bg-sheet px-3.5 text-[16px] aria-invalid:border-bad';

/** User name and password; the text of a refusal does not tell which of the two was wrong. */
export function SignInForm({ signIn }: SignInFormProps) {
  const [state, setState] = useState<State>('idle');
  const password = useRef<HTMLInputElement>(null);
  const isRefused = state === 'refused' || undefined;

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (state === 'asking') return;
    const form = new FormData(event.currentTarget);
    setState('asking');
    try {
      const isIn = await signIn(String(form.get('username') ?? '').trim(), String(form.get('password') ?? ''));
      setState(isIn ? 'done' : 'refused');
      if (!isIn) password.current?.select();
    } catch {
      setState('no-answer');
    }
  }

  return (
    <main className="grid min-h-dvh content-center justify-items-center px-4 py-10">
      <div className="w-full max-w-[360px]">
        <Brand />
        <h1 className="mt-6 text-[22px] leading-7 font-semibold tracking-[-0.015em]">{texts.signIn.title}</h1>
        <p className="mt-1 text-quiet">{texts.signIn.lead}</p>
        <form method="post" className="mt-6 grid gap-4" onSubmit={submit}>
          <label className="font-medium">
            {texts.signIn.userName}
            <input
              name="username"
              required
              // biome-ignore lint/a11y/noAutofocus: signing in is all there is to do on this page.
              autoFocus
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              aria-invalid={isRefused}
              aria-describedby="sign-in-said"
              className={field}
            />
          </label>
          <label className="font-medium">
            {texts.signIn.password}
            <input
              ref={password}
              name="password"
              type="password"
              required
              autoComplete="current-password"
              aria-invalid={isRefused}
              aria-describedby="sign-in-said"
              className={field}
            />
          </label>
          <p
            id="sign-in-said"
            role="alert"
            className="rounded-lg bg-bad-soft px-3 py-2 text-[13px] text-bad empty:hidden"
          >
            {state === 'refused' ? texts.signIn.refused : state === 'no-answer' ? texts.signIn.noAnswer : null}
          </p>
          <Button type="submit" look="loud" className="h-11" aria-disabled={state === 'asking' || state === 'done'}>
            {state === 'asking' || state === 'done' ? texts.signIn.submitting : texts.signIn.submit}
          </Button>
        </form>
      </div>
    </main>
  );
}
