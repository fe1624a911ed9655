import type { QueryClient } from '@tanstack/react-query';
import * as texts from '@/lib/texts/changes.ts';
import { calledAmong, nameOf as nameOfPerson, type UserRow } from '@/lib/users/user.ts';
import { isGone, readUser } from '../data/later-reads.ts';
import type { PageStore } from '../page-store.ts';
import { knownLicense } from './attempt-facts.ts';
import type { ChangeDispatch } from './change-dispatch.ts';

const freshFor = 5_000;

/** What our server says of people, taken in by their attempts. */
export function createPersonReads(store: PageStore, client: QueryClient, change: ChangeDispatch) {
  const { accountId, attempts, names, operator } = store;
  const { announcer, dispatch, forgetRead, nameOf, onReadError } = change;

  /** What a row says, to the attempt of its person; somebody whose list of plans is open is told what is different now. */
  function see({ id, license, lastChange, late, ...person }: UserRow, at: number) {
    if (!names.has(id)) names.set(id, nameOfPerson({ id, ...person }));
    const open = store.list.get();
    const expected = open?.userId === id ? { license: knownLicense(attempts.get(id), open.listed) } : undefined;
    const by = lastChange?.by ? { name: lastChange.by, isSelf: lastChange.byId === operator.id } : null;
    dispatch(id, { type: 'seen', license, at, by, late, expected });
  }

  return {
    /** Reads the person from Chime, not more than once in 5 s, so that the list shows what is true now. */
    async look(userId: string, again = false) {
      try {
        const { user, askedAt } = await client.fetchQuery({
          queryKey: ['user', accountId, userId],
          queryFn: async () => ({ askedAt: Date.now(), ...(await readUser(accountId, userId)) }),
          staleTime: again ? 0 : freshFor,
          retry: false,
        });
        see(user, askedAt);
        if (again) dispatch(userId, { type: 'back', license: user.license });
      } catch (error) {
        if (!isGone(error)) return onReadError(error);
        dispatch(userId, { type: 'gone' });
        if (again) announcer.sayText(texts.row.gone(nameOf(userId)));
      }
    },

    /** The same of somebody who has just been changed: nothing read before counts. */
    lookAnew(userId: string) {
      forgetRead(userId);
      return this.look(userId);
    },

    /** A list that was asked for at `at` tells what Chime said then. */
    seeList(users: UserRow[], at: number) {
      const called = calledAmong(users);
      for (const user of users) {
        if (!attempts.has(user.id) && !user.late) continue;
        names.set(user.id, called.get(user.id) ?? nameOfPerson(user));
        see(user, at);
      }
    },
  };
}
