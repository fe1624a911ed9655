'use client';

import type { AccountView } from '@/lib/accounts/account.ts';
import * as texts from '@/lib/texts/people.ts';
import * as stateTexts from '@/lib/texts/states.ts';
import * as words from '@/lib/texts/words.ts';
import type { UserFilter } from '@/lib/users/filter.ts';
import { useHydrated } from '../ui/hydrated.ts';
import { Notice } from '../ui/notice.tsx';
import { useDesk, useSite } from './desk-context.tsx';
import { exportAddress } from './reads.ts';
import { isLocked } from './site.ts';

type BannersProps = { account: AccountView; asOf: string | null; filter: UserFilter; canChange: boolean };

/** What stands in the way of every change, said once instead of in fifty rows. */
export default function Banners({ account, asOf, filter, canChange }: BannersProps) {
  const bench = useDesk().bench();
  const site = useSite();
  const isHydrated = useHydrated();
  const asOfDate = asOf && (isHydrated ? words.when.date(asOf) : words.when.date(asOf, 'UTC'));
  const isReadOnly = !canChange || site.revoked;
  return (
    <div className="[&>*]:mt-3">
      <div id="plans-locked" role="alert" className="grid gap-3 empty:hidden sm:sticky sm:top-15 sm:z-10">
        {bench && (isLocked(site) || site.signedOut) && <bench.SiteNotices account={account} />}
        {site.chime === 'retired' && (
          <Notice
            tone="wait"
            acts={
              <a className="text-act" href={exportAddress(account.id, filter)} download>
                {texts.people.exportList}
              </a>
            }
          >
            {stateTexts.pageNotices.retired(asOfDate)}
          </Notice>
        )}
      </div>
      {!site.online && <Notice tone="wait">{stateTexts.pageNotices.offline}</Notice>}
      {account.directoryManaged ? (
        <Notice tone="quiet" icon="group">
          {stateTexts.readOnly.directory}
        </Notice>
      ) : (
        isReadOnly && (
          <Notice tone="quiet" icon="lock">
            {stateTexts.readOnly.viewOnly} {stateTexts.readOnly.viewOnlyWhy}
          </Notice>
        )
      )}
    </div>
  );
}
