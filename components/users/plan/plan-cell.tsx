'use client';

import type { KeyboardEvent } from 'react';
import type { License } from '@/lib/licenses/license.ts';
import * as texts from '@/lib/texts/people.ts';
import * as words from '@/lib/texts/words.ts';
import { Icon } from '../../ui/icon.tsx';
import type { Known } from '../change/attempt.ts';
import { type OpenList, optionId, planControlId, planListId } from '../change/open-list.ts';
import { usePageStore } from '../page-store-context.tsx';
import type { Tone } from './message-parts.ts';

type PlanCellProps = {
  userId: string;
  name: string;
  /** The plan the cell shows, and the one the list came with. */
  shown: string | null;
  listed: Known;
  supported: License[];
  isBusy: boolean;
  isLocked: boolean;
  tone: Tone | null;
  messageId: string | undefined;
  /** The list of plans, while it is open at this person. */
  open: OpenList | null;
};

const edges: Record<Tone, string> = {
  quiet: 'border-line-strong',
  good: 'border-line-strong',
  wait: 'border-wait',
  bad: 'border-bad',
};

/** The plan of one person: shows it, opens the list of plans, and never changes anything by a stray key. */
export function PlanCell(props: PlanCellProps) {
  const { userId, name, shown, listed, supported, isBusy, isLocked, tone, messageId, open } = props;
  const store = usePageStore();
  const { list } = store;

  /** Without a place the list opens at the plan the person has. */
  function openAt(place: number | null) {
    const control = document.getElementById(planControlId(userId));
    if (!control || isLocked) return;
    control.focus(); // Safari does not focus a button that is clicked.
    list.set({ userId, name, listed, control, place });
    store.names.set(userId, name);
    store.ask((engine) => void engine.look(userId));
  }

  const onKeyDown = (event: KeyboardEvent) => store.engine()?.pressPlanKey(event, { open, shown, supported, openAt });

  return (
    <button
      type="button"
      id={planControlId(userId)}
      data-person={userId}
      role="combobox"
      aria-haspopup="listbox"
      aria-expanded={open !== null}
      aria-controls={open ? planListId : undefined}
      aria-activedescendant={open?.place != null ? optionId(open.place) : undefined}
      aria-label={texts.planCell.label(name)}
      aria-describedby={[messageId, isLocked ? 'plans-locked' : undefined].filter(Boolean).join(' ') || undefined}
      aria-invalid={tone === 'bad' ? true : undefined}
      aria-disabled={isLocked || undefined}
      className={`plan-control ${edges[tone ?? 'quiet']} ${isBusy ? 'on-its-way border-bell!' : ''}`}
      onClick={() => (open ? list.set(null) : openAt(null))}
      onKeyDown={onKeyDown}
    >
      {words.plan(shown)}
      <span className="text-faint">
        <Icon name={isLocked ? 'lock' : 'down'} size={14} />
      </span>
    </button>
  );
}
