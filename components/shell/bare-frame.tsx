import type { ReactNode } from 'react';
import * as texts from '@/lib/texts/pages.ts';
import { Brand } from './brand.tsx';

/** Around a page that stands outside the signed-in frame: the brand, and the ways to the people and to the accounts. */
export function BareFrame({ children }: { children: ReactNode }) {
  return (
    <>
      <header className="flex min-h-14 flex-wrap items-center gap-x-6 border-b border-line bg-sheet px-6 max-sm:px-3.5">
        <a href="/" aria-label={texts.pages.home}>
          <Brand />
        </a>
        <a href="/accounts" className="text-act">
          {texts.pages.allAccounts}
        </a>
      </header>
      <main id="content">{children}</main>
    </>
  );
}
