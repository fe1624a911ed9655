'use client';

import type { AccountView } from '@/lib/accounts/account.ts';
import type { UserFilter } from '@/lib/search/filter.ts';
import type { UsersPage } from '@/lib/search/page.ts';
import * as texts from '@/lib/texts/people.ts';
import { beside } from '../ui/beside.tsx';
import { TextButton } from '../ui/button.tsx';
import { PageHeading, PrintedAccount } from '../ui/heading.tsx';
import { exportAddress } from './data/reads.ts';

const FreshnessLine = beside(() => import('./notices/freshness.tsx'));

type PeopleHeadingProps = { account: AccountView; page: UsersPage; filter: UserFilter; onHelp: () => void };

/** What the page is about, how old its list is, and what can be done with the list as a whole. */
export function PeopleHeading({ account, page, filter, onHelp }: PeopleHeadingProps) {
  return (
    <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
      <PageHeading>{texts.people.title}</PageHeading>
      <PrintedAccount name={account.name} />
      <FreshnessLine everyone={page.everyone} freshness={page.freshness} slowedTo={page.slowedTo} />
      <div className="flex gap-5 sm:ms-auto">
        <a className="text-act font-normal! text-quiet" href={exportAddress(account.id, filter)} download>
          {texts.people.exportList}
        </a>
        <TextButton className="font-normal! text-quiet pointer-coarse:hidden" onClick={onHelp}>
          {texts.people.keys}
        </TextButton>
      </div>
    </div>
  );
}
