'use client';

import { useState } from 'react';
import type { AccountView } from '@/lib/accounts/account.ts';
import * as texts from '@/lib/texts/notices.ts';
import * as words from '@/lib/texts/words.ts';
import { TextButton } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useEngine, usePageStatus } from '../page-store-context.tsx';
import { detailsAsText } from '../plan/details.tsx';
import { SignInLink } from './sign-in-link.tsx';

/** What locks every plan since the page was opened, and the way out of it. */
export function StatusNotices({ account }: { account: AccountView }) {
  const pageStatus = usePageStatus();
  return (
    <>
      {pageStatus.signedOut && (
        <Notice tone="wait" acts={<SignInLink />}>
          {texts.banner.signedOut}
        </Notice>
      )}
      {pageStatus.chime === 'unauthorized' && (
        <Notice tone="bad" acts={<ForIt account={account} />}>
          {texts.banner.unauthorized}
        </Notice>
      )}
      {pageStatus.chime === 'unavailable' && (
        <Notice tone="bad" acts={<CheckAgain />}>
          {texts.banner.unavailable}
        </Notice>
      )}
    </>
  );
}

function ForIt({ account }: { account: AccountView }) {
  const { failure } = usePageStatus();
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
  const engine = useEngine();
  const [state, setState] = useState<'idle' | 'checking' | 'same'>('idle');

  async function check() {
    if (state === 'checking') return;
    setState('checking');
    setState((await engine.checkConnection()) ? 'idle' : 'same');
  }

  return (
    <>
      <TextButton onClick={check}>{state === 'checking' ? texts.banner.checking : texts.banner.checkAgain}</TextButton>
      {state === 'same' && <span className="self-center text-small">{texts.banner.stillSo}</span>}
    </>
  );
}
