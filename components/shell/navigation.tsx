'use client';

import { usePathname } from 'next/navigation';
import * as texts from '@/lib/texts/pages.ts';
import { SoftLink } from '../ui/soft-link.tsx';
import { accountInAddress } from './account-in-address.ts';

/** The pages of the account at hand: in the header, and at the foot of a phone. */
export function Navigation() {
  const pathname = usePathname();
  const accountId = accountInAddress(pathname);
  if (!accountId) return null;
  const base = `/accounts/${accountId}`;
  const pages = [
    { name: texts.shell.people, address: `${base}/users` },
    { name: texts.shell.licenses, address: `${base}/licenses` },
    { name: texts.shell.batches, address: `${base}/batches` },
    { name: texts.shell.audit, address: `${base}/audit` },
  ];
  return (
    <nav
      aria-label={texts.shell.main}
      className="flex h-full gap-1 max-sm:fixed max-sm:inset-x-0 max-sm:bottom-0 max-sm:z-10 max-sm:h-13.5 max-sm:justify-around max-sm:border-t max-sm:border-line max-sm:bg-sheet max-sm:pb-[env(safe-area-inset-bottom)]"
    >
      {pages.map(({ name, address }) => (
        <SoftLink
          key={address}
          href={address}
          aria-current={pathname.startsWith(address) ? 'page' : undefined}
          className="-mb-px flex items-center border-b-2 border-transparent px-3 forced-colors:border-[Canvas] forced-colors:aria-[current]:border-[Highlight] text-quiet hover:text-ink aria-[current]:border-bell aria-[current]:font-semibold aria-[current]:text-ink max-sm:m-0 max-sm:flex-1 max-sm:justify-center max-sm:border-0 max-sm:aria-[current]:text-bell"
        >
          {name}
        </SoftLink>
      ))}
    </nav>
  );
}
