import type { Metadata } from 'next';
import { connection } from 'next/server';
import { z } from 'zod';
import { type SignInProblem, signInProblems } from '@/lib/auth/sign-in-failure.ts';
import { authConfig, deps } from '@/lib/deps.ts';
import { pathWithin } from '@/lib/origin.ts';
import { signIn } from '@/lib/texts/access/signin.ts';
import { SignIn } from './sign-in.tsx';

export const generateMetadata = (): Metadata => ({ title: signIn.title });

type Params = Record<'return' | 'callbackUrl' | 'error' | 'reference', string | string[] | undefined>;

export default async function SignInPage({ searchParams }: { searchParams: Promise<Params> }) {
  await connection(); // the settings are those of the running web, not of its build
  const { return: path, callbackUrl, error, reference } = await searchParams;
  const { provider } = authConfig();
  return (
    <SignIn
      returnTo={pathWithin(deps().settings.PUBLIC_URL, path ?? callbackUrl)}
      way={provider ? 'provider' : 'password'}
      problem={problemOf(error)}
      reference={z.uuid().safeParse(reference).data ?? null}
      help={provider?.rules().help ?? ''}
    />
  );
}

/** How a sign-in failed; the address may say anything. */
function problemOf(error: string | string[] | undefined): SignInProblem | null {
  if (error === undefined) return null;
  return signInProblems.find((problem) => problem === error) ?? 'failed';
}
