'use client';

import { ProviderSignIn } from '@/components/sign-in/provider-sign-in.tsx';
import { type Answer, SignInForm } from '@/components/sign-in/sign-in-form.tsx';
import type { SignInProblem } from '@/lib/auth/sign-in-failure.ts';

type SignInProps = {
  returnTo: string;
  /** Who lets people in: a provider, or this machine by their passwords. */
  way: 'provider' | 'password';
  problem: SignInProblem | null;
  /** Under which the log says more about the problem. */
  reference: string | null;
  /** Where to ask for access, in the words of the access file. */
  help: string;
};

/** Signs in through next-auth and goes where the operator wanted to go, with a page of its own: nothing of before is kept. */
export function SignIn({ returnTo, way, problem, reference, help }: SignInProps) {
  async function byPassword(username: string, password: string): Promise<Answer> {
    const response = await postToNextAuth('callback/credentials', { username, password });
    if (response.status === 401) return { outcome: 'refused' };
    const answer: unknown = await response.json();
    if (response.status === 429) return { outcome: 'wait', seconds: numberIn(answer, 'wait') };
    if (!response.ok) throw new Error(`Signing in was answered with ${response.status}`);
    window.location.assign(returnTo);
    return { outcome: 'in' };
  }

  async function byProvider(): Promise<void> {
    const response = await postToNextAuth('signin/oidc', { callbackUrl: returnTo });
    const answer: unknown = await response.json();
    if (!response.ok) throw new Error(`Signing in was answered with ${response.status}`);
    window.location.assign(textIn(answer, 'url'));
  }

  if (way === 'password') return <SignInForm signIn={byPassword} />;
  return <ProviderSignIn signIn={byProvider} problem={problem} reference={reference} help={help} />;
}

/** Posts to next-auth with the token that it asks for against forms of other sites. */
async function postToNextAuth(address: string, fields: Record<string, string>): Promise<Response> {
  const asked: unknown = await (await fetch('/api/auth/csrf')).json();
  const body = new URLSearchParams({ ...fields, csrfToken: textIn(asked, 'csrfToken'), json: 'true' });
  return fetch(`/api/auth/${address}`, { method: 'POST', body });
}

function textIn(answer: unknown, name: string): string {
  const value = valueIn(answer, name);
  if (typeof value !== 'string') throw new Error(`The answer has no ${name}`);
  return value;
}

function numberIn(answer: unknown, name: string): number {
  const value = valueIn(answer, name);
  return typeof value === 'number' ? value : 1;
}

const valueIn = (answer: unknown, name: string): unknown =>
  typeof answer === 'object' && answer !== null ? Object.entries(answer).find(([key]) => key === name)?.[1] : undefined;
