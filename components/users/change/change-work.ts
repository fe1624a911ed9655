import type { QueryClient } from '@tanstack/react-query';
import type { Outcome } from '@/lib/changes/change.ts';
import { isLicense, type License } from '@/lib/licenses/license.ts';
import * as texts from '@/lib/texts/changes.ts';
import { calledAmong, nameOf as nameOfPerson, type UserRow } from '@/lib/users/user.ts';
import { createAnnouncer } from '../announcements/announcer.ts';
import { createChangeAnnouncer } from '../announcements/change-announcer.ts';
import { isGone, ReadRefused, readConnection, readUser } from '../data/reads.ts';
import type { PageStore } from '../page-store.ts';
import { isWorkedOn } from '../plan/message-life.ts';
import { advance } from './advance-attempt.ts';
import { advanceStatus, type PageStatusEvent } from './advance-status.ts';
import { type Attempt, type AttemptEvent, choiceOf, failureOf, knownLicense, openChangeOf, undoOf } from './attempt.ts';
import { createChangeQueue } from './change-queue.ts';
import { createLostChanges } from './lost-changes.ts';
import type { OpenList } from './open-list.ts';
import { isLocked } from './page-status.ts';
import { pendingChoices, storePendingChoices } from './pending-choices.ts';
import { createTotals } from './totals.ts';

export type Work = ReturnType<typeof createChangeWork>;

const freshFor = 5_000;

/** Everything the people page does about changes: sends them, follows them, says what became of them. */
export function createChangeWork(store: PageStore, client: QueryClient) {
  const { accountId, operator, actions, attempts, names, hidden, pageStatus, supported } = store;
  const announcer = createAnnouncer();
  const changeAnnouncer = createChangeAnnouncer(store, announcer, nameOf);
  const queue = createChangeQueue({ accountId, actions, dispatch });
  const lostChanges = createLostChanges({ accountId, attempts, dispatch, onError: onReadError });

  function nameOf(userId: string) {
    return names.get(userId) ?? userId;
  }

  function dispatch(userId: string, event: AttemptEvent) {
    const before = attempts.get(userId);
    const after = advance(before, event);
    if (after === before) return;
    attempts.set(userId, after);
    const wasLocked = isLocked(pageStatus.get());
    follow(userId, before, after);
    changeAnnouncer.announce(userId, before, after, wasLocked);
  }

  /** What has to happen because a person's attempt went from one stage to another. */
  function follow(userId: string, before: Attempt, after: Attempt) {
    const was = before.stage;
    const is = after.stage;
    if (is.is === 'queued' && !pageStatus.get().online) dispatch(userId, { type: 'offline' });
    else if (is.is === 'queued') queue.put(is.choice);
    else if (was.is === 'queued' && is.is !== 'sent') queue.withdraw(userId);

    if (is.is === 'sent' && was.is !== 'sent') changeAnnouncer.whileSaving(userId, is.since);
    if (is.is === 'lost' && was.is !== 'lost') {
      lostChanges.watch(userId);
      changeAnnouncer.whileLost(userId, is.since);
    }
    if (is.is === 'answered' && is !== was) {
      forgetRead(userId);
      dispatchStatus({ type: 'settled', outcome: is.outcome });
    }
    if (is.is === 'held' && is.why === 'signed-out') dispatchStatus({ type: 'signed-out' });
    if (is.is === 'held' || was.is === 'held') keep();
  }

  function forgetRead(userId: string) {
    client.removeQueries({ queryKey: ['user', accountId, userId] });
  }

  function dispatchStatus(event: PageStatusEvent) {
    const before = pageStatus.get();
    const after = advanceStatus(before, event);
    pageStatus.set(after);
    if (before.online !== after.online) {
      announcer.sayText(after.online ? texts.spoken.online : texts.spoken.offline);
      if (!after.online) dispatchToAll({ type: 'offline' });
    }
    if (before.signedOut !== after.signedOut) dispatchToAll({ type: after.signedOut ? 'signed-out' : 'signed-in' });
  }

  function dispatchToAll(event: AttemptEvent) {
    for (const [userId] of attempts.all()) dispatch(userId, event);
  }

  function onReadError(error: unknown) {
    if (!(error instanceof ReadRefused)) return;
    if (error.status === 401) dispatchStatus({ type: 'signed-out' });
    else if (error.failure) dispatchStatus({ type: 'refused', failure: error.failure });
  }

  function keep() {
    const kept = attempts.all().flatMap(([userId, { stage }]) => {
      if (stage.is !== 'held' || stage.why === 'offline') return [];
      return [{ accountId, operatorId: operator.id, name: nameOf(userId), choice: stage.choice }];
    });
    storePendingChoices(accountId, kept);
  }

  function choose(userId: string, from: string | null, to: License, undoes?: string) {
    if (isLocked(pageStatus.get())) return;
    const { online, signedOut } = pageStatus.get();
    const blocked = online ? (signedOut ? 'signed-out' : undefined) : 'offline';
    dispatch(userId, { type: 'chosen', userId, from, to, undoes, blocked, now: Date.now() });
  }

  /** Asks our server about a change, on the operator's word. */
  async function ask(userId: string, action: 'cancelChange' | 'checkChange') {
    const changeId = openChangeOf(attempts.get(userId));
    if (!changeId) return lostChanges.watch(userId, 0);
    try {
      const result = await actions[action]({ accountId, changeId });
      if (result.ok) return dispatch(userId, { type: 'followed', outcome: result.value, now: Date.now() });
      dispatchStatus({ type: 'refused', failure: result.failure });
      const { code } = result.failure;
      if (action === 'cancelChange') {
        announcer.sayText(code === 'not-allowed' ? texts.row.cancelNotYours : texts.row.cancelFailed);
      }
    } catch {
      announcer.sayText(texts.row.noAnswerHere);
    }
  }

  /** What a row says, to the attempt of its person; somebody whose list of plans is open is told what is different now. */
  function see({ id, license, lastChange, late, ...person }: UserRow, at: number) {
    if (!names.has(id)) names.set(id, nameOfPerson({ id, ...person }));
    const open = store.list.get();
    const expected = open?.userId === id ? { license: knownLicense(attempts.get(id), open.listed) } : undefined;
    dispatch(id, { type: 'seen', license, at, by: lastChange?.by ?? null, late, expected });
  }

  /** The choice made in the list: from what the person has by what we know now, not when the list opened. */
  function commit({ userId, listed }: OpenList, to: License) {
    store.list.set(null);
    choose(userId, knownLicense(attempts.get(userId), listed), to);
  }

  /** Sends the same wish again, from what the person has by now. */
  function again(userId: string, from: string | null) {
    const attempt = attempts.get(userId);
    const choice = choiceOf(attempt);
    const isConflict = failureOf(attempt)?.code === 'conflict';
    if (choice) choose(userId, from, choice.to, isConflict ? undefined : choice.undoes);
  }

  return {
    ...createTotals(attempts),
    announcer,
    commit,
    dispatchStatus,
    onReadError,
    nameOf,
    choose,

    undo(userId: string) {
      const attempt = attempts.get(userId);
      const undo = isWorkedOn(attempt, Date.now()) ? undoOf(attempt, supported) : null; // Only what the row still shows.
      if (undo) choose(userId, attempts.get(userId).known?.license ?? null, undo.to, undo.undoes);
    },

    again,

    /** The same for many. */
    againForAll(userIds: string[]) {
      for (const userId of userIds) {
        const attempt = attempts.get(userId);
        again(userId, attempt.known ? attempt.known.license : (choiceOf(attempt)?.from ?? null));
      }
    },

    dismissAll(userIds: string[]) {
      for (const userId of userIds) dispatch(userId, { type: 'dismissed' });
    },

    /** Gives back the plan that an earlier attempt has taken away late. */
    setBack(userId: string, from: string | null) {
      const { stage } = attempts.get(userId);
      if (stage.is === 'late' && isLicense(stage.late.from)) choose(userId, from, stage.late.from);
    },

    /** Leaves the plan that an earlier attempt has set late, for everybody. */
    async leave(userId: string, license: string | null) {
      try {
        const result = await actions.keepPlan({ accountId, userId, license: license ?? '' });
        if (result.ok) return dispatch(userId, { type: 'dismissed' });
        dispatchStatus({ type: 'refused', failure: result.failure });
      } catch {
        // Said below, as where our server refuses.
      }
      announcer.sayText(texts.row.noAnswerHere);
    },

    /** Takes a person who is gone out of the list. */
    hide(userId: string) {
      hidden.add(userId);
      dispatch(userId, { type: 'dismissed' });
    },

    dismiss: (userId: string) => dispatch(userId, { type: 'dismissed' }),
    cancel: (userId: string) => ask(userId, 'cancelChange'),
    check: (userId: string) => ask(userId, 'checkChange'),

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

    /** Brings back what was kept while the operator signed in again. */
    restore() {
      for (const { name, choice } of pendingChoices(accountId, operator.id)) {
        names.set(choice.userId, name);
        dispatch(choice.userId, { type: 'restored', choice });
      }
    },

    async checkConnection() {
      try {
        const connection = await readConnection(accountId);
        dispatchStatus({ type: 'connection', ...connection });
      } catch (error) {
        onReadError(error);
      }
      return pageStatus.get().chime === 'ok';
    },

    /** What our server says about changes it was asked for; each finds its person by its own ID. */
    onChanges(outcomes: Outcome[]) {
      for (const outcome of outcomes) dispatch(outcome.userId, { type: 'followed', outcome, now: Date.now() });
    },
  };
}
