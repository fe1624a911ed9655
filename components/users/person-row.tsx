'use client';

import { memo, useState } from 'react';
import type { AccountView } from '@/lib/accounts/account.ts';
import * as texts from '@/lib/texts/people.ts';
import * as words from '@/lib/texts/words.ts';
import { nameOf, statusOf, type UserRow } from '@/lib/users/user.ts';
import { useAttempt, useDesk, useSite, useTime } from './desk-context.tsx';
import { LastChange } from './last-change.tsx';
import { PlanCell } from './plan-cell.tsx';
import { ReadOnlyPlan } from './read-only-plan.tsx';
import type { RowView } from './row-view.ts';
import { isLocked } from './site.ts';

type PersonRowProps = {
  user: UserRow;
  /** When this row was asked for: what is known from a later moment goes before it. */
  askedAt: number;
  ghost: boolean;
  account: AccountView;
  canChange: boolean;
  onHistory: (userId: string, name: string) => void;
};

const untouchedView = (license: string | null): RowView => ({
  shown: license,
  known: license,
  isBusy: false,
  message: null,
});

/** The 3 px bar by which a row that needs attention is found while scrolling. */
const bars = {
  bad: { row: 'max-sm:shadow-[inset_3px_0_0_var(--bad)]', cell: 'sm:border-l-[3px] border-l-bad sm:pl-[13px]' },
  wait: { row: 'max-sm:shadow-[inset_3px_0_0_var(--wait)]', cell: 'sm:border-l-[3px] border-l-wait sm:pl-[13px]' },
};

/** One person: who, status, plan with what becomes of it, last change. */
export const PersonRow = memo(function PersonRow(props: PersonRowProps) {
  const { user, askedAt, ghost, account, canChange, onHistory } = props;
  const bench = useDesk().bench();
  const [notedChange, setNotedChange] = useState<string | null>(null);
  const site = useSite();
  const attempt = useAttempt(user.id);
  const now = useTime(attempt);
  const name = nameOf(user);
  const listed = { license: user.license, at: askedAt };
  const { stage } = attempt;
  const keeps = stage.is === 'answered' && notedChange !== null && stage.outcome.changeId === notedChange;
  const locked = isLocked(site);
  const around = { name, listed, now, online: site.online, locked: locked || site.revoked, keeps };
  const { shown, known, isBusy, message } = bench?.rowView(attempt, around) ?? untouchedView(user.license);
  const messageId = message ? `message-${user.id}` : undefined;
  const readOnly = account.directoryManaged
    ? 'directory'
    : !canChange || site.revoked
      ? 'role'
      : site.chime === 'retired'
        ? 'retired'
        : null;
  const isFaded = ghost || attempt.stage.is === 'gone' || (message?.acts.includes('hide') ?? false);
  const tone = message?.tone;
  const bar = tone === 'bad' || tone === 'wait' ? bars[tone] : { row: '', cell: 'pl-4' };

  return (
    <tr
      id={`person-${user.id}`}
      data-person={user.id}
      aria-busy={isBusy || undefined}
      className={`row-lines hover:bg-hover max-sm:block max-sm:py-3 ${bar.row}`}
    >
      <th
        scope="row"
        className={`py-2.5 pr-4 text-left align-top font-normal max-sm:block max-sm:py-0 max-sm:pl-4 ${bar.cell} ${isFaded ? 'text-faint' : ''}`}
      >
        <div className="font-semibold break-words">{name}</div>
        <div className="text-[13px] leading-[18px] break-words text-faint">
          {user.email !== name && user.email}
          {ghost && (
            <span className="ml-2 rounded-full border border-line px-2 text-quiet">{texts.planCell.ghost}</span>
          )}
        </div>
      </th>
      <td className="pt-[18px] pb-2.5 pr-4 align-top text-[13px] leading-[18px] text-quiet max-sm:block max-sm:py-0 max-sm:pl-4">
        {words.status(statusOf(user))}
      </td>
      <td className="py-[11px] pr-4 align-top max-sm:block max-sm:py-0 max-sm:pt-2 max-sm:pl-4">
        <div className="flex flex-wrap items-start gap-x-3">
          {readOnly ? (
            <ReadOnlyPlan userId={user.id} name={name} license={known} because={readOnly} />
          ) : (
            <PlanCell
              userId={user.id}
              name={name}
              shown={shown}
              listed={listed}
              supported={account.supportedLicenses}
              isBusy={isBusy}
              isLocked={locked}
              tone={message?.tone ?? null}
              messageId={messageId}
            />
          )}
          {bench && message && messageId && (
            <bench.RowMessage
              id={messageId}
              userId={user.id}
              name={name}
              known={known}
              attempt={attempt}
              message={message}
              isNoting={keeps}
              onNoting={setNotedChange}
            />
          )}
        </div>
      </td>
      <td className="pt-[15px] pb-2.5 pr-4 align-top max-sm:block max-sm:py-0 max-sm:pl-4">
        <LastChange userId={user.id} name={name} listed={user.lastChange} attempt={attempt} onOpen={onHistory} />
      </td>
    </tr>
  );
});
