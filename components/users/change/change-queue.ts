import { type Choice, maxChoices, type Outcome } from '@/lib/changes/change.ts';
import type { Result } from '@/lib/result.ts';
import { unansweredBy } from '../../live/outdated.ts';
import type { Actions } from '../actions.ts';
import type { AttemptEvent, SentChoice } from './attempt.ts';

type Setup = {
  accountId: string;
  actions: Pick<Actions, 'changeLicenses'>;
  dispatch: (userId: string, event: AttemptEvent) => void;
};

/**
 * Sends choices to our server and dispatches what becomes of each. Next sends a page's actions strictly one after another, so
 * what is chosen while one is on its way travels together in the next: twenty quick changes would otherwise wait for twenty calls.
 */
export function createChangeQueue({ accountId, actions, dispatch }: Setup) {
  const waiting = new Map<string, Choice>();
  const unanswered = new Map<string, SentChoice>();
  let isSending = false;

  async function sendAll() {
    if (isSending) return;
    isSending = true;
    await painted();
    while (waiting.size > 0) await sendSome();
    isSending = false;
  }

  async function sendSome() {
    const choices = [...waiting.values()].slice(0, maxChoices).map(withId);
    for (const choice of choices) {
      waiting.delete(choice.userId);
      unanswered.set(choice.userId, choice);
      tell(choice.userId, { type: 'sent', changeId: choice.changeId, now: Date.now() });
    }
    const result = await ask(choices);
    const now = Date.now();
    for (const [index, choice] of choices.entries()) {
      const answer = answerTo(choice, result, index, now);
      if (answer.type !== 'silence') unanswered.delete(choice.userId);
      tell(choice.userId, answer);
    }
  }

  /** Null where there is no answer, also where the call could not even be made. */
  async function ask(choices: SentChoice[]): Promise<Result<Outcome[]> | null> {
    try {
      return await actions.changeLicenses({ accountId, choices });
    } catch (error) {
      return unansweredBy(error) ?? null;
    }
  }

  /** The same choice goes again under the same ID until our server has answered it: should both arrive, one change is made. */
  function withId(choice: Choice): SentChoice {
    const before = unanswered.get(choice.userId);
    const isSame = before?.from === choice.from && before.to === choice.to && before.undoes === choice.undoes;
    return { ...choice, changeId: isSame ? before.changeId : crypto.randomUUID() };
  }

  /** An error in what listens is the page's own: what is chosen for others still goes, and none of it counts as lost. */
  function tell(userId: string, event: AttemptEvent) {
    try {
      dispatch(userId, event);
    } catch (error) {
      reportError(error);
    }
  }

  return {
    /** Sends the choice with the next call; it takes the place of one for the same person that has not left yet. */
    put(choice: Choice) {
      waiting.set(choice.userId, choice);
      void sendAll();
    },
    /** Takes a choice back that has not left yet. */
    withdraw: (userId: string) => void waiting.delete(userId),
  };
}

/** What the answer to a call says of one of its choices. No answer says nothing: the change may have been made. */
function answerTo(choice: SentChoice, result: Result<Outcome[]> | null, index: number, now: number): AttemptEvent {
  if (result && !result.ok) return { type: 'refused', failure: result.failure, now };
  const outcome = result?.value[index];
  if (outcome?.userId === choice.userId) return { type: 'answered', outcome, now };
  return { type: 'silence', offline: !navigator.onLine, now };
}

/** Once the browser has painted the choice: calling an action takes Next longer than that. A hidden tab paints nothing. */
const painted = () =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, 50);
    requestAnimationFrame(() => setTimeout(resolve));
  });
