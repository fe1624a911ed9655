'use client';

import { Suspense, useState } from 'react';
import type { AccountView } from '@/lib/accounts/account.ts';
import type { UserRow } from '@/lib/users/user.ts';
import { whenInUse } from '../../../live/in-use.ts';
import { beside } from '../../../ui/beside.tsx';
import { later } from '../../../ui/later.ts';
import type { Attempt } from '../../change/attempt.ts';
import { noteOn } from '../../change/noted-change.ts';
import type { OpenList } from '../../change/open-list.ts';
import { isLocked, type PageStatus } from '../../change/page-status.ts';
import { usePageStore } from '../../page-store-context.tsx';
import { PlanCell } from '../../plan/plan-cell.tsx';
import type { Noting } from '../../plan/row-message-props.ts';
import type { RowState } from './row-state.ts';

const Ending = later(() => import('../../person/ending.tsx'));
const ReadOnlyPlan = beside(whenInUse(() => import('../../plan/read-only-plan.tsx')));
const OpenMark = beside(whenInUse(() => import('./open-mark.tsx')));
const BatchMark = beside(whenInUse(() => import('./batch-mark.tsx')));

export type PersonPlanProps = {
  user: UserRow;
  /** What tells the person apart from everybody else in the list, for those who hear it. */
  called: string;
  account: AccountView;
  attempt: Attempt;
  /** The list of plans, while it is open at this person. */
  open: OpenList | null;
  pageStatus: PageStatus;
  isHydrated: boolean;
  state: RowState;
};

/** The plan of a person: the control or, where it cannot be changed, the plan; what became of a change, and when the plan ends. */
export function PersonPlan({ user, called, account, attempt, open, pageStatus, isHydrated, state }: PersonPlanProps) {
  const { listed, shown, known, isBusy, message, readOnly } = state;
  const engine = usePageStore().engine();
  const [noting, setNoting] = useState<Noting | null>(null);
  const note = noting?.userId === user.id && isNoteShown(noting, attempt) ? noting : null;
  const messageId = message ? `message-${user.id}` : undefined;
  const locked = isLocked(pageStatus);
  return (
    <td className="row-cell max-sm:py-2 sm:py-2.75 in-data-[density=compact]:sm:py-1">
      <div className="flex flex-wrap items-start gap-x-3 max-sm:gap-y-1.5">
        {readOnly ? (
          <ReadOnlyPlan license={known} isDirectory={readOnly === 'directory'} />
        ) : (
          <PlanCell
            userId={user.id}
            name={called}
            shown={shown}
            listed={listed}
            supported={account.supportedLicenses}
            isBusy={isBusy}
            isLocked={locked}
            tone={message?.tone ?? null}
            messageId={messageId}
            open={open}
          />
        )}
        {user.batch && <BatchMark {...user.batch} />}
        {user.open && !isBusy && !message && <OpenMark {...user.open} />}
        {engine && message && messageId && (
          <engine.RowMessage
            key={user.id}
            id={messageId}
            userId={user.id}
            name={called}
            known={known}
            attempt={attempt}
            message={message}
            noting={note}
            onNoting={setNoting}
          />
        )}
        {isHydrated && (engine || user.ending) && (
          <Suspense>
            <Ending key={user.id} user={user} name={called} license={known} canChange={!readOnly && !locked} />
          </Suspense>
        )}
      </div>
    </td>
  );
}

/** A note that is being written stays whatever becomes of the plan; one that was saved, until there is another change. */
const isNoteShown = ({ saved, changeId }: Noting, attempt: Attempt) =>
  saved === null ||
  attempt.stage.is === 'overtaken' ||
  (attempt.stage.is === 'answered' && changeId === noteOn(attempt));
