'use client';

import { useEffect, useState } from 'react';
import type { Result } from '@/lib/result.ts';
import { sessions as texts } from '@/lib/texts/access/sessions.ts';
import { answerOf } from '../live/outdated.ts';
import { Button } from '../ui/button.tsx';

export type SignOutOthers = (input: Record<string, never>) => Promise<Result<number>>;

type State =
  | { is: 'looking' }
  | { is: 'known'; others: number }
  | { is: 'ending'; others: number }
  | { is: 'ended'; others: number }
  | { is: 'failed' };

/** In how many other places its operator is signed in, and the way to end that. */
export default function OtherSessions({ signOutOthers }: { signOutOthers: SignOutOthers }) {
  const [state, setState] = useState<State>({ is: 'looking' });

  useEffect(() => {
    const leaving = new AbortController();
    countOthers(leaving.signal).then(
      (others) => setState({ is: 'known', others }),
      () => leaving.signal.aborted || setState({ is: 'failed' }),
    );
    return () => leaving.abort();
  }, []);

  async function end() {
    if (state.is === 'ending') return;
    setState({ is: 'ending', others: state.is === 'known' ? state.others : 0 });
    const result = await answerOf(signOutOthers({}));
    setState(result.ok ? { is: 'ended', others: result.value } : { is: 'failed' });
  }

  return (
    <div className="mt-3 border-t border-line pt-3 text-small">
      <p role="status">{said(state)}</p>
      {state.is !== 'looking' && state.is !== 'ended' && !(state.is === 'known' && state.others === 0) && (
        <Button className="mt-2 w-full" onClick={end} aria-disabled={state.is === 'ending'}>
          {texts.signOut}
        </Button>
      )}
    </div>
  );
}

function said(state: State): string {
  if (state.is === 'looking') return texts.looking;
  if (state.is === 'failed') return texts.failed;
  return state.is === 'ended' ? texts.signedOut(state.others) : texts.others(state.others);
}

async function countOthers(signal: AbortSignal): Promise<number> {
  const response = await fetch('/api/sessions', { signal, cache: 'no-store' });
  const answer: unknown = await response.json();
  if (typeof answer === 'object' && answer !== null && 'others' in answer && typeof answer.others === 'number') {
    return answer.others;
  }
  throw new Error(`The number of sessions was answered with ${response.status}`);
}
