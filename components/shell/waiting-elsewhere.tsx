'use client';

import { usePathname } from 'next/navigation';
import { number } from '@/lib/texts/formats.ts';
import * as texts from '@/lib/texts/shell.ts';
import { waitingPath } from '../batches/addresses.ts';
import { useWaitingElsewhere } from '../batches/use-waiting.ts';
import { Icon } from '../ui/icon.tsx';
import { SoftLink } from '../ui/soft-link.tsx';
import { accountInAddress } from './account-in-address.ts';

const accountsPath = '/accounts';

/** That batches wait for the operator's approval in other accounts, and the way there; the list of accounts tells them apart. */
export function WaitingElsewhere({ mayApprove }: { mayApprove: boolean }) {
  const pathname = usePathname();
  const accounts = useWaitingElsewhere(accountInAddress(pathname), mayApprove);
  const [only, ...others] = accounts;
  if (!only || pathname === accountsPath) return null;
  const batches = accounts.reduce((sum, account) => sum + account.batches, 0);
  const text =
    others.length === 0
      ? texts.shell.waitsIn(batches, only.accountName)
      : texts.shell.waitInOthers(batches, accounts.length);
  return (
    <SoftLink
      title={text}
      href={others.length === 0 ? waitingPath(only) : accountsPath}
      className="flex h-8.5 min-w-0 items-center gap-1.5 rounded-lg bg-wait-soft px-2.5 text-small font-semibold text-wait hover:underline pointer-coarse:h-11 max-sm:px-2"
    >
      <Icon name="group" />
      <span className="max-w-[46ch] truncate max-sm:sr-only @max-6xl/header:sr-only">{text}</span>
      <span aria-hidden="true" className="hidden max-sm:inline @max-6xl/header:inline">
        {number(batches)}
      </span>
    </SoftLink>
  );
}
