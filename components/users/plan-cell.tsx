'use client';

import { type KeyboardEvent, useSyncExternalStore } from 'react';
import type { License } from '@/lib/licenses/license.ts';
import { texts } from '@/lib/texts/catalogue.ts';
import { Icon } from '../ui/icon.tsx';
import { type Known, knownLicense } from './attempt.ts';
import { useDesk } from './desk-context.tsx';
import { stepForKey } from './keys.ts';
import type { Tone } from './message.ts';
import { optionId, planControlId, planListId } from './open-list.ts';
import { planLabel, planOptions } from './plans.ts';

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
};

const edges: Record<Tone, string> = {
  quiet: 'border-line-strong',
  good: 'border-line-strong',
  wait: 'border-wait',
  bad: 'border-bad',
};

/** The plan of one person: shows it, opens the list of plans, and never changes anything by a stray key. */
export function PlanCell(props: PlanCellProps) {
  const { userId, name, shown, listed, supported, isBusy, isLocked, tone, messageId } = props;
  const desk = useDesk();
  const { list } = desk;
  const getPlace = () => (list.get()?.userId === userId ? (list.get()?.place ?? null) : null);
  const place = useSyncExternalStore(list.subscribe, getPlace, () => null);
  const isOpen = place !== null;

  function commit(license: License) {
    list.close();
    desk.meet(userId, name);
    desk.choose(userId, knownLicense(desk.attempts.get(userId), listed), license);
  }

  function openAt(at: number) {
    const control = document.getElementById(planControlId(userId));
    if (!control || isLocked) return;
    desk.meet(userId, name);
    control.focus(); // Safari does not focus a button that is clicked.
    list.open({ userId, name, listed, control, place: at, commit });
    void desk.look(userId);
  }

  function onKeyDown(event: KeyboardEvent) {
    const options = planOptions(supported, shown);
    const step = stepForKey(event, place, options, options.map(planLabel));
    if (!step) return;
    if (!(step.do === 'close' && step.keepKey)) event.preventDefault();
    event.stopPropagation();
    if (step.do === 'open') openAt(step.place);
    if (step.do === 'move') list.move(step.place);
    if (step.do === 'close') list.close();
    if (step.do === 'commit') {
      const option = options[place ?? -1];
      if (option?.isOffered) commit(option.license);
    }
  }

  function onClick() {
    if (isOpen) list.close();
    else
      openAt(
        Math.max(
          0,
          planOptions(supported, shown).findIndex((option) => option.isCurrent),
        ),
      );
  }

  return (
    <button
      type="button"
      id={planControlId(userId)}
      data-person={userId}
      role="combobox"
      aria-haspopup="listbox"
      aria-expanded={isOpen}
      aria-controls={isOpen ? planListId : undefined}
      aria-activedescendant={isOpen ? optionId(place) : undefined}
      aria-label={texts.planCell.label(name)}
      aria-describedby={[messageId, isLocked ? 'plans-locked' : undefined].filter(Boolean).join(' ') || undefined}
      aria-invalid={tone === 'bad' ? true : undefined}
      aria-disabled={isLocked || undefined}
      className={`inline-flex h-[34px] min-w-[132px] items-center justify-between gap-2 rounded-lg border bg-sheet px-2.5 text-left font-medium aria-expanded:outline-2 aria-expanded:outline-offset-2 aria-expanded:outline-focus aria-disabled:bg-transparent aria-disabled:text-quiet max-sm:w-full pointer-coarse:h-11 ${edges[tone ?? 'quiet']} ${isBusy ? 'on-its-way border-bell!' : ''}`}
      onClick={onClick}
      onKeyDown={onKeyDown}
    >
      {texts.plan(shown)}
      <span className="text-faint">
        <Icon name={isLocked ? 'lock' : 'down'} size={14} />
      </span>
    </button>
  );
}
