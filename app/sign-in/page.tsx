import type { Metadata } from 'next';
import { connection } from 'next/server';
import { deps, entrance } from '@/lib/deps.ts';
import { texts } from '@/lib/texts/catalogue.ts';
import { SignIn } from './sign-in.tsx';

export const metadata: Metadata = { title: texts.signIn.title };

type Params = Record<'return' | 'callbackUrl' | 'error', string | string[] | undefined>;

export default async function SignInPage({ searchParams }: { searchParams: Promise<Params> }) {
  await connection(); // the settings are those of the running web, not of its build
  const { return: path, callbackUrl, error } = await searchParams;
  const { provider } = entrance();
  return (
    <SignIn
      returnTo={ownPath(path ?? callbackUrl, deps().settings.PUBLIC_URL)}
      way={provider ? 'provider' : 'password'}
      problem={problemOf(error)}
      help={provider?.rules().help ?? ''}
    />
  );
}

/** What next-auth calls the ways in which a sign-in fails; the address may say anything. */
function problemOf(error: string | string[] | undefined) {
  if (error === undefined) return null;
  if (error === 'AccessDenied') return 'no-access';
  return error === 'OAuthSignin' ? 'no-provider' : 'failed';
}

/** A path of this site to come back to; anything else, another site's above all, leads to the front page. */
function ownPath(path: string | string[] | undefined, site: string): string {
  if (typeof path !== 'string' || !URL.canParse(path, site)) return '/';
  const url = new URL(path, site);
  const isOwn = url.origin === site && !url.pathname.startsWith('//') && !/^\/(sign-in|api)(\/|$)/.test(url.pathname);
  return isOwn ? `${url.pathname}${url.search}` : '/';
}
