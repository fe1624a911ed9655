/** What an operator does first at a page that was just opened. The focus is none of it: the page itself gives it to the search. */
const signs = ['pointermove', 'pointerdown', 'keydown', 'wheel'] as const;

/** So long after the first scripts nobody waits for anything of the page any more, and what is left of it is fetched. */
const atLatestMs = 1_500;

let start: () => void = () => undefined;
const inUse = new Promise<void>((resolve) => {
  start = resolve;
});

if (typeof window !== 'undefined') {
  for (const sign of signs) window.addEventListener(sign, start, { passive: true, capture: true, once: true });
  setTimeout(start, atLatestMs);
}

/** Fetches now what waits for the page to be used. */
export const startUse = (): void => start();

/**
 * Loads a part of the page when the operator does the first thing there, a moment later at the latest: the first drawing shares the
 * connection with nothing that is not looked at yet, and a part is there long before an upgrade of Carillon could take it away. Our
 * server, which draws everything, waits for nothing.
 */
export const whenInUse =
  <Part>(load: () => Promise<Part>): (() => Promise<Part>) =>
  () =>
    typeof window === 'undefined' ? load() : inUse.then(load);
