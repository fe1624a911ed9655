'use client';

import { useEffect, useState, useSyncExternalStore } from 'react';
import * as texts from '@/lib/texts/selection.ts';
import type { Listing } from '../data/users-query.ts';
import { useEngine, usePageStore } from '../page-store-context.tsx';
import { countsParams } from '../search/narrowing.ts';
import { isSingleKey, useHasSingleKeys } from '../shortcuts/single-keys.ts';
import type { ShownRow } from '../table/shown-rows.ts';
import { createChosen, filtered, isAnybody, ticked } from './chosen.ts';
import { ChosenBar, chosenLinkId } from './chosen-bar.tsx';
import { PageTick, RowTick } from './ticks.tsx';

export type ChoosingProps = {
  listing: Listing;
  rows: ShownRow[];
  /** People found, as far as it is known. */
  total: number | null;
};

/** People are chosen in the table, to change the plans of many; fetched for those who may, once the list is there. */
export default function Choosing({ listing, rows, total }: ChoosingProps) {
  const store = usePageStore();
  const { announcer } = useEngine();
  const [chosen] = useState(createChosen);
  const { choice, page } = chosen;
  const current = useSyncExternalStore(choice.subscribe, choice.get);
  const params = countsParams(listing.filter);
  const hasKeys = useHasSingleKeys();

  useEffect(() => store.ticks.set({ chosen, RowTick, PageTick }), [store, chosen]);
  useEffect(
    () => page.set(rows.flatMap(({ user }) => (store.hidden.has(user.id) ? [] : [user.id]))),
    [store, page, rows],
  );
  useEffect(() => choice.set(filtered(choice.get(), params)), [choice, params]);
  useEffect(
    () =>
      choice.subscribe(() => {
        const { all, people, isGivenUp } = choice.get();
        announcer.sayText(
          isGivenUp ? texts.choosing.givenUp : all ? texts.choosing.all(all.people) : texts.choosing.some(people.size),
        );
      }),
    [choice, announcer],
  );

  useEffect(() => {
    if (!hasKeys) return;
    const onKey = (event: KeyboardEvent) => {
      if (!isSingleKey(event) || !(event.target instanceof Element)) return;
      const userId = event.target.closest('tr[data-person]')?.getAttribute('data-person');
      const key = event.key.toLowerCase();
      if (key === 'x' && userId) choice.set(ticked(choice.get(), page.get(), userId, event.shiftKey));
      if (key === 'c') document.getElementById(chosenLinkId)?.focus();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [choice, page, hasKeys]);

  if (!isAnybody(current) && !current.isGivenUp) return null;
  return <ChosenBar chosen={chosen} filter={listing.filter} total={total} />;
}
