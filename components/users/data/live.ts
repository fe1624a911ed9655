import type { QueryClient } from '@tanstack/react-query';
import type { LiveMessage } from '@/lib/live/message.ts';
import { createThrottle } from '@/lib/live/throttle.ts';
import type { UserFilter } from '@/lib/search/filter.ts';
import { listen } from '../../live/listen.ts';
import type { PageStore } from '../page-store.ts';
import { filtersOn } from '../search/narrowing.ts';
import { isBeingRead } from './being-read.ts';
import { type Listing, usersKey } from './users-query.ts';

const atMostEvery = 1_000;

/** Whether a change to anybody may bring people into this list or reorder it. */
const dependsOnFacts = (filter: UserFilter) =>
  filtersOn(filter) > 0 || (filter.sort !== 'name' && filter.sort !== 'id');

/** Hears from our server what happens in the account, and reads again what it concerns, until the answer is called. */
export function followAccount(store: PageStore, client: QueryClient, current: () => Listing): () => void {
  const { accountId, live, pageStatus } = store;
  const rows = createThrottle(atMostEvery, () => void client.invalidateQueries({ queryKey: usersKey(accountId) }));
  const counts = createThrottle(atMostEvery, () => void client.invalidateQueries({ queryKey: ['counts', accountId] }));

  function readAll() {
    rows.trigger();
    counts.trigger();
  }

  function onHello({ missed }: LiveMessage['hello']) {
    live.set(true);
    if (missed) readAll();
  }

  function onChanged({ userIds }: LiveMessage['changed']) {
    counts.trigger();
    const { page, filter } = current();
    if (userIds === null || dependsOnFacts(filter) || page.users.some(({ id }) => userIds.includes(id))) rows.trigger();
    const isGhost = (id: string) =>
      document.getElementById(`person-${id}`) && page.users.every((user) => user.id !== id);
    for (const id of userIds?.filter(isGhost) ?? []) store.ask((engine) => void engine.lookAnew(id));
  }

  function onSync({ freshness }: LiveMessage['sync']) {
    const before = current().page.freshness;
    for (const query of client.getQueryCache().findAll({ queryKey: usersKey(accountId), type: 'active' })) {
      const known = client.getQueryData<Listing>(query.queryKey);
      if (!known) continue;
      const told: Listing = { ...known, page: { ...known.page, freshness } };
      client.setQueryData(query.queryKey, told, { updatedAt: query.state.dataUpdatedAt });
    }
    const hasEnded = isBeingRead(before) && !isBeingRead(freshness);
    if (hasEnded || freshness.asOf === null || freshness.asOf !== before.asOf) readAll();
  }

  /** An answer that is no stream says nothing about itself here: a read of the rows hears why, as when the session has ended. */
  function hearNothing(wasRefused: boolean) {
    live.set(false);
    if (wasRefused) rows.trigger();
  }

  const ears = { hello: onHello, changed: onChanged, sync: onSync, lost: hearNothing };
  const ear = listen(accountId, ears, () => !pageStatus.get().signedOut);
  const forgetSite = pageStatus.subscribe(ear.turn);
  return () => {
    forgetSite();
    rows.close();
    counts.close();
    ear.stop();
  };
}
