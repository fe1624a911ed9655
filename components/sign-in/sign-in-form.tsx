'use client';

import { type FormEvent, useRef, useState } from 'react';
import * as texts from '@/lib/texts/access/signin.ts';
import { Button } from '../ui/button.tsx';
import { useHydrated } from '../ui/hydrated.ts';
import { SignInFrame, SignInProblem } from './sign-in-frame.tsx';

/** What came of a try; `wait`: nobody looked at it, and the next may be made after so many seconds. */
export type Answer = { outcome: 'in' } | { outcome: 'refused' } | { outcome: 'wait'; seconds: number };

type SignInFormProps = {
  /** Resolves with what came of it; where the two go together, the page then leads on to where the operator wanted to go. */
  signIn: (userName: string, password: string) => Promise<Answer>;
};

type State = 'idle' | 'asking' | 'no-answer' | Answer;

const field =
  'mt-1 h-11 w-full rounded-[10px] border border-line-strong bg-sheet px-3.5 text-larger aria-invalid:border-bad';

/** User name and password; the text of a refusal does not tell which of the two was wrong. */
export function SignInForm({ signIn }: SignInFormProps) {
  const [state, setState] = useState<State>('idle');
  const isHydrated = useHydrated(); // before that, the browser would post the form to a page that only reads
  const password = useRef<HTMLInputElement>(null);
  const outcome = typeof state === 'string' ? undefined : state.outcome;
  const isRefused = outcome === 'refused' || undefined;
  const isBusy = state === 'asking' || outcome === 'in';

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (state === 'asking') return;
    const form = new FormData(event.currentTarget);
    setState('asking');
    try {
      const answer = await signIn(String(form.get('username') ?? '').trim(), String(form.get('password') ?? ''));
      setState(answer);
      if (answer.outcome === 'refused') password.current?.select();
    } catch {
      setState('no-answer');
    }
  }

  return (
    <SignInFrame>
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
        <SignInProblem id="sign-in-said">{said(state)}</SignInProblem>
        <Button type="submit" look="loud" className="h-11" aria-disabled={isBusy} disabled={!isHydrated}>
          {isBusy ? texts.signIn.submitting : texts.signIn.submit}
        </Button>
      </form>
    </SignInFrame>
  );
}

function said(state: State): string | null {
  if (state === 'no-answer') return texts.signIn.noAnswer;
  if (typeof state === 'string' || state.outcome === 'in') return null;
  return state.outcome === 'wait' ? texts.signIn.wait(state.seconds) : texts.signIn.refused;
}
