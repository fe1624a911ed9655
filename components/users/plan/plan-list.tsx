'use client';

import { useRef, useSyncExternalStore } from 'react';
import type { License } from '@/lib/licenses/license.ts';
import * as changeTexts from '@/lib/texts/changes.ts';
import * as texts from '@/lib/texts/people.ts';
import { floatLook } from '../../ui/card.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Marked } from '../../ui/marked.tsx';
import { shownLicense } from '../change/attempt-facts.ts';
import { type OpenList, planListId } from '../change/open-list.ts';
import { useAttempt, usePageStatus, usePageStore } from '../page-store-context.tsx';
import { overtakenText } from './message.ts';
import { useListAtControl, useListCloses, useLitOption } from './plan-list-life.ts';
import { PlanOption } from './plan-option.tsx';
import { planOptions } from './plans.ts';

type PlanListProps = { supported: License[] };

/** The one list of plans in the page, in the top layer, at the control it was opened from. */
export function PlanList({ supported }: PlanListProps) {
  const { list } = usePageStore();
  const open = useSyncExternalStore(list.subscribe, list.get, () => null);
  return (
    <div popover="manual" className={`${floatLook} fixed overflow-y-auto p-1.5`}>
      {open && <Options open={open} supported={supported} />}
    </div>
  );
}

function Options({ open, supported }: PlanListProps & { open: OpenList }) {
  const { list } = usePageStore();
  const attempt = useAttempt(open.userId);
  const pageStatus = usePageStatus();
  const inside = useRef<HTMLDivElement>(null);
  const current = shownLicense(attempt, open.listed);
  const options = planOptions(supported, current);
  const isOneWay = options.some(({ isCurrent, isOffered }) => isCurrent && !isOffered);

  useListAtControl(inside, open.control);
  useListCloses(list, inside, open.control, pageStatus);
  useLitOption(
    list,
    open,
    Math.max(
      0,
      options.findIndex((one) => one.isCurrent),
    ),
  );

  return (
    <div ref={inside}>
      {!pageStatus.online && (
        <p className="mb-1 flex items-center gap-2 rounded-lg bg-wait-soft px-3 py-2 text-small text-wait">
          <Icon name="warning" size={14} />
          {changeTexts.planList.offline}
        </p>
      )}
      {attempt.stage.is === 'overtaken' && (
        <p className="mb-1 rounded-lg bg-wait-soft px-3 py-2 text-small text-wait">
          <Marked text={overtakenText(attempt.stage)} />
        </p>
      )}
      <p aria-hidden="true" className="px-3 pt-1 pb-1.5 font-semibold break-words sm:hidden">
        {open.name}
      </p>
      <div id={planListId} role="listbox" aria-label={texts.planCell.label(open.name)}>
        {options.map((option, place) => (
          <PlanOption
            key={option.license}
            option={option}
            place={place}
            open={open}
            current={current}
            isOneWay={isOneWay}
          />
        ))}
      </div>
    </div>
  );
}
