import * as texts from '@/lib/texts/pages.ts';
import { buttonLook } from '../ui/button.tsx';
import { SoftLink } from '../ui/soft-link.tsx';
import { PageMessage } from './page-message.tsx';

/** For what is not there, or not there for this operator. */
export function MissingPage() {
  return (
    <PageMessage title={texts.pages.missingTitle} text={texts.pages.missing}>
      <SoftLink href="/" className={buttonLook.loud}>
        {texts.pages.missingBack}
      </SoftLink>
      <SoftLink href="/accounts" className={buttonLook.plain}>
        {texts.pages.allAccounts}
      </SoftLink>
    </PageMessage>
  );
}

/** For a desk that has no account to look after yet. */
export const NoAccountsPage = () => <PageMessage title={texts.pages.noAccountsTitle} text={texts.pages.noAccounts} />;
