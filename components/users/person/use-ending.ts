'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { Failure } from '@/lib/failures.ts';
import type { License } from '@/lib/licenses/license.ts';
import type { Result } from '@/lib/result.ts';
import { endings as texts } from '@/lib/texts/endings.ts';
import * as words from '@/lib/texts/words.ts';
import { unansweredBy } from '../../live/outdated.ts';
import { createCell } from '../../ui/cell.ts';
import { usersKey } from '../data/users-query.ts';
import { usePageStore } from '../page-store-context.tsx';

/** The person whose end date is being chosen in the list, and the plan that is proposed for afterwards. */
export const chosenEnding = createCell<{ userId: string; to: string | null } | null>(null);

/** What an operator wants of the plan a person has: an end, none, or to leave it as it is although it did not end. */
export type EndingAsk = { do: 'set'; to: License; wall: string } | { do: 'remove' } | { do: 'keep' };

/** Asks our server for an end of a plan, or for none; then the list is read again. */
export function useEnding(userId: string, name: string, license: string | null) {
  const { accountId, actions, ask } = usePageStore();
  const client = useQueryClient();
  const isAsking = useRef(false);
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | 'no-answer' | null>(null);

  function call(wish: EndingAsk): Promise<Result<null>> {
    const whose = { accountId, userId };
    if (wish.do === 'remove') return actions.removeEnding(whose);
    if (wish.do === 'keep') return actions.keepPlan({ ...whose, license: license ?? '' });
    const until = { wall: wish.wall, zone: ownZone() };
    return actions.setEnding({ ...whose, license: license ?? '', to: wish.to, until });
  }

  /** True when it is done. */
  async function send(wish: EndingAsk): Promise<boolean> {
    if (isAsking.current) return false; // a second Enter comes before the state is drawn
    isAsking.current = true;
    setBusy(true);
    setFailure(null);
    const result = await call(wish).catch(unansweredBy);
    isAsking.current = false;
    setBusy(false);
    if (!result?.ok) {
      if (result) ask((engine) => engine.dispatchStatus({ type: 'refused', failure: result.failure }));
      setFailure(result?.failure ?? 'no-answer');
      return false;
    }
    const said = wish.do === 'set' ? texts.saved(name) : texts.madePermanent(name, words.plan(license));
    ask((engine) => engine.announcer.sayText(said));
    await client.invalidateQueries({ queryKey: usersKey(accountId) });
    return true;
  }

  return { send, isBusy, failure };
}

export const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;
