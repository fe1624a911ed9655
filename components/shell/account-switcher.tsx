'use client';

import { usePathname } from 'next/navigation';
import { Suspense, useRef, useState } from 'react';
import type { AccountInList } from '@/lib/accounts/account.ts';
import * as texts from '@/lib/texts/shell.ts';
import { AccountDot } from '../accounts/account-dot.tsx';
import { floatLook } from '../ui/card.tsx';
import { Icon } from '../ui/icon.tsx';
import { later } from '../ui/later.ts';
import { accountInAddress } from './account-in-address.ts';

const AccountList = later(() => import('./account-list.tsx'));

type AccountSwitcherProps = { accounts: AccountInList[] };

const popoverId = 'account-list';

/** Which Chime account this is about, and the way to the others. */
export function AccountSwitcher({ accounts }: AccountSwitcherProps) {
  const popover = useRef<HTMLDivElement>(null);
  const [opening, setOpening] = useState(0);
  const id = accountInAddress(usePathname());
  const current = accounts.find((account) => account.id === id);
  return (
    <div className="min-w-0 sm:min-w-28">
      <button
        type="button"
        popoverTarget={popoverId}
        aria-expanded={opening > 0}
        className="flex h-8.5 max-w-full min-w-0 items-center gap-2 rounded-lg border border-line bg-paper px-2.5 hover:border-line-strong pointer-coarse:h-11"
      >
        {current && <AccountDot id={current.id} />}
        <span className="truncate text-start max-sm:leading-4 @max-4xl/header:leading-4">
          {current ? current.name : texts.shell.chooseAccount}
          {current?.type && (
            <>
              <span className="text-quiet max-sm:sr-only @max-4xl/header:sr-only"> · </span>
              <span className="text-quiet max-sm:block max-sm:text-tiny max-sm:leading-3.25 @max-4xl/header:block @max-4xl/header:text-tiny @max-4xl/header:leading-3.25">
                {texts.shell.accountType(current.type)}
              </span>
            </>
          )}
        </span>
        <span className="text-faint">
          <Icon name="down" size={14} />
        </span>
      </button>
      <div
        ref={popover}
        id={popoverId}
        popover="auto"
        className={`${floatLook} fixed top-13 start-4 max-h-[70vh] w-[min(22.5rem,calc(100vw-2rem))] overflow-y-auto p-1.5 sm:start-30 @max-4xl/header:start-12`}
        // Closed and opened again at once is one event: the list begins anew all the same, and has the focus.
        onToggle={({ newState }) => setOpening((now) => (newState === 'open' ? now + 1 : 0))}
      >
        <Suspense>
          {opening > 0 && (
            <AccountList
              key={opening}
              accounts={accounts}
              currentId={id}
              onDone={() => popover.current?.hidePopover()}
            />
          )}
        </Suspense>
      </div>
    </div>
  );
}
