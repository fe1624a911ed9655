'use client';

import { useEffect, useLayoutEffect, useRef, useSyncExternalStore } from 'react';
import { type License, losesHosting } from '@/lib/licenses/license.ts';
import * as changeTexts from '@/lib/texts/changes.ts';
import * as texts from '@/lib/texts/people.ts';
import * as words from '@/lib/texts/words.ts';
import { Icon } from '../../ui/icon.tsx';
import { Marked } from '../../ui/marked.tsx';
import { shownLicense } from '../change/attempt.ts';
import { type OpenList, optionId, planListId } from '../change/open-list.ts';
import { isLocked } from '../change/page-status.ts';
import { useAttempt, useEngine, usePageStatus, usePageStore } from '../page-store-context.tsx';
import { placeList } from '../table/place.ts';
import { overtakenText } from './message.ts';
import { planOptions } from './plans.ts';

type PlanListProps = { supported: License[] };

/** The one list of plans in the page, in the top layer, at the control it was opened from. */
export function PlanList({ supported }: PlanListProps) {
  const { list } = usePageStore();
  const open = useSyncExternalStore(list.subscribe, list.get, () => null);
  return (
    <div
      popover="manual"
      className="fixed overflow-y-auto rounded-xl border border-line bg-sheet p-1.5 shadow-[var(--float)]"
    >
      {open && <Options open={open} supported={supported} />}
    </div>
  );
}

function Options({ open, supported }: PlanListProps & { open: OpenList }) {
  const engine = useEngine();
  const { list } = usePageStore();
  const attempt = useAttempt(open.userId);
  const pageStatus = usePageStatus();
  const inside = useRef<HTMLDivElement>(null);
  const current = shownLicense(attempt, open.listed);
  const options = planOptions(supported, current);
  const isOneWay = options.some(({ isCurrent, isOffered }) => isCurrent && !isOffered);
  const { control } = open;

  useLayoutEffect(() => {
    const box = inside.current?.parentElement;
    if (!box) return;
    box.showPopover();
    const put = () => {
      box.style.maxHeight = '';
      const viewport = { width: document.documentElement.clientWidth, height: window.innerHeight };
      box.style.width = `${placeList(control.getBoundingClientRect(), 0, viewport).width}px`;
      const place = placeList(control.getBoundingClientRect(), box.scrollHeight + 2, viewport);
      box.style.left = `${place.left}px`;
      box.style.top = `${place.top}px`;
      box.style.maxHeight = `${place.maxHeight}px`;
    };
    put();
    window.addEventListener('scroll', put, { passive: true, capture: true }); // the box of a wide table scrolls too
    window.addEventListener('resize', put);
    return () => {
      window.removeEventListener('scroll', put, { capture: true });
      window.removeEventListener('resize', put);
      box.hidePopover();
    };
  }, [control]);

  useEffect(() => {
    if (isLocked(pageStatus)) list.set(null);
  }, [pageStatus, list]);

  useEffect(() => {
    const isElsewhere = (event: Event) =>
      event.target instanceof Node &&
      !control.contains(event.target) &&
      !inside.current?.parentElement?.contains(event.target);
    const onPointer = (event: PointerEvent) => isElsewhere(event) && list.set(null);
    const onBlur = () => list.set(null);
    document.addEventListener('pointerdown', onPointer);
    control.addEventListener('blur', onBlur);
    return () => {
      document.removeEventListener('pointerdown', onPointer);
      control.removeEventListener('blur', onBlur);
    };
  }, [control, list]);

  useLayoutEffect(() => {
    if (open.place === null)
      list.set({
        ...open,
        place: Math.max(
          0,
          options.findIndex((one) => one.isCurrent),
        ),
      });
  });

  useEffect(() => {
    if (open.place !== null) document.getElementById(optionId(open.place))?.scrollIntoView({ block: 'nearest' });
  }, [open.place]);

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
        {options.map(({ license, isOffered, isCurrent }, place) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the control's, which keeps the focus.
          // biome-ignore lint/a11y/useFocusableInteractive: aria-activedescendant points here.
          <div
            key={license}
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
              {isOffered
                ? changeTexts.planHelp[license]
                : isCurrent
                  ? changeTexts.planList.current
                  : changeTexts.planList.unsupported}
            </span>
            {isOffered && losesHosting(current, license) && (
              <span className="mt-0.5 block text-small leading-4.5 text-wait">
                {changeTexts.planList.losesHosting(open.name)}
              </span>
            )}
            {isOffered && isOneWay && (
              <span className="mt-0.5 block text-small leading-4.5 text-wait">
                {changeTexts.planList.noWayBack(open.name, words.plan(current))}
              </span>
            )}
          </div>
        ))}
      </div>
    </div>
  );
}
