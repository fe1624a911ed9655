import type { ReactNode } from 'react';
import type { AccountInList } from '@/lib/accounts/account.ts';
import * as texts from '@/lib/texts/shell.ts';
import { Notice } from '../ui/notice.tsx';
import { AccountSwitcher } from './account-switcher.tsx';
import { Brand } from './brand.tsx';
import { Navigation } from './navigation.tsx';
import { NotSavedSlot } from './not-saved-slot.tsx';
import { OperatorMenu, type OperatorView } from './operator-menu.tsx';
import type { SignOutOthers } from './other-sessions.tsx';
import { PageProgress } from './page-progress.tsx';
import { ReloadNotice } from './reload-notice.tsx';
import { WaitingElsewhere } from './waiting-elsewhere.tsx';

export type FrameProps = {
  /** The accounts this operator may see. */
  accounts: AccountInList[];
  operator: OperatorView & { mayApprove: boolean };
  /** The database is a copy of the past, and nothing can be changed. */
  isRestored: boolean;
  signOut: () => Promise<void>;
  signOutOthers: SignOutOthers;
  children: ReactNode;
};

/** The signed-in frame: where you are, who you are, and what is not saved, around every page. */
export function Frame({ accounts, operator, isRestored, signOut, signOutOthers, children }: FrameProps) {
  return (
    <>
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:start-2 focus:z-30 focus:rounded-lg focus:bg-sheet focus:px-4 focus:py-2 focus:font-semibold focus:shadow-[var(--float)]"
      >
        {texts.shell.skip}
      </a>
      <header className="sticky top-0 z-20 border-b border-line bg-sheet sm:@container/header print:hidden [@media(width<40rem)_and_(height<420px)]:static">
        <PageProgress />
        <div className="mx-auto flex h-14 max-w-384 items-center gap-4 px-6 max-sm:gap-2 max-sm:px-3.5 [@media(width<40rem)_and_(height<420px)]:h-auto [@media(width<40rem)_and_(height<420px)]:flex-wrap [@media(width<40rem)_and_(height<420px)]:pt-1.5 @max-4xl/header:gap-2.5 @max-3xl/header:gap-1.5">
          <Brand compact />
          <AccountSwitcher accounts={accounts} />
          <Navigation />
          <div className="ms-auto flex items-center gap-2 @4xl/header:ps-2">
            <NotSavedSlot />
            <WaitingElsewhere mayApprove={operator.mayApprove} />
            <OperatorMenu operator={operator} signOut={signOut} signOutOthers={signOutOthers} />
          </div>
        </div>
      </header>
      <main
        id="content"
        tabIndex={-1}
        className="mx-auto max-w-384 px-6 pt-7 pb-16 outline-none max-sm:px-3.5 max-sm:pt-4 max-sm:pb-24 print:max-w-none print:p-0"
      >
        <ReloadNotice />
        {isRestored && (
          <div className="mb-5">
            <Notice tone="wait" icon="lock">
              {texts.shell.restored}
            </Notice>
          </div>
        )}
        {children}
      </main>
    </>
  );
}
