import type { Metadata } from 'next';
import { texts } from '@/lib/texts/catalogue.ts';
import { SignIn } from './sign-in.tsx';

export const metadata: Metadata = { title: texts.signIn.title };

export default async function SignInPage({ searchParams }: { searchParams: Promise<{ return?: string | string[] }> }) {
  return <SignIn returnTo={ownPath((await searchParams).return)} />;
}

/** A path of this site to come back to; anything else, another site's above all, leads to the front page. */
function ownPath(path: string | string[] | undefined): string {
  const somewhere = 'http://somewhere.invalid';
  if (typeof path !== 'string' || !URL.canParse(path, somewhere)) return '/';
  const url = new URL(path, somewhere);
  return url.origin === somewhere && !url.pathname.startsWith('//') ? `${url.pathname}${url.search}` : '/';
}
