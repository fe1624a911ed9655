import type { QueryClient } from '@tanstack/react-query';
import { type Choice, maxChoices, type Outcome } from '@/lib/changes/change.ts';
import type { Failure } from '@/lib/failures.ts';
import type { Actions } from '../actions.ts';
import type { AttemptEvent, SentChoice } from './attempt.ts';
import { createBatcher } from './batcher.ts';

type Answer = { outcome: Outcome } | { failure: Failure };
type Dispatch = (userId: string, event: AttemptEvent) => void;

/** Hands choices to our server: one mutation a person, which goes on when its row is gone, and one action for many. */
export function createSaver(
  client: QueryClient,
  accountId: string,
  actions: Pick<Actions, 'changeLicenses'>,
  dispatch: Dispatch,
) {
  const unanswered = new Map<string, SentChoice>();
  const leaving = (choices: SentChoice[]) => {
    for (const choice of choices) {
      unanswered.set(choice.userId, choice);
      dispatch(choice.userId, { type: 'sent', changeId: choice.changeId, now: Date.now() });
    }
  };
  const send = async (choices: SentChoice[]) => {
    const result = await actions.changeLicenses({ accountId, choices });
    return choices.map((choice, index): Answer | undefined => {
      if (!result.ok) return { failure: result.failure };
      const outcome = result.value[index];
      return outcome?.userId === choice.userId ? { outcome } : undefined;
    });
  };
  const batcher = createBatcher<SentChoice, Answer>(maxChoices, leaving, send, painted);

  /** The same choice goes again under the same ID until our server has answered it: should both arrive, one change is made. */
  function withId(choice: Choice): SentChoice {
    const before = unanswered.get(choice.userId);
    const isSame = before?.from === choice.from && before.to === choice.to && before.undoes === choice.undoes;
    return { ...choice, changeId: isSame ? before.changeId : crypto.randomUUID() };
  }

  async function save(choice: Choice) {
    const { userId } = choice;
    const mutation = client.getMutationCache().build(client, {
      mutationKey: ['license', accountId, userId],
      mutationFn: () => batcher.add(userId, withId(choice)),
      networkMode: 'always', // A lost connection is a state of the row, not a pause nobody sees.
      retry: false,
      gcTime: 0,
    });
    let answer: Answer | null;
    try {
      answer = await mutation.execute(undefined);
    } catch {
      return dispatch(userId, { type: 'silence', offline: !navigator.onLine, now: Date.now() });
    }
    if (answer) unanswered.delete(userId);
    const now = Date.now();
    if (answer && 'outcome' in answer) dispatch(userId, { type: 'answered', outcome: answer.outcome, now });
    else if (answer) dispatch(userId, { type: 'refused', failure: answer.failure, now });
  }

  return {
    save,
    replace: (choice: Choice) => batcher.replace(choice.userId, withId(choice)),
    withdraw: (userId: string) => batcher.withdraw(userId),
  };
}

/** Once the browser has painted the choice: calling an action takes Next longer than that. A hidden tab paints nothing. */
const painted = () =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, 50);
    requestAnimationFrame(() => setTimeout(resolve));
  });
