type Shared = { stopping: AbortController; underWay: Set<Promise<unknown>> };

const shared = globalThis as typeof globalThis & { carillonDraining?: Shared };
// Next loads this module once for each bundle, and there must be one for all.
shared.carillonDraining ??= { stopping: new AbortController(), underWay: new Set() };
const { stopping, underWay } = shared.carillonDraining;

/**
 * Calls `end` when this process takes no connections any more, at once where it does not already: what goes on for as long as somebody
 * listens ends then. The answer takes that back.
 */
export function whenClosed(end: () => void): () => void {
  if (stopping.signal.aborted) end();
  stopping.signal.addEventListener('abort', end, { once: true });
  return () => stopping.signal.removeEventListener('abort', end);
}

/** Says that this process takes no connections any more. */
export function closeForGood(): void {
  stopping.abort();
}

/** Notes work that may go on after its caller has been answered. */
export function goesOn<T>(work: Promise<T>): Promise<T> {
  const noted: Promise<unknown> = work
    .catch(() => undefined)
    .finally(() => {
      underWay.delete(noted);
    });
  underWay.add(noted);
  return work;
}

/** Resolves when nothing goes on any more. */
export async function allDone(): Promise<void> {
  while (underWay.size > 0) await Promise.all(underWay);
}
