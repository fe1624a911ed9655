import type { ReactNode } from 'react';
import * as texts from '@/lib/texts/access/signin.ts';
import { Brand } from '../shell/brand.tsx';
import { PageHeading } from '../ui/heading.tsx';

/** What stands around every way to sign in. */
export function SignInFrame({ children }: { children: ReactNode }) {
  return (
    <main className="grid min-h-dvh content-center justify-items-center px-4 py-10">
      <div className="w-full max-w-90">
        <Brand />
        <PageHeading className="mt-6">{texts.signIn.title}</PageHeading>
        <p className="mt-1 text-quiet">{texts.signIn.lead}</p>
        {children}
      </div>
    </main>
  );
}

/** What came of the last try, told at once. */
export function SignInProblem({ id, children }: { id?: string; children: ReactNode }) {
  return (
    <p id={id} role="alert" className="rounded-lg bg-bad-soft px-3 py-2 text-small break-words text-bad empty:hidden">
      {children}
    </p>
  );
}
