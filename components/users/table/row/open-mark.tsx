'use client';

import * as texts from '@/lib/texts/changes.ts';
import * as words from '@/lib/texts/words.ts';
import type { OpenMark as Mark } from '@/lib/users/user.ts';
import { Icon } from '../../../ui/icon.tsx';
import { usePageStore } from '../../page-store-context.tsx';

/** A change that was asked for elsewhere, or before this page was loaded, is on its way. */
export default function OpenMark({ to, by, byId, state }: Mark) {
  const { operator } = usePageStore();
  const { onItsWay, onItsWayByYou, unknownBy } = texts.row;
  const planName = words.plan(to);
  const text =
    state === 'unknown'
      ? unknownBy(by, planName)
      : byId === operator.id
        ? onItsWayByYou(planName)
        : onItsWay(by, planName);
  return (
    <span className="inline-flex min-h-8.5 items-center gap-1.5 text-small leading-4.5 text-quiet max-sm:min-h-6">
      <Icon name={state === 'unknown' ? 'question' : 'clock'} size={14} />
      {text}
    </span>
  );
}
