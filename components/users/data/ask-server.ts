import type { Result } from '@/lib/result.ts';
import { answerOf } from '../../live/outdated.ts';
import type { PageStore } from '../page-store.ts';

/** What an action answers. A refusal that stands in the way of every change, such as an ended session, is also shown by the page's head. */
export async function askServer<T>({ ask }: Pick<PageStore, 'ask'>, action: Promise<Result<T>>) {
  const answer = await answerOf(action);
  if (!answer.ok && answer.failure) {
    const { failure } = answer;
    ask((engine) => engine.dispatchStatus({ type: 'refused', failure }));
  }
  return answer;
}
