'use client';

import { signIn as nextAuthSignIn } from 'next-auth/react';
import { SignInForm } from '@/components/sign-in/sign-in-form.tsx';

/** Signs in through next-auth and goes where the operator wanted to go, with a page of its own: nothing of before is kept. */
export function SignIn({ returnTo }: { returnTo: string }) {
  async function signIn(username: string, password: string): Promise<boolean> {
    const answer = await nextAuthSignIn('credentials', { username, password, redirect: false });
    if (!answer?.ok) return false;
    window.location.assign(returnTo);
    return true;
  }
  return <SignInForm signIn={signIn} />;
}
