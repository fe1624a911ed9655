'use client';

import { usePathname } from 'next/navigation';
import { Suspense, useRef, useState } from 'react';
import * as texts from '@/lib/texts/shell.ts';
import { buttonLook } from '../ui/button.tsx';
import { floatLook } from '../ui/card.tsx';
import { Icon } from '../ui/icon.tsx';
import { later } from '../ui/later.ts';
import { SoftLink } from '../ui/soft-link.tsx';
import { accountInAddress } from './account-in-address.ts';
import type { SignOutOthers } from './other-sessions.tsx';

const OtherSessions = later(() => import('./other-sessions.tsx'));

export type OperatorView = { name: string; role: string; mayMakeTokens: boolean };

type OperatorMenuProps = { operator: OperatorView; signOut: () => Promise<void>; signOutOthers: SignOutOthers };

const menuId = 'operator-menu';

/** What is kept for this tab is about people: the chosen ones, and changes that are not saved. */
const forgetTab = () => sessionStorage.clear();

/** Who is signed in, as what, and the ways out: here, and everywhere else. */
export function OperatorMenu({ operator, signOut, signOutOthers }: OperatorMenuProps) {
  const [isOpen, setOpen] = useState(false);
  const menu = useRef<HTMLDivElement>(null);
  const accountId = accountInAddress(usePathname());
  return (
    <div>
      <button
        type="button"
        popoverTarget={menuId}
        className="flex h-8.5 items-center gap-1.5 rounded-lg px-2 hover:bg-hover pointer-coarse:h-11"
      >
        <span className="max-w-[20ch] truncate max-sm:sr-only @max-4xl/header:sr-only">{operator.name}</span>
        <span
          aria-hidden="true"
          className="grid size-7 place-items-center rounded-full bg-bell-soft text-small font-semibold text-bell sm:@4xl/header:hidden"
        >
          {[...operator.name][0]?.toUpperCase()}
        </span>
        <span className="text-faint max-sm:hidden @max-4xl/header:hidden">
          <Icon name="down" size={14} />
        </span>
      </button>
      <div
        ref={menu}
        id={menuId}
        popover="auto"
        onToggle={(event) => setOpen(event.newState === 'open')}
        className={`${floatLook} fixed top-13 end-4 w-[min(17.5rem,calc(100vw-2rem))] p-4`}
      >
        <p className="font-semibold break-words">{operator.name}</p>
        <p className="text-small text-quiet">{texts.shell.role(operator.role)}</p>
        <Suspense>{isOpen && <OtherSessions signOutOthers={signOutOthers} />}</Suspense>
        {operator.mayMakeTokens && (
          <p className="mt-3 border-t border-line pt-3 text-small">
            <SoftLink
              href={`/accounts/tokens${accountId ? `?account=${accountId}` : ''}`}
              className="text-act"
              onClick={() => menu.current?.hidePopover()}
            >
              {texts.shell.tokens}
            </SoftLink>
          </p>
        )}
        <form action={signOut} onSubmit={forgetTab} className="mt-3">
          <button type="submit" className={`${buttonLook.plain} w-full`}>
            {texts.shell.signOut}
          </button>
        </form>
      </div>
    </div>
  );
}
