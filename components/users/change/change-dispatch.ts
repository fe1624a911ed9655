import type { QueryClient } from '@tanstack/react-query';
import * as texts from '@/lib/texts/changes.ts';
import { createAnnouncer } from '../announcements/announcer.ts';
import { createChangeAnnouncer } from '../announcements/change-announcer.ts';
import { ReadRefused } from '../data/reads.ts';
import type { PageStore } from '../page-store.ts';
import { advance } from './advance-attempt.ts';
import { advanceStatus, type PageStatusEvent } from './advance-status.ts';
import type { Attempt, AttemptEvent } from './attempt.ts';
import { createChangeQueue } from './change-queue.ts';
import { createLostChanges } from './lost/lost-changes.ts';
import { isLocked } from './page-status.ts';
import { storePendingChoices } from './pending-choices.ts';

export type ChangeDispatch = ReturnType<typeof createChangeDispatch>;

/** Takes in what happens to people's changes and to the page, and does what follows from it: sends, asks, says. */
export function createChangeDispatch(store: PageStore, client: QueryClient) {
  const { accountId, operator, actions, attempts, names, pageStatus } = store;
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
      const why = stage.why === 'outdated' || stage.why === 'updated' ? 'updated' : 'asked';
      return [{ accountId, operatorId: operator.id, name: nameOf(userId), choice: stage.choice, why } as const];
    });
    storePendingChoices(accountId, kept);
  }

  return { announcer, dispatch, dispatchStatus, onReadError, nameOf, forgetRead, watchLost: lostChanges.watch };
}
