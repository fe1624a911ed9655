'use client';

import { type FormEvent, useState } from 'react';
import { pageSizes, type UserFilter } from '@/lib/search/filter.ts';
import type { UsersPage } from '@/lib/search/page.ts';
import * as texts from '@/lib/texts/pager.ts';
import { Button, TextButton } from '../../ui/button.tsx';
import { readPlace } from '../data/later-reads.ts';
import { usePageStore } from '../page-store-context.tsx';
import type { OnFilter } from '../search/narrowing.ts';
import { peopleBoxId } from './people-table.tsx';
import type { Look } from './use-preferences.ts';

const sizesId = 'page-sizes';

type PagerProps = {
  page: UsersPage;
  /** People found, which may come later than the page. */
  total: number | null;
  /** The filter whose page this is. */
  filter: UserFilter;
  look: Look;
  onFilter: OnFilter;
};

/** Which part of the list is shown, the way to the others, and how many people stand on one page. */
export default function Pager({ page, total, filter, look, onFilter }: PagerProps) {
  const { accountId } = usePageStore();
  const size = look.preferences.pageSize;
  const last = page.start + page.users.length - 1;
  const open = (cursor: string | undefined) => {
    onFilter({ ...filter, cursor }, 'push');
    window.scrollTo({ top: 0 });
    document.getElementById(peopleBoxId)?.scrollTo({ top: 0 });
  };
  const goTo = async (number: number) => {
    const { cursor } = await readPlace(accountId, filter, (number - 1) * size + 1);
    open(cursor ?? undefined);
  };
  const turn = (label: string, cursor: string | null) => (
    <Button
      aria-disabled={cursor === null || undefined}
      className="max-sm:flex-1"
      onClick={() => cursor !== null && open(cursor)}
    >
      {label}
    </Button>
  );
  return (
    <nav
      aria-label={texts.pager.pages}
      className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-1 pt-3.5 text-faint"
    >
      <span className="min-w-0 break-words">{texts.pager.range(page.start, last, total, filter.search)}</span>
      <fieldset aria-labelledby={sizesId} className="ms-auto flex flex-wrap items-center gap-x-2 max-sm:ms-0">
        <span id={sizesId}>{texts.pager.pageSize}</span>
        {pageSizes.map((one) => (
          <TextButton
            key={one}
            aria-pressed={one === size}
            className="min-w-6 justify-center aria-pressed:text-ink aria-pressed:no-underline! pointer-coarse:min-w-11"
            onClick={() => {
              look.choose({ ...look.preferences, pageSize: one });
              onFilter({ ...filter, cursor: undefined }, 'push');
            }}
          >
            {texts.pager.size(one)}
          </TextButton>
        ))}
      </fieldset>
      {total !== null && total > size && (
        <PageChoice key={page.start} page={page} pages={Math.ceil(total / size)} size={size} goTo={goTo} />
      )}
      {(page.next || page.previous) && (
        <span className="flex gap-2 text-ink max-sm:w-full">
          {turn(texts.pager.previous, page.previous)}
          {turn(texts.pager.next, page.next)}
        </span>
      )}
    </nav>
  );
}

type PageChoiceProps = {
  page: UsersPage;
  pages: number;
  size: number;
  goTo: (page: number) => Promise<void>;
};

/** Which of the pages this is, and the way to any other by its number. */
function PageChoice({ page, pages, size, goTo }: PageChoiceProps) {
  const [hasFailed, setFailed] = useState(false);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    setFailed(false);
    goTo(Number(new FormData(event.currentTarget).get('page'))).catch(() => setFailed(true));
  }

  return (
    <form className="flex flex-wrap items-center gap-2" onSubmit={submit}>
      <label className="flex items-center gap-2">
        {texts.pager.page}
        <input
          type="number"
          name="page"
          required
          min={1}
          max={pages}
          defaultValue={Math.ceil(page.start / size)}
          className="h-8.5 w-18 rounded-lg border border-line-strong bg-sheet px-2 text-ink pointer-coarse:h-11"
        />
      </label>
      {texts.pager.ofPages(pages)}
      <Button type="submit">{texts.pager.goToPage}</Button>
      {hasFailed && (
        <span role="alert" className="text-bad">
          {texts.pager.pageFailed}
        </span>
      )}
    </form>
  );
}
