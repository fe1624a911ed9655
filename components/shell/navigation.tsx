'use client';

import { usePathname } from 'next/navigation';
import type { Attention } from '@/lib/batches/batch.ts';
import { number } from '@/lib/texts/formats.ts';
import * as texts from '@/lib/texts/shell.ts';
import { useAttention } from '../batches/use-attention.ts';
import { SoftLink } from '../ui/soft-link.tsx';
import { accountInAddress } from './account-in-address.ts';

/** The pages of the account at hand: in the header, and at the foot of a phone, unless so little of a page fits that it would cover it. */
export function Navigation() {
  const pathname = usePathname();
  const accountId = accountInAddress(pathname);
  const attention = useAttention(accountId);
  if (!accountId) return null;
  const base = `/accounts/${accountId}`;
  // In a narrow header, where the name of the account and what is not saved need the room, Trend is on the way from Licenses.
  const pages = [
    { name: texts.shell.people, address: `${base}/users` },
    { name: texts.shell.licenses, address: `${base}/licenses` },
    { name: texts.shell.trend, address: `${base}/trend`, isSecond: true },
    { name: texts.shell.batches, address: `${base}/batches`, toLookAt: textOf(attention) },
    { name: texts.shell.audit, address: `${base}/audit` },
  ];
  return (
    <nav
      aria-label={texts.shell.main}
      className="flex h-full gap-1 @max-4xl/header:gap-0 max-sm:fixed max-sm:inset-x-0 max-sm:bottom-0 max-sm:z-10 max-sm:h-13.5 max-sm:justify-around max-sm:border-t max-sm:border-line max-sm:bg-sheet max-sm:pb-[env(safe-area-inset-bottom)] [@media(width<40rem)_and_(height<420px)]:static [@media(width<40rem)_and_(height<420px)]:order-last [@media(width<40rem)_and_(height<420px)]:h-11 [@media(width<40rem)_and_(height<420px)]:basis-full [@media(width<40rem)_and_(height<420px)]:border-t-0"
    >
      {pages.map(({ name, address, toLookAt, isSecond }) => (
        <SoftLink
          key={address}
          href={address}
          aria-current={pathname.startsWith(address) ? 'page' : undefined}
          className={`-mb-px flex items-center border-b-2 border-transparent px-3 @max-4xl/header:px-2 @max-3xl/header:px-1 @max-3xl/header:text-small forced-colors:border-b-0 forced-colors:aria-[current]:border-b-2 forced-colors:aria-[current]:border-[Highlight] text-quiet hover:text-ink aria-[current]:border-bell aria-[current]:font-semibold aria-[current]:text-ink max-sm:m-0 max-sm:flex-1 max-sm:px-1 max-sm:justify-center max-sm:border-0 max-sm:aria-[current]:text-bell ${isSecond && !pathname.startsWith(address) ? '@max-3xl/header:hidden' : ''}`}
        >
          {name}
          {toLookAt && (
            <>
              <Badge {...attention} />
              <span className="sr-only"> ({toLookAt})</span>
            </>
          )}
        </SoftLink>
      ))}
    </nav>
  );
}

const textOf = ({ approvals, notEnded }: Attention): string | undefined =>
  texts.shell.attention(approvals, notEnded) || undefined;

/** How many things there are to look at on a page; the link says which. */
function Badge({ approvals, notEnded }: Attention) {
  return (
    <span
      aria-hidden="true"
      title={texts.shell.attention(approvals, notEnded)}
      className={`ms-1.5 min-w-5 rounded-full px-1.5 text-center text-tiny leading-5 font-semibold ${notEnded > 0 ? 'bg-bad-soft text-bad' : 'bg-wait-soft text-wait'}`}
    >
      {number(approvals + notEnded)}
    </span>
  );
}
