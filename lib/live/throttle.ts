/**
 * Lets something through at once, and what follows within `ms` milliseconds together, when they are over: a single event is
 * heard without delay, a thousand of them as a few.
 */
export function createThrottle(ms: number, pass: () => void) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isWaiting = false;

  function open() {
    timer = undefined;
    if (!isWaiting) return;
    isWaiting = false;
    go();
  }

  function go() {
    timer = setTimeout(open, ms);
    pass();
  }

  return {
    trigger() {
      if (timer === undefined) go();
      else isWaiting = true;
    },
    close() {
      clearTimeout(timer);
      isWaiting = false;
    },
  };
}
