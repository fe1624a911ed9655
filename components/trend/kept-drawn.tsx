'use client';

import { useCallback, useState } from 'react';
import type { Result } from '@/lib/result.ts';
import { NotReadAgain } from '../licenses/not-read-again.tsx';
import { sayIfAway } from '../live/away.ts';
import { answerOf } from '../live/outdated.ts';
import { useKeptFresh } from '../live/use-kept-fresh.ts';
import { useNews } from '../live/use-news.ts';
import { useNowAndThen } from '../live/use-now-and-then.ts';

/** A server action that draws the page again: where its answer does not come, the page stays as it was. */
export type DrawAgain = (input: Record<string, never>) => Promise<Result<null>>;

type KeptDrawnProps = {
  /** Null: the page is about all accounts. */
  accountId: string | null;
  drawAgain: DrawAgain;
};

/** Has the page drawn again when something has happened in its account, and now and then where it is about many; says when that fails. */
export function KeptDrawn({ accountId, drawAgain }: KeptDrawnProps) {
  const { draw, isFailed } = useDrawAgain(drawAgain);
  return (
    <>
      {accountId === null ? <NowAndThen draw={draw} /> : <News accountId={accountId} draw={draw} />}
      {isFailed && <NotReadAgain retry={draw} />}
    </>
  );
}

function News({ accountId, draw }: { accountId: string; draw: () => void }) {
  useNews(accountId, draw);
  return null;
}

function NowAndThen({ draw }: { draw: () => void }) {
  useNowAndThen(draw);
  return null;
}

/** Asks the least there is first: whether the operator is still signed in, else the page leads to the sign-in. */
function useDrawAgain(drawAgain: DrawAgain) {
  const { isFailed, refetch } = useKeptFresh<unknown>('/api/sessions', null);
  const [isBroken, setBroken] = useState(false);
  const draw = useCallback(async () => {
    const { isSuccess } = await refetch();
    if (!isSuccess) return;
    sayIfAway();
    const drawn = await answerOf(drawAgain({}));
    setBroken(!drawn.ok);
  }, [refetch, drawAgain]);
  return { isFailed: isFailed || isBroken, draw: useCallback(() => void draw(), [draw]) };
}
