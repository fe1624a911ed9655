'use client';

import { usePathname } from 'next/navigation';
import { useRef } from 'react';
import type { AccountView } from '@/lib/accounts/account.ts';
import * as texts from '@/lib/texts/pages.ts';
import { Icon } from '../ui/icon.tsx';
import { SoftLink } from '../ui/soft-link.tsx';
import { accountInAddress } from './account-in-address.ts';

type AccountSwitcherProps = { accounts: AccountView[]; currentAccountId?: string };

const listId = 'account-list';

/** Which Chime account this is about, and the way to the others. */
export function AccountSwitcher({ accounts, currentAccountId }: AccountSwitcherProps) {
  const list = useRef<HTMLUListElement>(null);
  const pathname = usePathname();
  const id = currentAccountId ?? accountInAddress(pathname);
  const current = accounts.find((account) => account.id === id);
  return (
    <div className="min-w-0">
      <button
        type="button"
        popoverTarget={listId}
        className="flex h-[34px] max-w-full min-w-0 items-center gap-2 rounded-lg border border-line bg-paper px-2.5 hover:border-line-strong pointer-coarse:h-11"
      >
        {current && <Dot id={current.id} />}
        <span className="truncate">
          {current ? current.name : texts.shell.chooseAccount}
          {current?.type && (
            <span className="text-quiet max-md:hidden"> · {texts.shell.accountType(current.type)}</span>
          )}
        </span>
        <span className="text-faint">
          <Icon name="down" size={14} />
        </span>
      </button>
      <ul
        ref={list}
        id={listId}
        popover="auto"
        aria-label={texts.shell.accounts}
        className="fixed top-[52px] left-4 max-h-[70vh] w-[min(320px,calc(100vw-32px))] overflow-y-auto rounded-xl border border-line bg-sheet p-1.5 shadow-[var(--float)] sm:left-[120px]"
      >
        {accounts.map((account) => (
          <li key={account.id}>
            <SoftLink
              href={`/accounts/${account.id}/users`}
              aria-current={account.id === id ? 'true' : undefined}
              className="flex min-h-11 items-center gap-2.5 rounded-lg px-3 py-2 hover:bg-hover aria-[current]:bg-bell-soft"
              onClick={() => list.current?.hidePopover()}
            >
              <Dot id={account.id} />
              <span className="min-w-0 flex-1 font-medium break-words">{account.name}</span>
              <span className="text-[13px] text-quiet">{texts.shell.accountType(account.type)}</span>
            </SoftLink>
          </li>
        ))}
      </ul>
    </div>
  );
}

const dots = ['bg-[#7c3aed]', 'bg-[#0e7490]', 'bg-[#be185d]', 'bg-[#4d7c0f]', 'bg-[#c2410c]', 'bg-[#4338ca]'];

/** Always the same colour for the same account, so that the wrong one is noticed. */
function Dot({ id }: { id: string }) {
  const sum = [...id].reduce((total, letter) => total + letter.charCodeAt(0), 0);
  return <span aria-hidden="true" className={`size-2 shrink-0 rounded-full ${dots[sum % dots.length]}`} />;
}
