'use client';

import { type MouseEvent, useEffect, useState, useSyncExternalStore } from 'react';
import { isNarrow, type UserFilter } from '@/lib/search/filter.ts';
import * as texts from '@/lib/texts/selection.ts';
import * as words from '@/lib/texts/words.ts';
import { chosenKey } from '../../batches/form/chosen-people.ts';
import { buttonLook, TextButton } from '../../ui/button.tsx';
import { SoftLink } from '../../ui/soft-link.tsx';
import { usePageStore } from '../page-store-context.tsx';
import { countsParams } from '../search/narrowing.ts';
import { type Chosen, everybody, nobody, pageTicked, shareOf } from './chosen.ts';
import { pageTickId, tickId } from './ticks.tsx';

export const chosenLinkId = 'chosen-link';

type ChosenBarProps = { chosen: Chosen; filter: UserFilter; total: number | null };

/** Who is chosen, the way to choose all who match, and what can be done with them. */
export function ChosenBar({ chosen, filter, total }: ChosenBarProps) {
  const { choice } = chosen;
  const { accountId } = usePageStore();
  const current = useSyncExternalStore(choice.subscribe, choice.get);
  const { people, all, isGivenUp } = current;
  const { choosing } = texts;
  const [isForbidden, setForbidden] = useState(false);

  // Where the bar comes up, it must not cover what was just ticked.
  useEffect(() => {
    document.activeElement?.closest('tr')?.scrollIntoView({ block: 'nearest' });
  }, []);

  function clear() {
    const { last } = current;
    const tick = (last && document.getElementById(tickId(last))) || document.getElementById(pageTickId);
    choice.set(nobody);
    tick?.focus();
  }

  function handOver(event: MouseEvent) {
    if (all) return;
    try {
      sessionStorage.setItem(chosenKey(accountId), JSON.stringify([...people]));
    } catch {
      event.preventDefault(); // else the next page would begin with nobody
      setForbidden(true);
    }
  }

  const address = `/accounts/${accountId}/batches/new?people=`;
  return (
    <section
      data-chosen=""
      aria-label={choosing.bar}
      className="sticky bottom-3 z-10 mt-4 flex flex-wrap items-center gap-x-5 gap-y-1.5 rounded-xl border border-line-strong bg-sheet px-4 py-2.5 shadow-[var(--float)] max-sm:bottom-[calc(3.875rem+env(safe-area-inset-bottom))] max-sm:px-3.5 [@media(height<420px)]:static"
    >
      {isGivenUp ? (
        <p className="text-quiet">{choosing.givenUp}</p>
      ) : (
        <WhoIsChosen chosen={chosen} filter={filter} total={total} />
      )}
      {isForbidden && (
        <p role="alert" className="text-bad">
          {choosing.forbidden}
        </p>
      )}
      <div className="flex items-center gap-4 sm:ms-auto">
        {isGivenUp ? (
          <TextButton onClick={clear}>{words.common.close}</TextButton>
        ) : (
          <>
            <SoftLink
              id={chosenLinkId}
              href={address + (all ? `filter${all.params && `&${all.params}`}` : 'chosen')}
              className={buttonLook.loud}
              onClick={handOver}
            >
              {choosing.change}
            </SoftLink>
            <TextButton onClick={clear}>{choosing.clear}</TextButton>
          </>
        )}
      </div>
    </section>
  );
}

/** How many are chosen, also on other pages, and the way to all of the page or all who match. */
function WhoIsChosen({ chosen: { choice, page }, filter, total }: ChosenBarProps) {
  const current = useSyncExternalStore(choice.subscribe, choice.get);
  const shown = useSyncExternalStore(page.subscribe, page.get);
  const { people, all } = current;
  const isPage = all === null && shareOf(current, shown) === 'all';
  const elsewhere = [...people].filter((userId) => !shown.includes(userId)).length;
  const { choosing } = texts;

  function chooseAll(count: number) {
    choice.set(everybody({ params: countsParams(filter), people: count }));
    document.getElementById(chosenLinkId)?.focus();
  }

  return (
    <>
      <p className="font-semibold">
        {all ? choosing.all(total ?? all.people) : choosing.some(people.size)}
        {elsewhere > 0 && <span className="font-normal text-quiet"> {choosing.elsewhere(elsewhere)}</span>}
      </p>
      {isPage && total !== null && total > shown.length && (
        <p className="text-quiet">
          {choosing.wholePage(shown.length)}{' '}
          <TextButton className="text-ink" onClick={() => chooseAll(total)}>
            {isNarrow(filter) ? choosing.allMatching(total) : choosing.allPeople(total)}
          </TextButton>
        </p>
      )}
      {!isPage && all === null && (
        <TextButton className="sm:hidden" onClick={() => choice.set(pageTicked(current, shown))}>
          {choosing.page}
        </TextButton>
      )}
    </>
  );
}
