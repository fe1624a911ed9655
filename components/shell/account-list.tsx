'use client';

import { usePathname } from 'next/navigation';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import type { AccountInList } from '@/lib/accounts/account.ts';
import { number } from '@/lib/texts/formats.ts';
import { pages } from '@/lib/texts/pages.ts';
import * as texts from '@/lib/texts/shell.ts';
import { AccountDot } from '../accounts/account-dot.tsx';
import { matches } from '../accounts/matching.ts';
import { SoftLink } from '../ui/soft-link.tsx';
import { sectionInAddress } from './account-in-address.ts';

type AccountListProps = { accounts: AccountInList[]; currentId: string | undefined; onDone: () => void };

/** How many are drawn at once; of more, a search finds the one. */
const maxShown = 50;

const line = 'flex min-h-11 items-center gap-2.5 rounded-lg px-3 py-2 hover:bg-hover aria-[current]:bg-bell-soft';

/** The accounts to go to; typing narrows them, arrows go through them, and each opens at the same kind of page. */
export default function AccountList({ accounts, currentId, onDone }: AccountListProps) {
  const [search, setSearch] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const listId = useId();
  const section = sectionInAddress(usePathname());
  const found = accounts.filter((account) => matches(account, search));

  useEffect(() => input.current?.focus(), []);

  /** Arrows go from the search through the links and back; whatever is typed there goes on in the search. */
  function onKeyDown(event: KeyboardEvent) {
    const isTyped = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (isTyped || event.key === 'Backspace') input.current?.focus();
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    const links = [...(list.current?.querySelectorAll('a') ?? [])];
    const focused = document.activeElement;
    const at = focused instanceof HTMLAnchorElement ? links.indexOf(focused) : -1;
    const to = at + (event.key === 'ArrowDown' ? 1 : -1);
    if (to < 0) input.current?.focus();
    else links[Math.min(to, links.length - 1)]?.focus();
  }

  /** Enter in the search opens the first that was found. */
  function onEnter(event: KeyboardEvent) {
    if (event.key === 'Enter' && search !== '') list.current?.querySelector('a')?.click();
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrows only move the focus between what is inside
    <div onKeyDown={onKeyDown}>
      <input
        ref={input}
        type="text"
        value={search}
        autoComplete="off"
        spellCheck={false}
        aria-label={texts.shell.findAccount}
        aria-controls={listId}
        placeholder={texts.shell.findAccount}
        className="mb-1.5 h-10 w-full rounded-lg border border-line-strong bg-sheet px-3 placeholder:text-faint pointer-coarse:h-11"
        onChange={(event) => setSearch(event.currentTarget.value)}
        onKeyDown={onEnter}
      />
      <ul ref={list} id={listId} aria-label={texts.shell.accounts}>
        {found.slice(0, maxShown).map(({ id, name, type, people }) => (
          <li key={id}>
            <SoftLink
              href={`/accounts/${id}/${section}`}
              aria-current={id === currentId ? 'true' : undefined}
              className={line}
              onClick={onDone}
            >
              <AccountDot id={id} />
              <span className="min-w-0 flex-1 font-medium break-words">{name}</span>
              <span className="text-end text-small text-quiet">
                {texts.shell.accountType(type)} · {number(people)}
              </span>
            </SoftLink>
          </li>
        ))}
        {search === '' && (
          <li className="mt-1 border-t border-line pt-1">
            <SoftLink href="/accounts" className={line} onClick={onDone}>
              {pages.allAccounts}
            </SoftLink>
          </li>
        )}
      </ul>
      <p role="status" className={found.length > 0 && found.length <= maxShown ? 'sr-only' : 'px-3 py-2 text-quiet'}>
        {found.length === 0
          ? texts.shell.noSuchAccount
          : found.length > maxShown
            ? texts.shell.moreAccounts(found.length - maxShown)
            : search && texts.shell.accountsFound(found.length)}
      </p>
    </div>
  );
}
