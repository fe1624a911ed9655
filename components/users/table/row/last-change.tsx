'use client';

import { when } from '@/lib/texts/formats.ts';
import * as texts from '@/lib/texts/people.ts';
import type { UserRow } from '@/lib/users/user.ts';
import type { Attempt } from '../../change/attempt.ts';
import { usePageStore } from '../../page-store-context.tsx';

type LastChangeProps = {
  user: UserRow;
  name: string;
  attempt: Attempt;
  isHydrated: boolean;
  onOpen: (user: UserRow, name: string) => void;
};

/** When the plan was last changed, and who did it; opens the history. */
export function LastChange({ user, name, attempt, isHydrated, onOpen }: LastChangeProps) {
  const { operator } = usePageStore();
  const listed = user.lastChange;
  const own = attempt.savedAt === null ? null : { at: attempt.savedAt, by: operator.name, byId: operator.id };
  const last = own && (!listed || Date.parse(own.at) > Date.parse(listed.at)) ? own : listed;
  const text = last
    ? texts.people.changedBy(
        momentOf(last.at, isHydrated),
        last.byId === operator.id ? texts.people.you : (last.by ?? texts.people.outsideCarillon),
      )
    : texts.people.never;
  return (
    <span className="max-sm:flex max-sm:flex-wrap max-sm:items-center max-sm:gap-x-1">
      <span className="text-small leading-4.5 text-faint sm:hidden">{texts.people.lastChange}: </span>
      <button
        type="button"
        title={last && isHydrated ? when.exact(last.at) : undefined}
        aria-label={texts.people.lastChangeOf(name, text)}
        className="one-line min-h-6 align-top text-start text-small leading-4.5 text-faint underline decoration-line-strong decoration-dotted underline-offset-4 hover:text-ink hover:decoration-solid pointer-coarse:min-h-11"
        onClick={() => onOpen(user, name)}
      >
        {text}
      </button>
    </span>
  );
}

/** The time for today, the day before that; before the browser has taken over, the day in UTC. */
function momentOf(at: string, isHydrated: boolean): string {
  if (!isHydrated) return when.day(at, 'UTC');
  const isToday = new Date(at).toDateString() === new Date().toDateString();
  if (isToday) return when.clock(at);
  const isThisYear = new Date(at).getFullYear() === new Date().getFullYear();
  return isThisYear ? when.day(at) : when.date(at);
}
