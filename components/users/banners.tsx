'use client';

import { useState } from 'react';
import type { AccountView } from '@/lib/accounts/account.ts';
import { texts } from '@/lib/texts/catalogue.ts';
import type { UserFilter } from '@/lib/users/filter.ts';
import { TextButton } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { useHydrated } from '../ui/hydrated.ts';
import { Notice } from '../ui/notice.tsx';
import { useDesk, useSite } from './desk-context.tsx';
import { detailsAsText } from './details.tsx';
import { exportAddress } from './reads.ts';
import { SignInLink } from './sign-in-link.tsx';

type BannersProps = { account: AccountView; asOf: string | null; filter: UserFilter; canChange: boolean };

/** What stands in the way of every change, said once instead of in fifty rows. */
export function Banners({ account, asOf, filter, canChange }: BannersProps) {
  const site = useSite();
  const isHydrated = useHydrated();
  const asOfDate = asOf && (isHydrated ? texts.when.date(asOf) : texts.when.date(asOf, 'UTC'));
  const isReadOnly = !canChange || site.revoked;
  return (
    <div className="[&>*]:mt-3">
      <div id="plans-locked" role="alert" className="grid gap-3 empty:hidden">
        {site.signedOut && (
          <Notice tone="wait" acts={<SignInLink />}>
            {texts.signedOutNotice.text}
          </Notice>
        )}
        {site.chime === 'unauthorized' && (
          <Notice tone="bad" acts={<ForIt account={account} />}>
            {texts.banner.unauthorized}
          </Notice>
        )}
        {site.chime === 'unavailable' && (
          <Notice tone="bad" acts={<CheckAgain />}>
            {texts.banner.unavailable}
          </Notice>
        )}
        {site.chime === 'retired' && (
          <Notice
            tone="wait"
            acts={
              <a className="text-act" href={exportAddress(account.id, filter)} download>
                {texts.banner.exportList}
              </a>
            }
          >
            {texts.banner.retired(asOfDate)}
          </Notice>
        )}
      </div>
      {!site.online && <Notice tone="wait">{texts.banner.offline}</Notice>}
      {account.directoryManaged ? (
        <Notice tone="quiet" icon="group">
          {texts.planCell.directoryAccount}
        </Notice>
      ) : (
        isReadOnly && (
          <Notice tone="quiet" icon="lock">
            {texts.planCell.viewOnly} {texts.planCell.viewOnlyWhy}
          </Notice>
        )
      )}
    </div>
  );
}

function ForIt({ account }: { account: AccountView }) {
  const { failure } = useSite();
  const { forIt, copyForIt } = texts.banner;
  const text = [forIt(account.name), failure && detailsAsText(account.name, failure)].filter(Boolean).join('\n');
  return (
    <>
      <CopyButton text={text} label={copyForIt} doneLabel={texts.common.copied} />
      <CheckAgain />
    </>
  );
}

function CheckAgain() {
  const desk = useDesk();
  const [state, setState] = useState<'idle' | 'checking' | 'same'>('idle');

  async function check() {
    if (state === 'checking') return;
    setState('checking');
    setState((await desk.checkConnection()) ? 'idle' : 'same');
  }

  return (
    <>
      <TextButton onClick={check}>{state === 'checking' ? texts.banner.checking : texts.banner.checkAgain}</TextButton>
      {state === 'same' && <span className="self-center text-[13px]">{texts.banner.stillSo}</span>}
    </>
  );
}
