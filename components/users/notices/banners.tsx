'use client';

import { useState } from 'react';
import type { AccountView } from '@/lib/accounts/account.ts';
import type { FailedEndings } from '@/lib/licenses/ending.ts';
import { firstPage, type UserFilter } from '@/lib/search/filter.ts';
import { endings as endingTexts } from '@/lib/texts/endings.ts';
import { when } from '@/lib/texts/formats.ts';
import * as texts from '@/lib/texts/people.ts';
import * as stateTexts from '@/lib/texts/states.ts';
import * as words from '@/lib/texts/words.ts';
import { calledAmong } from '@/lib/users/user.ts';
import { TextButton } from '../../ui/button.tsx';
import { useHydrated } from '../../ui/hydrated.ts';
import { Notice } from '../../ui/notice.tsx';
import { isLocked } from '../change/page-status.ts';
import { exportAddress } from '../data/reads.ts';
import { usePageStatus, usePageStore } from '../page-store-context.tsx';
import { FilterLink } from '../search/filter-link.tsx';
import type { OnFilter } from '../search/narrowing.ts';

type BannersProps = {
  account: AccountView;
  asOf: string | null;
  failedEndings: FailedEndings;
  filter: UserFilter;
  canChange: boolean;
  onFilter: OnFilter;
  /** Loads the list again, where it could not be loaded. */
  onRetry: (() => void) | null;
};

/**
 * What stands in the way of every change, said once instead of in fifty rows, and whose plan did not end as planned; what comes
 * up later moves no row.
 */
export default function Banners(props: BannersProps) {
  const { account, asOf, failedEndings, filter, canChange, onFilter, onRetry } = props;
  const engine = usePageStore().engine();
  const pageStatus = usePageStatus();
  const [wasRetired] = useState(pageStatus.chime === 'retired');
  const isHydrated = useHydrated();
  const asOfDate = asOf && (isHydrated ? when.date(asOf) : when.date(asOf, 'UTC'));
  const retired = pageStatus.chime === 'retired' && (
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
  );
  const viewOnly = (
    <Notice tone="quiet" icon="lock">
      {stateTexts.readOnly.viewOnly} {stateTexts.readOnly.viewOnlyWhy}
    </Notice>
  );
  return (
    <>
      <div className="[&>*]:mt-3">
        {wasRetired && retired}
        {failedEndings.count > 0 && <NotEnded {...failedEndings} onFilter={onFilter} />}
        {account.directoryManaged && (
          <Notice tone="quiet" icon="group">
            {stateTexts.readOnly.directory}
          </Notice>
        )}
        {!account.directoryManaged && !canChange && viewOnly}
      </div>
      <div id="plans-locked" role="alert" className="over-page">
        {engine && (isLocked(pageStatus) || pageStatus.signedOut) && <engine.StatusNotices account={account} />}
        {!wasRetired && retired}
        {!pageStatus.online && <Notice tone="wait">{stateTexts.pageNotices.offline}</Notice>}
        {!account.directoryManaged && canChange && pageStatus.revoked && viewOnly}
        {onRetry && (
          <Notice tone="wait" acts={<TextButton onClick={onRetry}>{words.common.retry}</TextButton>}>
            {texts.people.listFailed}
          </Notice>
        )}
      </div>
    </>
  );
}

/** Each of the people leads to their row. */
function NotEnded({ count, people, onFilter }: FailedEndings & { onFilter: OnFilter }) {
  const called = calledAmong(people);
  return (
    <Notice tone="bad">
      {endingTexts.notEndedCount(count)}
      {people.map((person) => (
        <FilterLink
          key={person.id}
          to={{ ...firstPage, search: person.id }}
          onFilter={onFilter}
          className="text-act ms-3"
        >
          {called.get(person.id)}
        </FilterLink>
      ))}
      {count > people.length && <span className="ms-3">{endingTexts.andMore(count - people.length)}</span>}
    </Notice>
  );
}
