'use client';

import { useState } from 'react';
import type { AccountView } from '@/lib/accounts/account.ts';
import * as texts from '@/lib/texts/notices.ts';
import * as words from '@/lib/texts/words.ts';
import { TextButton } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useBench, useSite } from '../desk-context.tsx';
import { detailsAsText } from '../plan/details.tsx';
import { SignInLink } from './sign-in-link.tsx';

/** What locks every plan since the page was opened, and the way out of it. */
export function SiteNotices({ account }: { account: AccountView }) {
  const site = useSite();
  return (
    <>
      {site.signedOut && (
        <Notice tone="wait" acts={<SignInLink />}>
          {texts.signedOutNotice}
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
    </>
  );
}

function ForIt({ account }: { account: AccountView }) {
  const { failure } = useSite();
  const { forIt, copyForIt } = texts.banner;
  const text = [forIt(account.name), failure && detailsAsText(account.name, failure)].filter(Boolean).join('\n');
  return (
    <>
      <CopyButton text={text} label={copyForIt} doneLabel={words.common.copied} />
      <CheckAgain />
    </>
  );
}

function CheckAgain() {
  const bench = useBench();
  const [state, setState] = useState<'idle' | 'checking' | 'same'>('idle');

  async function check() {
    if (state === 'checking') return;
    setState('checking');
    setState((await bench.checkConnection()) ? 'idle' : 'same');
  }

  return (
    <>
      <TextButton onClick={check}>{state === 'checking' ? texts.banner.checking : texts.banner.checkAgain}</TextButton>
      {state === 'same' && <span className="self-center text-small">{texts.banner.stillSo}</span>}
    </>
  );
}
