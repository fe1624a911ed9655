'use client';

import { useCallback } from 'react';
import { NotReadAgain } from '../licenses/not-read-again.tsx';
import { useKeptFresh } from '../live/use-kept-fresh.ts';
import { useNews } from '../live/use-news.ts';
import { useNowAndThen } from '../live/use-now-and-then.ts';
import { useRedraw } from '../live/use-redraw.ts';

/** Has the page drawn again when something has happened in an account. */
export function KeptByNews({ accountId }: { accountId: string }) {
  const { drawAgain, isFailed } = useDrawAgain();
  useNews(accountId, drawAgain);
  return isFailed && <NotReadAgain retry={drawAgain} />;
}

/** The same now and then, for a page about many accounts. */
export function KeptNowAndThen() {
  const { drawAgain, isFailed } = useDrawAgain();
  useNowAndThen(drawAgain);
  return isFailed && <NotReadAgain retry={drawAgain} />;
}

/** Asks the least there is, to see whether our server is there and the operator is signed in. */
function useDrawAgain() {
  const { isFailed, refetch } = useKeptFresh<unknown>('/api/sessions', null);
  const redraw = useRedraw();
  const drawAgain = useCallback(async () => {
    const { isSuccess } = await refetch();
    if (isSuccess) redraw();
  }, [refetch, redraw]);
  return { isFailed, drawAgain: useCallback(() => void drawAgain(), [drawAgain]) };
}
