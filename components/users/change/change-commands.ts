import type { QueryClient } from '@tanstack/react-query';
import type { Outcome } from '@/lib/changes/change.ts';
import { readConnection } from '../data/later-reads.ts';
import type { PageStore } from '../page-store.ts';
import { createChangeDispatch } from './change-dispatch.ts';
import type { ChangeCommands } from './change-engine.ts';
import { createOperatorActs } from './operator-acts.ts';
import { pendingChoices } from './pending-choices.ts';
import { createPersonReads } from './person-reads.ts';
import { createTotals } from './totals.ts';

/** Everything the people page does about changes: sends them, follows them, says what became of them. */
export function createChangeCommands(store: PageStore, client: QueryClient): ChangeCommands {
  const { accountId, operator, attempts, names, pageStatus } = store;
  const change = createChangeDispatch(store, client);
  const { announcer, dispatch, dispatchStatus, nameOf, onReadError } = change;

  return {
    ...createTotals(attempts),
    ...createOperatorActs(store, change),
    ...createPersonReads(store, client, change),
    announcer,
    dispatchStatus,
    onReadError,
    nameOf,

    /** Brings back what was kept while the operator signed in again, or loaded the page again. */
    restore() {
      for (const { name, choice, why } of pendingChoices(accountId, operator.id)) {
        names.set(choice.userId, name);
        dispatch(choice.userId, { type: 'restored', choice, why });
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
