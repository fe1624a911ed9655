import { isLicense, type License } from '@/lib/licenses/license.ts';
import * as texts from '@/lib/texts/changes.ts';
import { askServer } from '../data/ask-server.ts';
import type { PageStore } from '../page-store.ts';
import { choiceOf, failureOf, knownLicense, openChangeOf, undoOf } from './attempt-facts.ts';
import type { ChangeDispatch } from './change-dispatch.ts';
import type { OpenList } from './open-list.ts';
import { isLocked } from './page-status.ts';

/** What an operator can do about changes. */
export function createOperatorActs(store: PageStore, change: ChangeDispatch) {
  return { ...createChoices(store, change), ...createRequests(store, change), ...createDismissals(store, change) };
}

/** Chooses a plan for a person: in the list, once more, or back again. */
function createChoices(store: PageStore, { dispatch }: ChangeDispatch) {
  const { attempts, list, pageStatus, supported } = store;

  function choose(userId: string, from: string | null, to: License, undoes?: string) {
    if (isLocked(pageStatus.get())) return;
    const { online, signedOut } = pageStatus.get();
    const blocked = online ? (signedOut ? 'signed-out' : undefined) : 'offline';
    dispatch(userId, { type: 'chosen', userId, from, to, undoes, blocked, now: Date.now() });
  }

  /** The choice made in the list: from what the person has by what we know now, not when the list opened. */
  function commit({ userId, listed }: OpenList, to: License) {
    list.set(null);
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
    commit,
    choose,
    again,

    undo(userId: string) {
      const attempt = attempts.get(userId);
      const undo = undoOf(attempt, supported);
      if (undo) choose(userId, attempt.known?.license ?? null, undo.to, undo.undoes);
    },

    /** The same for many. */
    againForAll(userIds: string[]) {
      for (const userId of userIds) {
        const attempt = attempts.get(userId);
        again(userId, attempt.known ? attempt.known.license : (choiceOf(attempt)?.from ?? null));
      }
    },

    /** Gives back the plan that an earlier attempt has taken away late. */
    setBack(userId: string, from: string | null) {
      const { stage } = attempts.get(userId);
      if (stage.is === 'late' && isLicense(stage.late.from)) choose(userId, from, stage.late.from);
    },
  };
}

/** Asks our server for something about a change that was made. */
function createRequests(store: PageStore, change: ChangeDispatch) {
  const { accountId, actions, attempts } = store;
  const { announcer, dispatch, watchLost } = change;

  /** Asks about a change, on the operator's word. */
  async function ask(userId: string, action: 'cancelChange' | 'checkChange') {
    const changeId = openChangeOf(attempts.get(userId));
    if (!changeId) return watchLost(userId, 0);
    const result = await askServer(store, actions[action]({ accountId, changeId }));
    if (result.ok) return dispatch(userId, { type: 'followed', outcome: result.value, now: Date.now() });
    if (!result.failure) announcer.sayText(texts.row.noAnswerHere);
    else if (action === 'cancelChange') {
      announcer.sayText(result.failure.code === 'not-allowed' ? texts.row.cancelNotYours : texts.row.cancelFailed);
    }
  }

  return {
    cancel: (userId: string) => ask(userId, 'cancelChange'),
    check: (userId: string) => ask(userId, 'checkChange'),

    /** Leaves the plan that an earlier attempt has set late, for everybody. */
    async leave(userId: string, license: string | null) {
      const result = await askServer(store, actions.keepPlan({ accountId, userId, license: license ?? '' }));
      if (result.ok) return dispatch(userId, { type: 'dismissed' });
      announcer.sayText(texts.row.noAnswerHere);
    },
  };
}

/** Takes a message or a person off the page. */
function createDismissals({ hidden }: PageStore, { dispatch }: ChangeDispatch) {
  return {
    dismiss: (userId: string) => dispatch(userId, { type: 'dismissed' }),

    dismissAll(userIds: string[]) {
      for (const userId of userIds) dispatch(userId, { type: 'dismissed' });
    },

    /** Takes a person who is gone out of the list. */
    hide(userId: string) {
      hidden.add(userId);
      dispatch(userId, { type: 'dismissed' });
    },
  };
}
