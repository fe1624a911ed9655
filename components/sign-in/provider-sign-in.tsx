'use client';

import { useState } from 'react';
import * as texts from '@/lib/texts/access/signin.ts';
import { Button } from '../ui/button.tsx';
import { useHydrated } from '../ui/hydrated.ts';
import { SignInFrame, SignInProblem } from './sign-in-frame.tsx';

type Problem = keyof typeof texts.signIn.problems;

type ProviderSignInProps = {
  /** Leads to the provider, which asks who is there and sends them back. */
  signIn: () => Promise<void>;
  problem: Problem | null;
  /** Under which the log says more about the problem. */
  reference: string | null;
  /** Where to ask for access. */
  help: string;
};

/** The way in where an identity provider knows everybody: one button, and what to do when it did not work. */
export function ProviderSignIn({ signIn, problem, reference, help }: ProviderSignInProps) {
  const isHydrated = useHydrated();
  const [isAsking, setIsAsking] = useState(false);
  const [lately, setLately] = useState<Problem | null>(problem);

  async function ask() {
    if (isAsking) return;
    setIsAsking(true);
    try {
      await signIn();
    } catch {
      setLately('no-answer');
      setIsAsking(false);
    }
  }

  return (
    <SignInFrame>
      <div className="mt-6 grid gap-4">
        <SignInProblem>{lately && texts.signIn.problems[lately]}</SignInProblem>
        {(lately === 'no-access' || lately === 'no-groups') && (
          <p className="break-words whitespace-pre-line">{help}</p>
        )}
        {lately !== null && lately === problem && reference !== null && (
          <p className="text-small break-words text-quiet">{texts.signIn.reference(reference)}</p>
        )}
        <Button look="loud" className="h-11" onClick={ask} aria-disabled={isAsking} disabled={!isHydrated}>
          {isAsking ? texts.signIn.submitting : lately === null ? texts.signIn.byProvider : texts.signIn.again}
        </Button>
      </div>
    </SignInFrame>
  );
}
