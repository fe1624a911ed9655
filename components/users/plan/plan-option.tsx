'use client';

import { losesHosting } from '@/lib/licenses/license.ts';
import * as texts from '@/lib/texts/changes.ts';
import * as words from '@/lib/texts/words.ts';
import { Icon } from '../../ui/icon.tsx';
import { type OpenList, optionId } from '../change/open-list.ts';
import { useEngine, usePageStore } from '../page-store-context.tsx';
import type { PlanOption as Option } from './plans.ts';

type PlanOptionProps = {
  option: Option;
  place: number;
  open: OpenList;
  current: string | null;
  /** Whether the person cannot get the current plan back. */
  isOneWay: boolean;
};

/** A plan to choose: what it gives, and what the person would lose. */
export function PlanOption({ option, place, open, current, isOneWay }: PlanOptionProps) {
  const { license, isOffered, isCurrent } = option;
  const engine = useEngine();
  const { list } = usePageStore();
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the control's, which keeps the focus.
    // biome-ignore lint/a11y/useFocusableInteractive: aria-activedescendant points here.
    <div
      id={optionId(place)}
      role="option"
      aria-selected={isCurrent}
      aria-disabled={!isOffered}
      data-lit={place === open.place || undefined}
      className="relative cursor-pointer rounded-lg py-2 pe-3 ps-9 -outline-offset-2 aria-disabled:cursor-default data-lit:bg-bell-soft forced-colors:data-lit:outline-2"
      onPointerDown={(event) => event.preventDefault()}
      onPointerMove={() => place !== open.place && list.set({ ...open, place })}
      onClick={() => isOffered && engine.commit(open, license)}
    >
      {isCurrent && (
        <span className="absolute top-2.5 start-3 text-bell">
          <Icon name="tick" />
        </span>
      )}
      <span className={isOffered ? 'font-medium' : 'text-faint'}>{words.plan(license)}</span>
      <span className="block text-small leading-4.5 text-faint">
        {isOffered ? texts.planHelp[license] : isCurrent ? texts.planList.current : texts.planList.unsupported}
      </span>
      {isOffered && losesHosting(current, license) && (
        <span className="mt-0.5 block text-small leading-4.5 text-wait">{texts.planList.losesHosting(open.name)}</span>
      )}
      {isOffered && isOneWay && (
        <span className="mt-0.5 block text-small leading-4.5 text-wait">
          {texts.planList.noWayBack(open.name, words.plan(current))}
        </span>
      )}
    </div>
  );
}
