'use client';

import { useCallback } from 'react';
import { NotReadAgain } from '../licenses/not-read-again.tsx';
import { type DrawAgain, useDrawAgain } from '../live/use-draw-again.ts';
import { useKeptFresh } from '../live/use-kept-fresh.ts';
import { useNews } from '../live/use-news.ts';
import { useNowAndThen } from '../live/use-now-and-then.ts';

type KeptDrawnProps = {
  /** Null: the page is about all accounts. */
  accountId: string | null;
  drawAgain: DrawAgain;
};

/** Has the page drawn again when something has happened in its account, and now and then where it is about many; says when that fails. */
export function KeptDrawn({ accountId, drawAgain }: KeptDrawnProps) {
  const { draw, isFailed } = useSignedInDrawing(drawAgain);
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
function useSignedInDrawing(drawAgain: DrawAgain) {
  const { isFailed, refetch } = useKeptFresh<unknown>('/api/sessions', null);
  const { draw, isBroken } = useDrawAgain(drawAgain);
  const drawIfSignedIn = useCallback(async () => {
    const { isSuccess } = await refetch();
    if (isSuccess) await draw();
  }, [refetch, draw]);
  return { isFailed: isFailed || isBroken, draw: useCallback(() => void drawIfSignedIn(), [drawIfSignedIn]) };
}
