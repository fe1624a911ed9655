'use client';

import * as texts from '@/lib/texts/people.ts';
import type { UserFilter } from '@/lib/users/filter.ts';
import type { UsersPage } from '@/lib/users/page.ts';
import { Button } from '../ui/button.tsx';
import type { OnFilter } from './narrowing.ts';

type PagerProps = {
  page: UsersPage;
  /** People found, which may come later than the page. */
  total: number | null;
  /** The filter whose page this is. */
  filter: UserFilter;
  onFilter: OnFilter;
};

/** Which part of the list is shown, and the way to the others. */
export default function Pager({ page, total, filter, onFilter }: PagerProps) {
  const last = page.start + page.users.length - 1;
  const turn = (label: string, cursor: string | null) => (
    <Button
      aria-disabled={cursor === null || undefined}
      className="max-sm:flex-1"
      onClick={() => {
        if (cursor === null) return;
        onFilter({ ...filter, cursor }, 'push');
        window.scrollTo({ top: 0 });
      }}
    >
      {label}
    </Button>
  );
  return (
    <nav
      aria-label={texts.people.pages}
      className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-1 pt-3.5 text-faint"
    >
      <span className="min-w-0 break-words">{texts.people.range(page.start, last, total, filter.search)}</span>
      {(page.next || page.previous) && (
        <span className="flex gap-2 text-ink max-sm:w-full">
          {turn(texts.people.previous, page.previous)}
          {turn(texts.people.next, page.next)}
        </span>
      )}
    </nav>
  );
}
