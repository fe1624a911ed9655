import type { AccountView } from '@/lib/accounts/account.ts';
import type { UserRow } from '@/lib/users/user.ts';
import type { Attempt, Known } from '../../change/attempt.ts';
import type { ChangeEngine } from '../../change/change-engine.ts';
import { isLocked, type PageStatus } from '../../change/page-status.ts';
import type { RowView } from './row-view.ts';

/** What a row shows of its person's plan, and why it cannot be changed; null where it can. */
export type RowState = RowView & { listed: Known; readOnly: 'directory' | 'role' | 'retired' | null };

type RowFacts = {
  user: UserRow;
  called: string;
  askedAt: number;
  account: AccountView;
  canChange: boolean;
  attempt: Attempt;
  now: number;
  pageStatus: PageStatus;
};

/** Before the change engine has come, nothing can have happened to any plan. */
export function rowStateOf(engine: ChangeEngine | null, facts: RowFacts): RowState {
  const { user, called, askedAt, account, attempt, now, pageStatus } = facts;
  const listed = { license: user.license, at: askedAt };
  const view = engine?.rowView(attempt, {
    name: called,
    listed,
    now,
    online: pageStatus.online,
    locked: isLocked(pageStatus) || pageStatus.revoked,
    supported: account.supportedLicenses,
    hasEnd: user.ending !== null,
  });
  return { ...(view ?? untouchedView(user.license)), listed, readOnly: readOnlyCause(facts) };
}

const untouchedView = (license: string | null): RowView => ({
  shown: license,
  known: license,
  isBusy: false,
  message: null,
});

function readOnlyCause({ account, canChange, pageStatus }: RowFacts): RowState['readOnly'] {
  if (account.directoryManaged) return 'directory';
  if (!canChange || pageStatus.revoked) return 'role';
  return pageStatus.chime === 'retired' ? 'retired' : null;
}
