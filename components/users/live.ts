import type { QueryClient } from '@tanstack/react-query';
import type { LiveMessage } from '@/lib/events/event.ts';
import { createGate } from '@/lib/events/gate.ts';
import { facetKeys, type UserFilter } from '@/lib/users/filter.ts';
import { isBeingRead } from './being-read.ts';
import type { Desk } from './desk.ts';
import { eventsAddress } from './reads.ts';
import { type Listing, usersKey } from './users-query.ts';

const atMostEvery = 1_000;
const wait = { first: 1_000, longest: 30_000 };

/** Whether a change to anybody may bring people into this list or reorder it. */
const dependsOnFacts = ({ facets, changedWithin, outside, sort }: UserFilter) =>
  facetKeys.some((key) => facets[key].length > 0) ||
  changedWithin !== null ||
  outside ||
  (sort !== 'name' && sort !== 'id');

/**
 * Hears from our server what happens in the account, and reads again what it concerns, until the answer is called. While the
 * tab is hidden nobody looks, and a browser has few connections for all tabs: then it hears nothing, and asks what it missed.
 */
export function hearAccount(desk: Desk, client: QueryClient, current: () => Listing): () => void {
  const { accountId, live, site } = desk;
  let source: EventSource | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let last = '';
  let failures = 0;

  const rows = createGate(atMostEvery, () => void client.invalidateQueries({ queryKey: usersKey(accountId) }));
  const counts = createGate(atMostEvery, () => void client.invalidateQueries({ queryKey: ['counts', accountId] }));

  function readAll() {
    rows.knock();
    counts.knock();
  }

  function on<Name extends keyof LiveMessage>(name: Name, run: (value: LiveMessage[Name]) => void) {
    source?.addEventListener(name, ({ data, lastEventId }: MessageEvent<string>) => {
      last = lastEventId;
      run(JSON.parse(data));
    });
  }

  function hearHello({ missed }: LiveMessage['hello']) {
    failures = 0;
    live.set(true);
    if (missed) readAll();
  }

  function hearChanged({ userIds }: LiveMessage['changed']) {
    counts.knock();
    const { page, filter } = current();
    if (userIds === null || dependsOnFacts(filter) || page.users.some(({ id }) => userIds.includes(id))) rows.knock();
    const isGhost = (id: string) =>
      document.getElementById(`person-${id}`) && page.users.every((user) => user.id !== id);
    for (const id of userIds?.filter(isGhost) ?? []) desk.ask((bench) => void bench.lookAnew(id));
  }

  function hearSync({ freshness }: LiveMessage['sync']) {
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

  function open() {
    clearTimeout(retry);
    if (source || document.hidden || site.get().signedOut) return;
    source = new EventSource(eventsAddress(accountId, last));
    on('hello', hearHello);
    on('changed', hearChanged);
    on('sync', hearSync);
    source.addEventListener('error', fail);
  }

  function close() {
    clearTimeout(retry);
    source?.close();
    source = undefined;
    live.set(false);
  }

  /** An answer that is no stream says nothing about itself here: a read of the rows hears why, as when the session has ended. */
  function fail() {
    const wasRefused = source?.readyState === EventSource.CLOSED;
    close();
    const most = Math.min(wait.longest, wait.first * 2 ** failures);
    failures += 1;
    retry = setTimeout(open, most * (0.5 + Math.random() / 2));
    if (wasRefused) rows.knock();
  }

  const turn = () => (document.hidden || site.get().signedOut ? close() : open());
  const forgetSite = site.subscribe(turn);
  document.addEventListener('visibilitychange', turn);
  window.addEventListener('online', turn);
  open();
  return () => {
    forgetSite();
    document.removeEventListener('visibilitychange', turn);
    window.removeEventListener('online', turn);
    rows.close();
    counts.close();
    close();
  };
}
